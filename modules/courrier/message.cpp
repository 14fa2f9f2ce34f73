// SPDX-License-Identifier: AGPL-3.0-or-later
// Writing e-mails.
#include "courrier/message.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "courrier/html_mail.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace courrier {
namespace {

constexpr std::size_t k_line = 76;        // RFC 2045: longest encoded line
constexpr std::size_t k_word_bytes = 45;  // bytes in an encoded word: 60 of base64 and 12 around stay under 75
constexpr std::size_t k_plain_subject = 70;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// RFC 2045 base64, padded: encoded words must be whole.
std::string padded_base64(std::string_view bytes) {
    std::string text = util::to_base64_unpadded(bytes);
    while (text.size() % 4 != 0) text += '=';
    return text;
}

// The length of the character that begins at `at`, in UTF-8.
std::size_t character_length(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
    return end - at;
}

// RFC 5322 section 3.3, in UTC.
std::string rfc_date(util::Instant at) {
    static constexpr std::array<const char*, 7> k_days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> k_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000", k_days[std::chrono::weekday(day).c_encoding()],
                  static_cast<unsigned>(date.day()), k_months[static_cast<unsigned>(date.month()) - 1],
                  static_cast<int>(date.year()), static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

// "=_" stands in no quoted-printable text, so no body ends a part.
constexpr std::string_view k_boundary = "=_portail";

void add_part(std::string& text, std::string_view type, std::string_view content) {
    text += "Content-Type: " + std::string(type) + "; charset=utf-8\r\n";
    text += "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    text += encode_quoted_printable(content);
    if (!text.ends_with("\r\n")) text += "\r\n";
}

}  // namespace

bool is_plain_address(std::string_view address) {
    const auto at = address.find('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == address.size() ||
        address.find('@', at + 1) != std::string_view::npos) {
        return false;
    }
    const auto forbidden = [](char c) {
        return is_control(c) || std::string_view(" ()<>[]:;\\,\"").find(c) != std::string_view::npos;
    };
    return util::is_utf8(address) && std::none_of(address.begin(), address.end(), forbidden);
}

std::optional<std::string> encode_header(std::string_view text) {
    if (!util::is_utf8(text) || std::any_of(text.begin(), text.end(), is_control)) return std::nullopt;
    const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (ascii && text.size() <= k_plain_subject && text.find("=?") == std::string_view::npos) return std::string(text);
    std::string encoded, word;
    const auto close_word = [&] {
        if (!encoded.empty()) encoded += "\r\n ";
        encoded += "=?UTF-8?B?" + padded_base64(word) + "?=";
        word.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = character_length(text, at);
        if (word.size() + length > k_word_bytes) close_word();
        word += text.substr(at, length);
        at += length;
    }
    close_word();
    return encoded;
}

std::string encode_quoted_printable(std::string_view text) {
    static constexpr char k_digits[] = "0123456789ABCDEF";
    std::string out;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r') continue;
        if (c == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
        const bool plain = (c >= 33 && c <= 126 && c != '=') || (c == ' ' && !ends_line);
        const std::size_t width = plain ? 1 : 3;
        if (column + width > k_line - 1) {
            out += "=\r\n";
            column = 0;
        }
        if (plain) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'=', k_digits[byte >> 4], k_digits[byte & 15]};
        }
        column += width;
    }
    return out;
}

std::optional<std::string> compose(const Letter& letter) {
    const auto subject = encode_header(letter.subject);
    if (!subject || !is_plain_address(letter.from) || !is_plain_address(letter.to)) return std::nullopt;
    const std::string host = letter.from.substr(letter.from.find('@') + 1);
    std::string text;
    text += "From: " + letter.from + "\r\n";
    text += "To: " + letter.to + "\r\n";
    text += "Subject: " + *subject + "\r\n";
    text += "Date: " + rfc_date(letter.at) + "\r\n";
    text += "Message-ID: <" + letter.id + "@" + host + ">\r\n";
    text += "Auto-Submitted: auto-generated\r\n";
    text += "MIME-Version: 1.0\r\n";
    if (!letter.with_html) {
        add_part(text, "text/plain", letter.body);
        return text;
    }
    // The text first: the last part is the one that a program prefers (RFC 2046 section 5.1.4).
    text += "Content-Type: multipart/alternative; boundary=\"" + std::string(k_boundary) + "\"\r\n\r\n";
    text += "--" + std::string(k_boundary) + "\r\n";
    add_part(text, "text/plain", letter.body);
    text += "--" + std::string(k_boundary) + "\r\n";
    add_part(text, "text/html", html_of(letter.subject, letter.body));
    text += "--" + std::string(k_boundary) + "--\r\n";
    return text;
}

}  // namespace courrier
