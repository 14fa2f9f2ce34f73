// SPDX-License-Identifier: AGPL-3.0-or-later
// The election, read from the database at most every second and shared by all threads.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>

#include "db/connection.hpp"
#include "util/priority.hpp"
#include "web/election.hpp"

namespace web {

// scrutinctl imports it; until then there is none.
class NoElection : public std::runtime_error {
public:
    NoElection() : std::runtime_error("no election is imported yet") {}
};

// How long a worker goes on with what it has read.
inline constexpr std::chrono::seconds k_election_age{1};

class ElectionCache {
public:
    // Reads again after `age`; meanwhile other threads have what was read before. That the database does not answer is remembered for a second
    // (or `age`): one request asks more than once, and each would wait anew. Throws NoElection, db::Error, or std::runtime_error if the
    // calendar has a hole.
    explicit ElectionCache(std::chrono::seconds age = k_election_age) : age_(age) {}
    std::shared_ptr<const Election> get(db::Connection& db);

private:
    const std::chrono::seconds age_;
    util::CeilingMutex mutex_;
    bool is_reading_ = false;
    std::shared_ptr<const Election> election_;
    std::chrono::steady_clock::time_point read_at_;
    std::optional<db::Error> failure_;
    std::chrono::steady_clock::time_point failure_until_;
};

}  // namespace web
