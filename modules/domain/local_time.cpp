// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/local_time.hpp"

#include <array>
#include <chrono>
#include <cstdio>

#include "util/ensure.hpp"

namespace domain {

namespace {

using namespace std::chrono;

constexpr std::array<const char*, 7> k_days{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"};
constexpr std::array<const char*, 12> k_months{"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                               "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};

const TimeZone& paris() {
    static const TimeZone zone = [] {
        auto found = TimeZone::find("Europe/Paris");
        ENSURE(found.has_value());  // ICU's tables have it
        return *std::move(found);
    }();
    return zone;
}

// What the clocks show, as if it were UTC.
util::Instant wall_of(const TimeZone& zone, util::Instant at) { return at + zone.offset_at(at); }

std::string day_of(util::Instant wall) {
    const year_month_day date{floor<days>(wall)};
    const auto d = static_cast<unsigned>(date.day());
    return std::to_string(d) + (d == 1 ? "er " : " ") + k_months[static_cast<unsigned>(date.month()) - 1];
}

std::string date_of(util::Instant wall) {
    return day_of(wall) + " " + std::to_string(static_cast<int>(year_month_day{floor<days>(wall)}.year()));
}

std::string week_day_of(util::Instant wall) { return k_days[weekday{floor<days>(wall)}.c_encoding()]; }

std::string time_of(util::Instant wall) {
    const hh_mm_ss time{wall - floor<days>(wall)};
    char text[16];
    std::snprintf(text, sizeof text, "%d\u00a0h\u00a0%02d", static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()));
    return text;
}

// « , soit 20 h 00, heure de Nouméa »; nothing where the hour is the same.
std::string also_at(const Place* place, util::Instant at) {
    if (!place) return {};
    const util::Instant in_paris = wall_of(paris(), at), there = wall_of(place->zone, at);
    if (there == in_paris) return {};
    std::string text = ", soit ";
    if (floor<days>(there) != floor<days>(in_paris)) text += "le " + week_day_of(there) + " " + day_of(there) + " à ";
    return text + time_of(there) + ", " + place->words;
}

}  // namespace

std::optional<util::Instant> from_paris(std::string_view wall) { return paris().instant_of(wall); }

std::string paris_date(util::Instant at) { return date_of(wall_of(paris(), at)); }

std::string paris_time(util::Instant at) { return time_of(wall_of(paris(), at)); }

std::string paris_full(util::Instant at) {
    const util::Instant wall = wall_of(paris(), at);
    return week_day_of(wall) + " " + date_of(wall) + " à " + time_of(wall) + " (heure de Paris)";
}

std::string full_for(const Place* place, util::Instant at) { return paris_full(at) + also_at(place, at); }

std::string period_for(const Place* place, util::Instant from, util::Instant until) {
    const util::Instant wall = wall_of(paris(), from);
    const std::string in_paris = week_day_of(wall) + " " + date_of(wall) + " à " + time_of(wall) + " au " + paris_full(until);
    if (also_at(place, from).empty() && also_at(place, until).empty()) return in_paris;
    const auto there = [place](util::Instant at) {
        const util::Instant shown = wall_of(place->zone, at);
        return week_day_of(shown) + " " + day_of(shown) + " à " + time_of(shown);
    };
    return in_paris + ", soit du " + there(from) + " au " + there(until) + ", " + place->words;
}

std::string time_for(const Place* place, util::Instant at) { return paris_time(at) + " (heure de Paris)" + also_at(place, at); }

}  // namespace domain
