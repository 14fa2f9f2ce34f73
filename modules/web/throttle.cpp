// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/throttle.hpp"

#include <arpa/inet.h>

#include <array>

#include "util/bytes.hpp"
#include "util/log.hpp"
#include "web/store.hpp"

namespace web {

namespace {

util::Instant window_of(const Env& env, unsigned window_seconds) {
    const auto seconds = env.now.time_since_epoch().count();
    return util::Instant{std::chrono::seconds{seconds - seconds % window_seconds}};
}

std::string key_of(std::string_view rule, std::string_view subject) {
    return util::sha256_hex(std::string(rule) + "|" + std::string(subject));
}

}  // namespace

bool throttle_allows(Env& env, std::string_view rule, std::string_view subject, unsigned limit, unsigned window_seconds) {
    const unsigned count = store::count_try(env.db, key_of(rule, subject), window_of(env, window_seconds));
    if (count == limit + 1) util::log(util::Level::warning, "limit-reached", {{"rule", std::string(rule)}});
    return count <= limit;
}

bool throttle_has_room(Env& env, std::string_view rule, std::string_view subject, unsigned limit, unsigned window_seconds) {
    return store::tries_counted(env.db, key_of(rule, subject), window_of(env, window_seconds)) < limit;
}

std::string network_of(std::string_view client_ip) {
    const std::string ip(client_ip);
    std::array<unsigned char, 16> bytes{};
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_pton(AF_INET, ip.c_str(), bytes.data()) == 1) {
        bytes[3] = 0;
        return std::string(inet_ntop(AF_INET, bytes.data(), text.data(), text.size())) + "/24";
    }
    if (inet_pton(AF_INET6, ip.c_str(), bytes.data()) == 1) {
        std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
        return std::string(inet_ntop(AF_INET6, bytes.data(), text.data(), text.size())) + "/64";
    }
    return ip;
}

}  // namespace web
