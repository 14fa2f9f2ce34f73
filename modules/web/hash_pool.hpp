// SPDX-License-Identifier: AGPL-3.0-or-later
// A bounded pool for Argon2id: a few threads and a bounded queue, so that sign-ins never take the request threads of the
// rest nor more memory than threads × 19 MiB.
#pragma once

#include <functional>
#include <memory>

namespace web {

class HashPool {
public:
    HashPool(unsigned threads, unsigned queue);
    ~HashPool();
    HashPool(const HashPool&) = delete;
    HashPool& operator=(const HashPool&) = delete;

    // Runs `work` in the pool and waits for it. False, at once and without running it, when the queue is full:
    // answer Fault::throttled then (a fair waiting page).
    [[nodiscard]] bool run(const std::function<void()>& work);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace web
