// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/hash_pool.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "util/priority.hpp"

namespace web {

struct HashPool::State {
    mutable std::mutex mutex;
    std::condition_variable work_arrived;
    std::deque<std::packaged_task<void()>> queue;
    Limits limits;
    unsigned in_flight = 0;
    bool stopping = false;
    std::vector<std::thread> threads;

    std::shared_ptr<Backlog> backlog;
    bool may_be_more = false;  // of the backlog

    // What is next, for a thread that is free; empty at the end.
    std::function<void()> next() {
        const util::Ceiling ceiling;
        std::unique_lock lock(mutex);
        while (true) {
            work_arrived.wait(lock, [&] { return stopping || !queue.empty() || may_be_more; });
            if (!queue.empty()) {
                auto task = std::make_shared<std::packaged_task<void()>>(std::move(queue.front()));
                queue.pop_front();
                return [task] { (*task)(); };
            }
            if (stopping) return {};
            // Said before it is asked: what comes in between says so again.
            may_be_more = false;
            lock.unlock();
            auto work = backlog->take();
            lock.lock();
            if (!work) continue;
            may_be_more = true;
            work_arrived.notify_one();
            return work;
        }
    }
    void serve() {
        util::stand_below_all();
        while (const auto work = next()) work();
    }
};

HashPool::Limits HashPool::Limits::of(unsigned guests, unsigned member_threads, unsigned hash_threads, unsigned queue) {
    const unsigned most = hash_threads + queue, spared = std::max(member_threads / 4, 1U);
    return {std::clamp(guests, 1U, most), std::clamp(member_threads - std::min(spared, member_threads), 1U, most)};
}

HashPool::HashPool(unsigned threads, Limits limits) : state_(std::make_unique<State>()) {
    state_->limits = limits;
    for (unsigned i = 0; i < threads; ++i) state_->threads.emplace_back([this] { state_->serve(); });
}

HashPool::~HashPool() {
    {
        const util::Ceiling ceiling;
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->work_arrived.notify_all();
    for (auto& thread : state_->threads) thread.join();
}

bool HashPool::run(const std::function<void()>& work, Seat seat) {
    std::future<void> done;
    {
        const util::Ceiling ceiling;
        const std::lock_guard lock(state_->mutex);
        if (state_->in_flight >= (seat == Seat::member ? state_->limits.members : state_->limits.guests)) return false;
        ++state_->in_flight;
        std::packaged_task<void()> task(work);
        done = task.get_future();
        if (seat == Seat::member) state_->queue.push_front(std::move(task));
        else state_->queue.push_back(std::move(task));
    }
    state_->work_arrived.notify_one();
    done.wait();
    {
        const util::Ceiling ceiling;
        const std::lock_guard lock(state_->mutex);
        --state_->in_flight;
    }
    done.get();  // hands on the exception of `work`, if any
    return true;
}

void HashPool::help(const std::shared_ptr<Backlog>& backlog) {
    {
        const util::Ceiling ceiling;
        const std::lock_guard lock(state_->mutex);
        state_->backlog = backlog;
        state_->may_be_more = true;
    }
    state_->work_arrived.notify_one();
}

unsigned HashPool::room() const {
    const util::Ceiling ceiling;
    const std::lock_guard lock(state_->mutex);
    return state_->limits.guests - std::min(state_->limits.guests, state_->in_flight);
}

}  // namespace web
