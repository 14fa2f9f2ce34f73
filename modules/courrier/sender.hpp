// SPDX-License-Identifier: AGPL-3.0-or-later
// The round of courrier: takes due messages one by one, hands each to its transport, writes what became of it. At most one
// send per message: a message is taken in a committed statement before it is sent, and what is in doubt stays so.
#pragma once

#include <chrono>
#include <functional>
#include <set>

#include "courrier/store.hpp"
#include "courrier/transport.hpp"
#include "db/connection.hpp"
#include "util/clock.hpp"

namespace courrier {

inline constexpr unsigned k_batch = 100;
// Tries of one message; with the delays below the last comes about half a day after the first.
inline constexpr unsigned k_most_attempts = 20;

// Seconds to wait after `attempts` failed tries: 30 s doubling to 1 h, times 0.75 to 1.25 so that what failed together
// does not come back together. `chance` is in [0, 1).
std::chrono::seconds retry_delay(unsigned attempts, double chance);

struct Counts {
    unsigned long sent = 0, deferred = 0, failed = 0, in_doubt = 0;
};

class Sender {
public:
    // All outlive the sender.
    Sender(db::Connection& db, const util::Clock& clock, Transport& mail, Transport& sms);

    enum class Round { idle, worked, relay_down };
    // One batch; between two messages it asks `stopping`. Throws db::Error.
    Round run(const std::function<bool()>& stopping);

    // Tells, once each, of messages that were taken two minutes ago or more and never ended.
    void report_doubts();

    const Counts& counts() const { return counts_; }

private:
    Outcome send(const Claimed& claimed);
    void settle(const Claimed& claimed, const Outcome& outcome);

    db::Connection& db_;
    const util::Clock& clock_;
    Transport& mail_;
    Transport& sms_;
    Counts counts_;
    std::set<std::uint64_t> reported_;
};

}  // namespace courrier
