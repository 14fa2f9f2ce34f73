// SPDX-License-Identifier: AGPL-3.0-or-later
// The passwords that leaked most often, to be refused without asking anybody: a file of sorted beginnings of digests, made by
// known_passwords.mjs from a published list of a million. It says yes to one other password in two million (10⁻⁶ at most).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace domain {

class KnownPasswords {
public:
    // Knows none.
    KnownPasswords() = default;
    // Throws std::runtime_error if the file cannot be read or is no such list.
    static KnownPasswords load(const std::filesystem::path& file);

    // Upper and lower case of A to Z are one: « Dragon2012 » is tried with « dragon2012 ».
    bool contains(std::string_view password) const;
    std::size_t size() const;

    // The file begins with this line; then 5 bytes for each: the first of SHA-256 of the password with A to Z in lower case.
    static constexpr std::string_view k_title = "portail known passwords 1\n";
    static constexpr std::size_t k_bytes = 5;

private:
    std::string sorted_;
};

}  // namespace domain
