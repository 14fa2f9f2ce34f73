// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace util {

namespace {

// U+00C0 to U+017F without accent, lower case; empty: stays as it is.
constexpr std::array<const char*, 0x180 - 0xC0> k_folded{
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e", "e", "e", "e", "i", "i", "i",  "i", "d", "n", "o",  "o",  "o", "o", "o", "",
    "o", "u", "u",  "u",  "u", "y", "th", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e",  "e",  "i", "i", "i", "i",
    "d", "n", "o",  "o",  "o", "o", "o",  "",   "o", "u", "u", "u", "u", "y", "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d", "d", "e", "e", "e", "e", "e",  "e", "e", "e", "e",  "e",  "g", "g", "g", "g",
    "g", "g", "g",  "g",  "h", "h", "h",  "h",  "i", "i", "i", "i", "i", "i", "i",  "i", "i", "i", "ij", "ij", "j", "j", "k", "k",
    "k", "l", "l",  "l",  "l", "l", "l",  "l",  "l", "l", "l", "n", "n", "n", "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r", "r", "s", "s", "s", "s", "s",  "s", "s", "s", "t",  "t",  "t", "t", "t", "t",
    "u", "u", "u",  "u",  "u", "u", "u",  "u",  "u", "u", "u", "u", "w", "w", "y",  "y", "y", "z", "z",  "z",  "z", "z", "z", "s"};

// The code point at `at`, which moves on; -1 for a byte sequence that is not UTF-8 (RFC 3629).
std::int32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) return text[at++];
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return -1;
    std::int32_t point = first & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return -1;
        point = (point << 6) | (byte(at + i) & 0x3F);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF) return -1;
    at += length;
    return point;
}

bool is_blank(std::int32_t point) {
    return point == ' ' || (point >= 9 && point <= 13) || point == 0xA0 || point == 0x202F || point == 0x200B || point == 0xFEFF;
}

}  // namespace

bool is_utf8(std::string_view text) {
    // Most of it is ASCII, and a ballot all of it: eight bytes at a glance.
    constexpr std::uint64_t k_high_bits = 0x8080808080808080;
    for (std::size_t at = 0; at < text.size();) {
        std::uint64_t eight = k_high_bits;
        if (at + sizeof eight <= text.size()) std::memcpy(&eight, text.data() + at, sizeof eight);
        if ((eight & k_high_bits) == 0) at += sizeof eight;
        else if (next_code_point(text, at) < 0) return false;
    }
    return true;
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

std::size_t unprintable_length(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned>(static_cast<unsigned char>(text[i])) : 0;
    };
    if (text.empty()) return 0;
    if (byte(0) < 0x20 || byte(0) == 0x7f) return 1;
    if (byte(0) == 0xc2 && byte(1) < 0xa0) return 2;   // U+0080..U+009F
    if (byte(0) == 0xd8 && byte(1) == 0x9c) return 2;  // U+061C
    if (byte(0) != 0xe2) return 0;
    const unsigned low = byte(1) << 8 | byte(2);
    const bool marks = low == 0x808e || low == 0x808f || (low >= 0x80a8 && low <= 0x80ae);  // U+200E, U+200F, U+2028..U+202E
    return marks || (low >= 0x81a6 && low <= 0x81a9) ? 3 : 0;                               // U+2066..U+2069
}

bool is_printable_line(std::string_view text, std::size_t most) {
    if (text.empty() || text.size() > most || !is_utf8(text)) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (unprintable_length(text.substr(i)) != 0) return false;
    }
    return true;
}

std::string printable(std::string_view text, std::size_t most) {
    if (!is_utf8(text)) return "(not UTF-8)";
    std::string shown;
    for (std::size_t i = 0; i < text.size() && (shown.size() < most || (text[i] & 0xc0) == 0x80);) {
        const std::size_t hidden = unprintable_length(text.substr(i));
        shown += hidden != 0 ? '?' : text[i];
        i += std::max<std::size_t>(hidden, 1);
    }
    return shown;
}

std::string_view trim(std::string_view text) {
    std::size_t begin = 0, end = 0;
    bool seen = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const std::int32_t point = next_code_point(text, at);
        if (point < 0) return text;
        if (is_blank(point)) continue;
        if (!seen) begin = start;
        seen = true;
        end = at;
    }
    return seen ? text.substr(begin, end - begin) : std::string_view{};
}

std::string to_lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return lower;
}

std::string to_upper_ascii(std::string_view text) {
    std::string upper(text);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return upper;
}

std::string capitalised(std::string_view text) {
    std::string capital(text);
    if (!capital.empty() && capital[0] >= 'a' && capital[0] <= 'z') {
        capital[0] = static_cast<char>(capital[0] - 'a' + 'A');
    } else if (capital.size() > 1 && capital[0] == '\xC3' && static_cast<unsigned char>(capital[1]) >= 0xA0 &&
               capital[1] != '\xB7' && capital[1] != '\xBF') {  // neither ÷ nor ÿ
        capital[1] = static_cast<char>(capital[1] - 0x20);
    }
    return capital;
}

std::string fold(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const std::int32_t point = next_code_point(text, at);
        if (point < 0) {
            folded += text[at++];
        } else if (is_blank(point)) {
            if (!folded.empty() && folded.back() != ' ') folded += ' ';
        } else if (point >= 0x300 && point <= 0x36F) {
            // combining accent: dropped
        } else if (point == 0x2018 || point == 0x2019 || point == 0x2BC) {
            folded += '\'';
        } else if (point >= 'A' && point <= 'Z') {
            folded += static_cast<char>(point + 32);
        } else if (point >= 0xC0 && point < 0x180 && k_folded[static_cast<std::size_t>(point) - 0xC0][0] != '\0') {
            folded += k_folded[static_cast<std::size_t>(point) - 0xC0];
        } else {
            folded += text.substr(start, at - start);
        }
    }
    if (!folded.empty() && folded.back() == ' ') folded.pop_back();
    return folded;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    std::size_t start = 0;
    for (std::size_t at = 0; at <= text.size(); ++at)
        if (at == text.size() || text[at] == separator) {
            parts.emplace_back(text.substr(start, at - start));
            start = at + 1;
        }
    return parts;
}

std::string french_number(long long value) {
    const std::string plain = std::to_string(value);
    const std::size_t first = plain.front() == '-' ? 1 : 0;
    std::string grouped;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i > first && (plain.size() - i) % 3 == 0) grouped += "\u202f";
        grouped += plain[i];
    }
    return grouped;
}

}  // namespace util
