// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether two kinds of request take the same time.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace test {

// The median of `pairs` differences between work(one, i) and work(other, i), in milliseconds, each pair in the other order than the
// one before. A busy machine may blur one round; a true difference shows in each: the first of three rounds below `enough` counts.
inline double median_difference(unsigned pairs, const std::string& one, const std::string& other, double enough,
                                const std::function<void(const std::string&, unsigned)>& work) {
    const auto milliseconds = [&](const std::string& name, unsigned i) {
        const auto begin = std::chrono::steady_clock::now();
        work(name, i);
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    };
    double best = 1e9;
    for (int round = 0; round < 3 && std::abs(best) >= enough; ++round) {
        std::vector<double> differences;
        for (unsigned i = 0; i < pairs; ++i) {
            const bool first = i % 2 == 0;
            const double a = milliseconds(first ? one : other, i), b = milliseconds(first ? other : one, i);
            differences.push_back(first ? a - b : b - a);
        }
        std::nth_element(differences.begin(), differences.begin() + pairs / 2, differences.end());
        best = differences[pairs / 2];
    }
    return best;
}

}  // namespace test
