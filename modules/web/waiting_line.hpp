// SPDX-License-Identifier: AGPL-3.0-or-later
// The order in which people who want in are let in while more come than there is room for. A ticket is an instant and a number; it outlives the
// process, so that a restart, or another process, keeps the order. Who does not come back when he was told to holds nobody up; his ticket
// is as old when he does. Knows no request and no person.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>

#include "util/clock.hpp"

namespace web {

class WaitingLine {
public:
    struct Ticket {
        std::int64_t issued = 0;   // seconds since 1970
        std::uint64_t number = 0;  // the order within that second, and below it some drawn bits
        auto operator<=>(const Ticket&) const = default;
    };
    struct Place {
        std::uint64_t ahead = 0;                    // of those who wait
        bool is_called = false, may_enter = false;  // may try now
        std::chrono::seconds left{0};               // as the last entries let expect
        std::chrono::seconds look_again{5};
    };

    // `entries_per_second`: taken for the rate until entries were counted.
    static constexpr std::chrono::minutes k_ticket_lives{45};  // longer than any wait that is told
    explicit WaitingLine(double entries_per_second);
    ~WaitingLine();

    Ticket issue(util::Instant now);

    // Takes a place, or keeps it: whoever waits is known by asking. `room`: how many may enter now.
    Place ask(const Ticket& ticket, util::Instant now, unsigned room);
    // Whether somebody without a ticket may enter without waiting: fewer wait than there is room.
    bool is_clear(util::Instant now, unsigned room);
    // Its turn was taken: the ticket is good no more, as far as this process remembers (`k_ticket_lives`).
    void spend(const Ticket& ticket);
    bool is_spent(const Ticket& ticket) const;
    // One entry was completed.
    void count_entry(util::Instant now);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace web
