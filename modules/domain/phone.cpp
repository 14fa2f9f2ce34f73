// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers dialled as ten digits from the DROM carry their own country code.
#include "domain/phone.hpp"

#include <algorithm>

#include "util/text.hpp"

namespace domain {

namespace {

struct Range {
    std::string_view country;  // after the +
    std::string_view start;    // first digits of the national number
    std::size_t length;        // digits of the national number
    bool mobile;
};

// The longest `start` that fits decides.
constexpr Range k_ranges[] = {
    {"33", "6", 9, true},    {"33", "7", 9, true},    {"33", "", 9, false},                            // mainland
    {"262", "692", 9, true}, {"262", "693", 9, true}, {"262", "639", 9, true}, {"262", "", 9, false},  // Réunion, Mayotte
    {"590", "690", 9, true}, {"590", "691", 9, true}, {"590", "", 9, false},                           // Guadeloupe
    {"594", "694", 9, true}, {"594", "", 9, false},                                                    // Guyane
    {"596", "696", 9, true}, {"596", "697", 9, true}, {"596", "", 9, false},                           // Martinique
    {"508", "55", 6, true},  {"508", "", 6, false},                                                    // Saint-Pierre-et-Miquelon
    {"681", "8", 6, true},   {"681", "", 6, false},                                                    // Wallis-et-Futuna
    {"687", "7", 6, true},   {"687", "8", 6, true},   {"687", "9", 6, true},   {"687", "5", 6, true}, {"687", "", 6, false},
    {"689", "87", 8, true},  {"689", "88", 8, true},  {"689", "89", 8, true},  {"689", "", 8, false},  // Polynésie
};

std::string_view drom_of(std::string_view national) {
    for (const Range& range : k_ranges) {
        if (range.country != "33" && range.mobile && range.length == 9 && national.starts_with(range.start)) return range.country;
    }
    return "33";
}

Phone refused(PhoneFault fault) {
    Phone phone;
    phone.fault = fault;
    return phone;
}

Phone check(std::string_view country, std::string_view national) {
    const Range* best = nullptr;
    for (const Range& range : k_ranges) {
        const bool fits = range.country == country && national.starts_with(range.start);
        if (fits && (best == nullptr || range.start.size() > best->start.size())) best = &range;
    }
    if (best == nullptr || national.size() != best->length || national.front() == '0') return refused(PhoneFault::malformed);
    if (!best->mobile) return refused(PhoneFault::landline);
    const std::string prefix = "+" + std::string(country);
    return {prefix + std::string(national), prefix, false, {}};
}

// E.164 has 15 digits at most; the shortest mobile numbers have 7 beside the country's.
Phone check_abroad(const PhoneCountry& country, std::string_view national) {
    if (national.size() < 6 || national.size() + country.prefix.size() - 1 > 15) return refused(PhoneFault::malformed);
    return {country.prefix + std::string(national), country.prefix, true, {}};
}

}  // namespace

std::optional<PhoneCountry> read_phone_country(std::string_view text) {
    const auto space = text.find(' ');
    if (space == std::string_view::npos || space < 2 || space > 4 || text[0] != '+' || text[1] == '0') return std::nullopt;
    const std::string_view digits = text.substr(1, space - 1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const std::string_view name = util::trim(text.substr(space));
    if (!std::all_of(digits.begin(), digits.end(), is_digit) || !util::is_printable_line(name, 60)) return std::nullopt;
    for (const Range& range : k_ranges)
        if (range.country.starts_with(digits) || digits.starts_with(range.country)) return std::nullopt;
    return PhoneCountry{"+" + std::string(digits), std::string(name)};
}

Phone normalise_phone(std::string_view typed, const std::vector<PhoneCountry>& declared) {
    std::string digits;
    bool plus = false;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const char c = typed[i];
        if (c >= '0' && c <= '9') digits += c;
        else if (c == '+' && digits.empty() && !plus) plus = true;
        else if (typed.substr(i).starts_with("(0)") && (plus || digits.starts_with("00"))) i += 2;  // « +33 (0)6 … »
        else if (std::string_view(" .-/()\t").find(c) != std::string_view::npos) continue;
        else if (typed.substr(i).starts_with("\u00a0")) i += 1;
        else if (typed.substr(i).starts_with("\u202f")) i += 2;
        else return {};
    }
    if (!plus && digits.starts_with("00")) {
        plus = true;
        digits.erase(0, 2);
    }
    if (!plus) {
        if (digits.size() != 10 || digits[0] != '0') return {};
        const std::string_view national = std::string_view(digits).substr(1);
        return check(drom_of(national), national);
    }
    for (const Range& range : k_ranges) {
        if (!digits.starts_with(range.country)) continue;
        std::string_view national = std::string_view(digits).substr(range.country.size());
        // « +33 06 … » is how many people write it.
        if (national.size() == range.length + 1 && national.front() == '0') national.remove_prefix(1);
        if (national.empty()) return {};
        return check(range.country == "33" ? drom_of(national) : range.country, national);
    }
    for (const PhoneCountry& country : declared)
        if (std::string_view(digits).starts_with(country.prefix.substr(1)))
            return check_abroad(country, std::string_view(digits).substr(country.prefix.size() - 1));
    return refused(digits.size() < 7 ? PhoneFault::malformed : PhoneFault::prefix_not_allowed);
}

}  // namespace domain
