// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/identity.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "util/bytes.hpp"
#include "util/text.hpp"

namespace domain {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

// Every blank falls, wherever it stands: none belongs to an address, a NUMEN or a date.
std::string without_blanks(std::string_view typed) {
    std::string text(typed);
    for (const std::string_view blank : {"\u00a0", "\u202f", "\u200b", "\ufeff", " ", "\t", "\r", "\n"}) {
        replace_all(text, blank, "");
    }
    return text;
}

bool is_domain(std::string_view domain) {
    if (domain.find('.') == std::string_view::npos) return false;
    for (const std::string& label : util::split(domain, '.')) {
        const bool plain = std::all_of(label.begin(), label.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
        if (label.empty() || label.size() > 63 || !plain || label.front() == '-' || label.back() == '-') return false;
    }
    return true;
}

bool is_local_part(std::string_view local) {
    constexpr std::string_view k_refused = "()<>[]:;,\\\"";
    return !local.empty() && local.size() <= 64 && local.front() != '.' && local.back() != '.' &&
           std::all_of(local.begin(), local.end(), [&](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return byte > 0x20 && byte != 0x7f && k_refused.find(c) == std::string_view::npos;
           });
}

}  // namespace

std::optional<std::string> normalise_address(std::string_view typed) {
    if (!util::is_utf8(typed)) return std::nullopt;
    std::string address = util::to_lower_ascii(without_blanks(typed));
    for (const std::string_view apostrophe : {"\u2019", "\u2018", "\u02bc"}) replace_all(address, apostrophe, "'");
    if (address.starts_with("mailto:")) {
        address.erase(0, 7);
        address.erase(std::min(address.find('?'), address.size()));
    }
    const std::size_t at = address.find('@');
    if (address.size() > 190 || at == std::string::npos || address.find('@', at + 1) != std::string::npos) return std::nullopt;
    const std::string_view view = address;
    if (!is_local_part(view.substr(0, at)) || !is_domain(view.substr(at + 1))) return std::nullopt;
    return address;
}

std::optional<std::string> normalise_numen(std::string_view typed) {
    std::string numen = util::to_upper_ascii(without_blanks(typed));
    replace_all(numen, "-", "");
    const bool plain = std::all_of(numen.begin(), numen.end(), [](char c) { return is_letter(c) || is_digit(c); });
    if (numen.size() != 13 || !plain) return std::nullopt;
    return numen;
}

std::string normalise_defi_answer(std::string_view typed) { return util::fold(util::trim(typed)); }

namespace {

// Day, month, year as digits; nothing if it is not written so.
std::optional<std::array<int, 3>> date_parts(std::string_view typed) {
    const std::string text = without_blanks(typed);
    std::vector<std::string> parts;
    if (text.size() == 8 && std::all_of(text.begin(), text.end(), is_digit)) {
        parts = {text.substr(0, 2), text.substr(2, 2), text.substr(4)};
    } else {
        std::string regular = text;
        for (char& c : regular) {
            if (c == '.' || c == '-') c = '/';
        }
        parts = util::split(regular, '/');
    }
    if (parts.size() != 3) return std::nullopt;
    if (parts[0].size() == 4) std::swap(parts[0], parts[2]);  // year first
    for (const std::string& part : parts) {
        if (part.empty() || !std::all_of(part.begin(), part.end(), is_digit)) return std::nullopt;
    }
    if (parts[0].size() > 2 || parts[1].size() > 2 || parts[2].size() != 4) return std::nullopt;
    return std::array{std::stoi(parts[0]), std::stoi(parts[1]), std::stoi(parts[2])};
}

}  // namespace

bool is_written_as_date(std::string_view typed) { return date_parts(typed).has_value(); }

std::optional<std::string> normalise_birth_date(std::string_view typed) {
    const auto parts = date_parts(typed);
    if (!parts) return std::nullopt;
    using namespace std::chrono;
    const auto [d, m, y] = *parts;
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    if (!date.ok() || date.year() < year{1900} || sys_days{date} > floor<days>(system_clock::now())) return std::nullopt;
    std::array<char, 16> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()));
    return out.data();
}

std::string identity_check(std::string_view numen_pepper, std::string_view numen, std::string_view birth_date) {
    return util::to_hex(util::hmac_sha256(numen_pepper, std::string(numen) + "|" + std::string(birth_date)));
}

}  // namespace domain
