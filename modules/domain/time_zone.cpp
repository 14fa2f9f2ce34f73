// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/time_zone.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>

#include <algorithm>
#include <memory>

namespace domain {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::sys_days;

constexpr util::Instant k_first = sys_days{std::chrono::year{2000} / 1 / 1};
constexpr util::Instant k_last = sys_days{std::chrono::year{2100} / 1 / 1};

UDate to_icu(util::Instant at) { return static_cast<UDate>(milliseconds(at.time_since_epoch()).count()); }
util::Instant from_icu(UDate at) { return util::Instant{seconds{static_cast<std::int64_t>(at / 1000)}}; }

}  // namespace

std::optional<TimeZone> TimeZone::find(std::string_view name) {
    const auto id = icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())});
    const std::unique_ptr<icu::TimeZone> any(icu::TimeZone::createTimeZone(id));
    const auto* const zone = dynamic_cast<const icu::BasicTimeZone*>(any.get());
    if (!zone || *any == icu::TimeZone::getUnknown()) return std::nullopt;

    std::int32_t raw = 0, summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone->getOffset(to_icu(k_first), false, raw, summer, status);
    if (U_FAILURE(status)) return std::nullopt;
    TimeZone found;
    found.changes_.push_back({k_first, std::chrono::duration_cast<seconds>(milliseconds{raw + summer})});
    icu::TimeZoneTransition next;
    while (zone->getNextTransition(to_icu(found.changes_.back().at), false, next) && from_icu(next.getTime()) < k_last) {
        const icu::TimeZoneRule& after = *next.getTo();
        found.changes_.push_back({from_icu(next.getTime()),
                                  std::chrono::duration_cast<seconds>(milliseconds{after.getRawOffset() + after.getDSTSavings()})});
    }
    return found;
}

seconds TimeZone::offset_at(util::Instant at) const {
    const auto later = std::upper_bound(changes_.begin(), changes_.end(), at,
                                        [](util::Instant wanted, const Change& change) { return wanted < change.at; });
    return later == changes_.begin() ? later->offset : std::prev(later)->offset;
}

std::optional<util::Instant> TimeZone::instant_of(std::string_view wall) const {
    const auto as_utc = util::from_sql(wall);
    if (!as_utc) return std::nullopt;
    // No clock is set twice within two days: one of these two offsets is the right one. The one before the change comes first.
    for (const seconds offset : {offset_at(*as_utc - std::chrono::days{1}), offset_at(*as_utc + std::chrono::days{1})})
        if (offset_at(*as_utc - offset) == offset) return *as_utc - offset;
    return std::nullopt;
}

}  // namespace domain
