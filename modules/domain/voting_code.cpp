// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/voting_code.hpp"

#include <string>

#include "util/bytes.hpp"
#include "util/random.hpp"

namespace domain {

namespace {

constexpr std::size_t k_symbols = 16;
constexpr std::uint32_t k_base = 31;
static_assert(k_code_alphabet.size() == k_base);

// The booth writes the same rule in voting_code.js.
char check_symbol(std::string_view first_15) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < k_symbols - 1; ++i) {
        sum += (i + 1) * k_code_alphabet.find(first_15[i]);
    }
    return k_code_alphabet[sum % k_base];
}

// Blanks, dots and every dash a word processor may put; the length of the one at the front, 0 if none.
std::size_t separator_at(std::string_view text) {
    for (const std::string_view separator :
         {" ",      "\t",     "\r",     "\n",     ".",      "-",      "\u00a0", "\u00ad", "\u2010", "\u2011", "\u2012",
          "\u2013", "\u2014", "\u2015", "\u2009", "\u202f", "\u200b", "\u2212", "\ufe58", "\ufe63", "\uff0d", "\ufeff"}) {
        if (text.starts_with(separator)) return separator.size();
    }
    return 0;
}

util::SecretText with_check_and_hyphens(std::string first_15) {
    first_15 += check_symbol(first_15);
    for (const std::size_t hyphen : {12U, 8U, 4U}) first_15.insert(hyphen, 1, '-');
    return util::SecretText(std::move(first_15));
}

}  // namespace

util::SecretText make_voting_code() {
    std::string code;
    for (std::size_t i = 0; i < k_symbols - 1; ++i) {
        code += k_code_alphabet[util::random_below(k_base)];
    }
    return with_check_and_hyphens(std::move(code));
}

util::SecretText voting_code_of(std::string_view seed) {
    constexpr unsigned k_fair = 256 / k_base * k_base;  // a byte above would favour the first symbols
    std::string code;
    for (unsigned block = 0; code.size() < k_symbols - 1; ++block) {
        std::string bytes = util::hmac_sha256(seed, "voting-code|" + std::to_string(block));
        for (const unsigned char byte : bytes) {
            if (byte < k_fair && code.size() < k_symbols - 1) code += k_code_alphabet[byte % k_base];
        }
        sodium_memzero(bytes.data(), bytes.size());
    }
    return with_check_and_hyphens(std::move(code));
}

std::optional<std::string> normalise_voting_code(std::string_view typed) {
    std::string code;
    while (!typed.empty()) {
        if (const std::size_t skip = separator_at(typed)) {
            typed.remove_prefix(skip);
            continue;
        }
        char symbol = typed.front();
        if (symbol >= 'a' && symbol <= 'z') symbol = static_cast<char>(symbol - 'a' + 'A');
        if (code.size() == k_symbols || k_code_alphabet.find(symbol) == std::string_view::npos) return std::nullopt;
        code += symbol;
        typed.remove_prefix(1);
    }
    if (code.size() != k_symbols || check_symbol(code) != code.back()) return std::nullopt;
    return code;
}

}  // namespace domain
