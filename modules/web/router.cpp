// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/router.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>

#include "util/text.hpp"

namespace web {

namespace {

constexpr std::size_t k_max_capture = 64;

bool is_capture(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

bool may_be_captured(std::string_view segment) {
    return !segment.empty() && segment.size() <= k_max_capture && std::all_of(segment.begin(), segment.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    });
}

std::optional<Request::Pairs> match(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
    if (pattern.size() != path.size()) return std::nullopt;
    Request::Pairs params;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (is_capture(pattern[i])) {
            if (!may_be_captured(path[i])) return std::nullopt;
            params.emplace(pattern[i].substr(1, pattern[i].size() - 2), path[i]);
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    return params;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
    std::stable_sort(routes_.begin(), routes_.end(), [](const Route& a, const Route& b) {
        return std::count(a.path.begin(), a.path.end(), '{') < std::count(b.path.begin(), b.path.end(), '{');
    });
    std::set<std::pair<Method, std::string>> seen;
    for (const Route& route : routes_)
        if (!seen.emplace(route.method, route.path).second) throw std::runtime_error("two routes for " + route.path);
}

Router::Match Router::find(Method method, std::string_view path) const {
    Match found;
    const auto segments = util::split(path, '/');
    for (const Route& route : routes_) {
        auto params = match(util::split(route.path, '/'), segments);
        if (!params) continue;
        found.allowed.push_back(route.method);
        if (route.method != method || found.route) continue;
        found.route = &route;
        found.params = std::move(*params);
    }
    return found;
}

}  // namespace web
