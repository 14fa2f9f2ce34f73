// SPDX-License-Identifier: AGPL-3.0-or-later
// How much one network may do. A rectorat leaves by one address: where the operator says how many people stand behind a network, its
// limits grow with them.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace web {

class Networks {
public:
    // What a limit « per network » allows is meant for that many people behind a /24 or a /64.
    static constexpr unsigned k_people = 3000;

    // Lines « 193.54.0.0/16 20000 » or « 2001:db8::/32 5000 »: network, and people behind it. Throws std::runtime_error with the line
    // that cannot be read.
    static Networks read(const std::vector<std::string>& declared);

    struct Budget {
        std::string network;  // "193.54.0.0/16" as declared, or the client's own /24 or /64
        unsigned limit = 0;   // `base`, as many times as there are k_people; rounded up, never below `base`
    };
    Budget budget(std::string_view client_ip, unsigned base) const;

private:
    struct Declared {
        std::string written;
        std::array<unsigned char, 16> first{};
        unsigned prefix = 0;  // bits; an IPv4 network stands below ::ffff:0:0/96
        unsigned people = 0;
    };
    std::vector<Declared> declared_;  // the narrowest first
};

// The /24 or /64 of an address.
std::string network_of(std::string_view client_ip);

}  // namespace web
