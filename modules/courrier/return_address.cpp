// SPDX-License-Identifier: AGPL-3.0-or-later
#include "courrier/return_address.hpp"

#include <algorithm>
#include <charconv>

#include "util/bytes.hpp"

namespace courrier {
namespace {

constexpr std::size_t k_return_code_letters = 16;

std::string return_code(std::string_view key, std::uint64_t message) {
    return util::to_hex(util::hmac_sha256(key, "mail-return|" + std::to_string(message))).substr(0, k_return_code_letters);
}

std::string in_small_letters(std::string_view text) {
    std::string small(text);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return small;
}

}  // namespace

std::string return_address(std::string_view base, std::string_view key, std::uint64_t message) {
    const std::size_t at = base.find('@');
    return std::string(base.substr(0, at)) + "+" + std::to_string(message) + "-" + return_code(key, message) +
           std::string(base.substr(at));
}

std::optional<std::uint64_t> message_of_return(std::string_view base, std::string_view key, std::string_view address) {
    const std::string given = in_small_letters(address);
    const std::size_t plus = given.find('+'), dash = given.find('-', std::min(plus, given.size()));
    if (plus == std::string::npos || dash == std::string::npos) return std::nullopt;
    std::uint64_t message = 0;
    const char* const end = given.data() + dash;
    const auto [read_to, fault] = std::from_chars(given.data() + plus + 1, end, message);
    if (fault != std::errc() || read_to != end) return std::nullopt;
    const bool is_ours = util::equal_constant_time(in_small_letters(return_address(base, key, message)), given);
    return is_ours ? std::optional(message) : std::nullopt;
}

}  // namespace courrier
