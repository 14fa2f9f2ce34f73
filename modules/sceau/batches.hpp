// SPDX-License-Identifier: AGPL-3.0-or-later
// When ballots leave the inbox for the urne, and which of them: pure, knows no table. What is decided here is what keeps an
// observer of both émargement and public log from telling whose a new ballot is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "util/clock.hpp"

namespace sceau {

struct BatchPolicy {
    unsigned minimum = 10;            // ballots of a batch while the vote runs
    unsigned maximum = 1000;          // one transaction
    std::chrono::seconds every{600};  // batches leave at multiples of it
};

// The ballots to move, by the tags under which they wait, batch by batch. While the vote runs a batch has at least `minimum`, and
// minimum − 1 ballots stay behind: without them the last batch of all, after the close, could be a single late elector's. Which ones stay
// is drawn by lot, since any rule on what is public would tell the old from the new. After the
// vote everything moves.
std::vector<std::vector<std::string>> choose_batches(std::vector<std::string> waiting, bool vote_is_over,
                                                     const BatchPolicy& policy);

// Fixed times: a batch that left as soon as it was full would tell when its last ballot came.
class Timetable {
public:
    explicit Timetable(std::chrono::seconds every) : every_(every) {}
    // Whether a fixed time has passed since the call before; the first call only looks at the clock.
    bool is_due(util::Instant now);

private:
    std::chrono::seconds every_;
    std::optional<std::chrono::seconds::rep> last_;
};

}  // namespace sceau
