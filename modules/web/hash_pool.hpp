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
        // Half of the request threads for guests, a quarter never for hashes; `queue`: most that wait for a hash thread.
        static Limits of(unsigned request_threads, unsigned hash_threads, unsigned queue);
    };
    HashPool(unsigned threads, Limits limits);
    ~HashPool();
    HashPool(const HashPool&) = delete;
    HashPool& operator=(const HashPool&) = delete;

    // Runs `work` in the pool and waits for it. False, at once and without running it, when as many are in flight: Fault::busy, or a place in
    // the waiting line.
    [[nodiscard]] bool run(const std::function<void()>& work, Seat seat = Seat::guest);

    unsigned room() const;  // for guests, now

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Why hashes are not below others' pages though their threads are: the kernel gives each session the same share of a core. Empty if they are.
std::string why_priority_is_lost();

}  // namespace web
