// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/clock.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>

#include "util/build.hpp"
#include "util/file.hpp"

namespace util {

namespace {

using namespace std::chrono;

std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
    return value;
}

// "2026-12-03 10:00:00" or "…T…" or without seconds.
std::optional<Instant> parse(std::string_view text) {
    if (text.size() == 16) return parse(std::string(text).append(":00"));
    if (text.size() != 19 || text[4] != '-' || text[7] != '-' || (text[10] != ' ' && text[10] != 'T') || text[13] != ':' ||
        text[16] != ':')
        return std::nullopt;
    std::array<int, 6> part{};
    static constexpr std::array<std::pair<int, int>, 6> k_places{{{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}}};
    for (std::size_t i = 0; i < part.size(); ++i) {
        const auto value = digits(text.substr(k_places[i].first, k_places[i].second));
        if (!value) return std::nullopt;
        part[i] = *value;
    }
    const year_month_day date{year{part[0]}, month{static_cast<unsigned>(part[1])}, day{static_cast<unsigned>(part[2])}};
    if (!date.ok() || part[3] > 23 || part[4] > 59 || part[5] > 59) return std::nullopt;
    return sys_days{date} + hours{part[3]} + minutes{part[4]} + seconds{part[5]};
}

// The digits of `value` at the places from `first` to `last` of `text`.
void put(std::string& text, std::size_t first, std::size_t last, unsigned value) {
    for (std::size_t at = last + 1; at-- > first; value /= 10) text[at] = static_cast<char>('0' + value % 10);
}

// By hand: each page and each line of the log has one, and snprintf takes longer than the rest of the line.
std::string format(Instant at, char between, const char* after) {
    const auto day_start = floor<days>(at);
    const year_month_day date{day_start};
    const hh_mm_ss time{at - day_start};
    std::string text = "0000-00-00 00:00:00";
    put(text, 0, 3, static_cast<unsigned>(static_cast<int>(date.year())));
    put(text, 5, 6, static_cast<unsigned>(date.month()));
    put(text, 8, 9, static_cast<unsigned>(date.day()));
    text[10] = between;
    put(text, 11, 12, static_cast<unsigned>(time.hours().count()));
    put(text, 14, 15, static_cast<unsigned>(time.minutes().count()));
    put(text, 17, 18, static_cast<unsigned>(time.seconds().count()));
    return text += after;
}

}  // namespace

SystemClock::SystemClock() {
    if (!is_demonstration_build()) return;
    if (const char* file = std::getenv("PORTAIL_CLOCK_OFFSET_FILE")) offset_file_ = file;
}

Instant SystemClock::now() const { return floor<seconds>(system_clock::now()) + moved(); }
Instant SystemClock::hour_by(Instant database) const { return database + moved(); }
Instant SystemClock::database_at(Instant hour) const { return hour - moved(); }

seconds SystemClock::moved() const {
    if (offset_file_.empty()) return {};
    std::int64_t offset = 0;  // of a file that is not there yet, or is not a number
    if (const auto content = read_file(offset_file_)) std::from_chars(content->data(), content->data() + content->size(), offset);
    return seconds{offset};
}

std::string to_sql(Instant at) { return format(at, ' ', ""); }
std::optional<Instant> from_sql(std::string_view text) { return parse(text); }
std::string to_iso(Instant at) { return format(at, 'T', "Z"); }

}  // namespace util
