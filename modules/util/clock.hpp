// SPDX-License-Identifier: AGPL-3.0-or-later
// Time is asked from one Clock, so that tests can set it. Instants are whole seconds UTC; how they
// are shown is domain/local_time.hpp's affair.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace util {

using Instant = std::chrono::sys_seconds;
// The last second that a DATETIME column can hold: 9999-12-31 23:59:59.
inline constexpr Instant k_never{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} + std::chrono::seconds{86399}};

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    // The hour that all machines must agree on: what the database's clock says, moved as much as this one is. Machines' own clocks
    // do not enter it.
    virtual Instant hour_by(Instant database) const = 0;
    // What the database's clock says when that hour comes: for a limit that a statement compares by itself.
    virtual Instant database_at(Instant hour) const = 0;
};

// The machine's clock, plus the seconds written in the file named by PORTAIL_CLOCK_OFFSET_FILE when that variable is
// set (tests and rehearsals move the whole portal through the calendar). A production build does not look (build.hpp).
class SystemClock final : public Clock {
public:
    SystemClock();
    Instant now() const override;
    Instant hour_by(Instant database) const override;
    Instant database_at(Instant hour) const override;

private:
    std::chrono::seconds moved() const;
    std::string offset_file_;
};

class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant at) : at_(at) {}
    Instant now() const override { return at_; }
    Instant hour_by(Instant database) const override { return heeds_database_ ? database : at_; }
    // Where the database is not heeded an hour has come for good, or never comes.
    Instant database_at(Instant hour) const override { return heeds_database_ ? hour : at_ < hour ? k_never : Instant{}; }
    void set(Instant at) { at_ = at; }
    // From now on this is one machine's own clock, and the database has another.
    void heed_database() { heeds_database_ = true; }

private:
    Instant at_;
    bool heeds_database_ = false;
};

// "2026-12-03 09:00:00", the form of SQL DATETIME columns (UTC). from_sql also takes a T between, and no seconds.
std::string to_sql(Instant at);
std::optional<Instant> from_sql(std::string_view text);

// "2026-12-03T09:00:00Z".
std::string to_iso(Instant at);

}  // namespace util
