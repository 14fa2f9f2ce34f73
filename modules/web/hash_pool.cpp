// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/hash_pool.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

namespace web {

namespace {

constexpr int k_below_others = 10;  // nice: a hash has what pages and ballots leave

}  // namespace

struct HashPool::State {
    mutable std::mutex mutex;
    std::condition_variable work_arrived;
    std::deque<std::packaged_task<void()>> queue;
    Limits limits;
    unsigned in_flight = 0;
    bool stopping = false;
    std::vector<std::thread> threads;

    void serve() {
        // On Linux of this thread alone. Refused by a sandbox, it changes nothing but the order of work.
        static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), k_below_others));
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

HashPool::Limits HashPool::Limits::of(unsigned request_threads, unsigned hash_threads, unsigned queue) {
    const unsigned most = hash_threads + queue, spared = std::max(request_threads / 4, 1U);
    return {std::clamp(request_threads / 2, 1U, most), std::clamp(request_threads - spared, 1U, most)};
}

HashPool::HashPool(unsigned threads, Limits limits) : state_(std::make_unique<State>()) {
    state_->limits = limits;
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

bool HashPool::run(const std::function<void()>& work, Seat seat) {
    std::future<void> done;
    {
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
        const std::lock_guard lock(state_->mutex);
        --state_->in_flight;
    }
    done.get();  // hands on the exception of `work`, if any
    return true;
}

unsigned HashPool::room() const {
    const std::lock_guard lock(state_->mutex);
    return state_->limits.guests - std::min(state_->limits.guests, state_->in_flight);
}

std::string why_priority_is_lost() {
    std::ifstream setting("/proc/sys/kernel/sched_autogroup_enabled");
    const bool grouped = setting.get() == '1' && ::getsid(0) == ::getpid();
    return grouped ? "kernel.sched_autogroup_enabled is 1: passwords of who wants in are checked before pages of who is in" : "";
}

}  // namespace web
