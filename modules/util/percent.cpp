// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/percent.hpp"

namespace util {

std::string percent_escaped(std::string_view text, std::string_view also_plain) {
    static constexpr char k_hex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                           c == '.' || also_plain.find(c) != std::string_view::npos;
        const auto byte = static_cast<unsigned char>(c);
        if (plain) out += c;
        else out += {'%', k_hex[byte >> 4], k_hex[byte & 15]};
    }
    return out;
}

}  // namespace util
