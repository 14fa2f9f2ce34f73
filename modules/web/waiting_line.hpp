// SPDX-License-Identifier: AGPL-3.0-or-later
// The order in which what costs much is done for people who want in, while more come than can be served. A ticket is an instant and a number;
// it outlives the process, so that a restart, or another process, keeps the order. The work is done in that order without waiting for its
// person, who hears of it when he looks: the door is never idle while somebody waits. Knows no request and no person.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "util/clock.hpp"
#include "web/hash_pool.hpp"

namespace web {

class WaitingLine final : public HashPool::Backlog {
public:
    struct Ticket {
        std::int64_t issued = 0;   // seconds since 1970
        std::uint64_t number = 0;  // the order within that second, and below it some drawn bits
        auto operator<=>(const Ticket&) const = default;
    };
    // What is done in its turn, by a hash thread; its result is its own.
    class Job {
    public:
        virtual ~Job() = default;
        virtual void run() = 0;
    };
    struct Place {
        std::uint64_t ahead = 0;       // of those whose turn has not come
        std::shared_ptr<Job> done;     // when its turn came and it ran
        std::chrono::seconds left{0};  // as the last ones let expect
        std::chrono::seconds look_again{2};
    };

    static constexpr std::chrono::minutes k_ticket_lives{45};  // longer than any wait that is told
    static constexpr std::size_t k_most = 200'000;             // of those who wait

    // `jobs_per_second`: taken for the rate until some were counted.
    explicit WaitingLine(double jobs_per_second);
    ~WaitingLine() override;

    Ticket issue(util::Instant now);

    // Takes the ticket's place with this work, in exchange for what it had there; nothing when k_most wait.
    std::optional<Place> join(const Ticket& ticket, std::shared_ptr<Job> job, util::Instant now);
    // Who waits is known by looking. Nothing for who has no place here: after a restart, or away for too long; he joins again, with a ticket
    // as old.
    std::optional<Place> look(const Ticket& ticket, util::Instant now);
    // Whether nobody waits for his turn.
    bool is_empty(util::Instant now);
    // Its turn was used: the ticket is good no more, as far as this process remembers (`k_ticket_lives`).
    void spend(const Ticket& ticket);
    bool is_spent(const Ticket& ticket) const;

    // The next work; empty if nobody waits. Of a hash thread.
    std::function<void()> take() override;

private:
    struct State;
    std::shared_ptr<State> state_;  // work under way outlives a line that goes
};

}  // namespace web
