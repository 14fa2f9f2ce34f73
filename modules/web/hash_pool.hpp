// SPDX-License-Identifier: AGPL-3.0-or-later
// A bounded pool for Argon2id: a few threads below the others' priority, and fewer hashes in flight than there are request threads, so that
// whoever wants in never takes the threads of who is in, nor more memory than threads × 19 MiB.
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace web {

class HashPool {
public:
    enum class Seat { guest, member };  // who waits for the hash: somebody who wants in, or who is in
    // Most hashes queued and running at once: for a guest, and for a member, who is also served first.
    struct Limits {
        unsigned guests = 1, members = 1;
        // `guests`: request threads that may wait for guests' hashes; of those that members have, a quarter never waits. `queue`: most that wait
        // for a hash thread.
        static Limits of(unsigned guests, unsigned member_threads, unsigned hash_threads, unsigned queue);
    };
    HashPool(unsigned threads, Limits limits);
    ~HashPool();
    HashPool(const HashPool&) = delete;
    HashPool& operator=(const HashPool&) = delete;

    // Runs `work` in the pool and waits for it. False, at once and without running it, when as many are in flight: Fault::busy, or a place in
    // the waiting line.
    [[nodiscard]] bool run(const std::function<void()>& work, Seat seat = Seat::guest);

    unsigned room() const;  // for guests, now

    // Work that waits in an order of its own, and is done when nobody waits in run().
    class Backlog {
    public:
        virtual ~Backlog() = default;
        virtual std::function<void()> take() = 0;  // the next; empty when there is none
    };
    // There is more to take. One backlog for each pool; what it gives throws nothing.
    void help(const std::shared_ptr<Backlog>& backlog);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace web
