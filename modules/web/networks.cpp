// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/networks.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>

#include "util/text.hpp"

namespace web {

namespace {

using Address = std::array<unsigned char, 16>;

struct Parsed {
    Address bytes{};
    bool is_v4 = false;
};

std::optional<Parsed> parse(const std::string& ip) {
    Parsed parsed;
    if (inet_pton(AF_INET6, ip.c_str(), parsed.bytes.data()) == 1) {
        constexpr std::array<unsigned char, 12> k_mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
        parsed.is_v4 = std::equal(k_mapped.begin(), k_mapped.end(), parsed.bytes.begin());
        return parsed;
    }
    if (inet_pton(AF_INET, ip.c_str(), parsed.bytes.data() + 12) != 1) return std::nullopt;
    parsed.bytes[10] = parsed.bytes[11] = 0xFF;
    parsed.is_v4 = true;
    return parsed;
}

void keep_bits(Address& bytes, unsigned prefix) {
    for (unsigned i = 0; i < bytes.size(); ++i) {
        const unsigned kept = prefix > i * 8 ? std::min(prefix - i * 8, 8U) : 0;
        bytes[i] = static_cast<unsigned char>(bytes[i] & (0xFF00U >> kept));
    }
}

template <typename Number>
std::optional<Number> read_number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Networks Networks::read(const std::vector<std::string>& declared) {
    Networks networks;
    for (const std::string& line : declared) {
        const auto slash = line.find('/'), space = line.find(' ');
        const auto wrong = [&](const std::string& why) { return std::runtime_error("« " + line + " » " + why); };
        if (slash == std::string::npos || space == std::string::npos || space < slash)
            throw wrong("is not a network and the number of people behind it, as in « 193.54.0.0/16 20000 »");
        const auto address = parse(line.substr(0, slash));
        const auto bits = read_number<unsigned>(std::string_view(line).substr(slash + 1, space - slash - 1));
        const auto people = read_number<unsigned>(util::trim(std::string_view(line).substr(space + 1)));
        if (!address || !bits || *bits > (address->is_v4 ? 32U : 128U)) throw wrong("does not begin with a network");
        if (*bits < (address->is_v4 ? 8U : 16U)) throw wrong("is wider than any network of one house");
        if (!people || *people == 0 || *people > 2'000'000) throw wrong("does not end with a number of people, 1 to 2,000,000");
        Declared one{line.substr(0, space), address->bytes, *bits + (address->is_v4 ? 96U : 0U), *people};
        keep_bits(one.first, one.prefix);
        if (one.first != address->bytes) throw wrong("has bits of an address beyond those of its network");
        networks.declared_.push_back(std::move(one));
    }
    std::stable_sort(networks.declared_.begin(), networks.declared_.end(),
                     [](const Declared& a, const Declared& b) { return a.prefix > b.prefix; });
    return networks;
}

Networks::Budget Networks::budget(std::string_view client_ip, unsigned base) const {
    if (const auto client = declared_.empty() ? std::nullopt : parse(std::string(client_ip))) {
        for (const Declared& one : declared_) {
            Address bytes = client->bytes;
            keep_bits(bytes, one.prefix);
            if (bytes != one.first) continue;
            const auto scaled = (std::uint64_t{base} * one.people + k_people - 1) / k_people;
            return {one.written, std::max(base, static_cast<unsigned>(scaled))};
        }
    }
    return {network_of(client_ip), base};
}

std::string network_of(std::string_view client_ip) {
    auto client = parse(std::string(client_ip));
    if (!client) return std::string(client_ip);
    keep_bits(client->bytes, client->is_v4 ? 120 : 64);
    std::array<char, INET6_ADDRSTRLEN> text{};
    return client->is_v4 ? std::string(inet_ntop(AF_INET, client->bytes.data() + 12, text.data(), text.size())) + "/24"
                         : std::string(inet_ntop(AF_INET6, client->bytes.data(), text.data(), text.size())) + "/64";
}

}  // namespace web
