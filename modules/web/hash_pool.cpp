// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/hash_pool.hpp"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

namespace web {

struct HashPool::State {
    std::mutex mutex;
    std::condition_variable work_arrived;
    std::deque<std::packaged_task<void()>> queue;
    std::size_t limit = 0;
    bool stopping = false;
    std::vector<std::thread> threads;

    void serve() {
        while (true) {
            std::packaged_task<void()> task;
            {
                std::unique_lock lock(mutex);
                work_arrived.wait(lock, [&] { return stopping || !queue.empty(); });
                if (queue.empty()) return;
                task = std::move(queue.front());
                queue.pop_front();
            }
            task();
        }
    }
};

HashPool::HashPool(unsigned threads, unsigned queue) : state_(std::make_unique<State>()) {
    state_->limit = queue;
    for (unsigned i = 0; i < threads; ++i) state_->threads.emplace_back([this] { state_->serve(); });
}

HashPool::~HashPool() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->work_arrived.notify_all();
    for (auto& thread : state_->threads) thread.join();
}

bool HashPool::run(const std::function<void()>& work) {
    std::future<void> done;
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->queue.size() >= state_->limit) return false;
        state_->queue.emplace_back(work);
        done = state_->queue.back().get_future();
    }
    state_->work_arrived.notify_one();
    done.get();  // hands on the exception of `work`, if any
    return true;
}

}  // namespace web
