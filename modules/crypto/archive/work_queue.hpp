// SPDX-License-Identifier: AGPL-3.0-or-later
// A bounded queue of jobs done by N threads, each with a state of its own; the caller is one of them: where the queue is full or
// drained it works too, so that N threads mean N cores and one state means no thread at all. Knows nothing of what the jobs are.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace crypto {

template <class State, class Job>
class WorkQueue {
public:
    using Work = std::function<void(State&, Job&)>;

    // `states`: one per thread, at least one; the first is the caller's. They may be read after drain().
    WorkQueue(std::vector<State>& states, Work work)
        : work_(std::move(work)), own_(states.at(0)), limit_((states.size() - 1) * 16) {
        threads_.reserve(states.size());
        try {
            for (std::size_t i = 1; i < states.size(); ++i) threads_.emplace_back([this, &state = states[i]] { run(state); });
        } catch (const std::system_error&) {
            // The machine gives no more: those that it gave, and the caller, do the work.
        }
    }
    WorkQueue(const WorkQueue&) = delete;
    WorkQueue& operator=(const WorkQueue&) = delete;
    ~WorkQueue() {
        {
            const std::lock_guard lock(mutex_);
            stop_ = true;
        }
        wake_.notify_all();
        for (auto& thread : threads_) thread.join();
    }

    // Does jobs until there is room.
    void push(Job job) {
        std::unique_lock lock(mutex_);
        jobs_.push_back(std::move(job));
        if (jobs_.size() <= limit_) wake_.notify_one();
        while (jobs_.size() > limit_) do_one(own_, lock);
    }
    // Returns when every job is done; throws what a job threw.
    void drain() {
        std::unique_lock lock(mutex_);
        while (!jobs_.empty()) do_one(own_, lock);
        idle_.wait(lock, [this] { return busy_ == 0; });
        if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
    }

private:
    void run(State& state) {
        std::unique_lock lock(mutex_);
        for (;;) {
            wake_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
            if (jobs_.empty()) return;
            do_one(state, lock);
            if (busy_ == 0) idle_.notify_all();
        }
    }

    // Precondition: the lock is held and there is a job.
    void do_one(State& state, std::unique_lock<std::mutex>& lock) {
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        ++busy_;
        lock.unlock();
        std::exception_ptr error;
        try {
            work_(state, job);
        } catch (...) {
            error = std::current_exception();
        }
        lock.lock();
        --busy_;
        if (error) error_ = error;
    }

    Work work_;
    State& own_;
    std::size_t limit_, busy_ = 0;
    std::deque<Job> jobs_;
    std::mutex mutex_;
    std::condition_variable wake_, idle_;
    std::vector<std::thread> threads_;
    std::exception_ptr error_;
    bool stop_ = false;
};

}  // namespace crypto
