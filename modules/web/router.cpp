// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/router.hpp"

#include <algorithm>
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

using Segments = std::vector<std::string_view>;

Segments segments_of(std::string_view path) {
    Segments segments;
    segments.reserve(8);
    for (std::size_t at = 0;;) {
        const std::size_t slash = path.find('/', at);
        segments.push_back(path.substr(at, slash - at));
        if (slash == std::string_view::npos) return segments;
        at = slash + 1;
    }
}

bool fits(const std::vector<std::string>& pattern, const Segments& path) {
    if (pattern.size() != path.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (is_capture(pattern[i]) ? !may_be_captured(path[i]) : pattern[i] != path[i]) return false;
    return true;
}

Request::Pairs captured(const std::vector<std::string>& pattern, const Segments& path) {
    Request::Pairs params;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (is_capture(pattern[i])) params.emplace(pattern[i].substr(1, pattern[i].size() - 2), path[i]);
    return params;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
    std::stable_sort(routes_.begin(), routes_.end(), [](const Route& a, const Route& b) {
        return std::count(a.path.begin(), a.path.end(), '{') < std::count(b.path.begin(), b.path.end(), '{');
    });
    std::set<std::pair<Method, std::string>> seen;
    for (const Route& route : routes_) {
        if (!seen.emplace(route.method, route.path).second) throw std::runtime_error("two routes for " + route.path);
        patterns_.push_back(util::split(route.path, '/'));
    }
}

Router::Match Router::find(Method method, std::string_view path) const {
    Match found;
    const Segments segments = segments_of(path);
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        if (!fits(patterns_[i], segments)) continue;
        const Route& route = routes_[i];
        found.allowed.push_back(route.method);
        if (route.method != method || found.route) continue;
        found.route = &route;
        found.params = captured(patterns_[i], segments);
    }
    return found;
}

}  // namespace web
