// SPDX-License-Identifier: AGPL-3.0-or-later
// Finds a route by path and method. Tables are small: segments are compared one by one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/route.hpp"

namespace web {

class Router {
public:
    // Throws std::runtime_error if two rows have the same method and path.
    explicit Router(std::vector<Route> routes);

    struct Match {
        const Route* route = nullptr;  // null: see `allowed`
        Request::Pairs params;
        std::vector<Method> allowed;  // methods of the rows that have this path; empty: no such path
    };
    // The first row that fits; literal rows go before captures.
    Match find(Method method, std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }

private:
    std::vector<Route> routes_;
    std::vector<std::vector<std::string>> patterns_;  // the segments of each row's path
};

}  // namespace web
