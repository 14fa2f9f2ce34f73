// SPDX-License-Identifier: AGPL-3.0-or-later
// A bounded queue of jobs done by N threads, each with a state of its own. Knows nothing of what the jobs are.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace crypto {

template <class State, class Job>
class WorkQueue {
public:
    using Work = std::function<void(State&, Job&)>;

    // `states`: one per thread. They may be read after drain().
    WorkQueue(std::vector<State>& states, Work work) : work_(std::move(work)), limit_(states.size() * 16) {
        for (auto& state : states) threads_.emplace_back([this, &state] { run(state); });
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

    // Waits while the queue is full.
    void push(Job job) {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return jobs_.size() < limit_; });
        jobs_.push_back(std::move(job));
        wake_.notify_one();
    }
    // Waits until every job is done; throws what a job threw.
    void drain() {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return jobs_.empty() && busy_ == 0; });
        if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
    }

private:
    void run(State& state) {
        std::unique_lock lock(mutex_);
        for (;;) {
            wake_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
            if (jobs_.empty()) return;
            Job job = std::move(jobs_.front());
            jobs_.pop_front();
            ++busy_;
            lock.unlock();
            room_.notify_all();
            std::exception_ptr error;
            try {
                work_(state, job);
            } catch (...) {
                error = std::current_exception();
            }
            lock.lock();
            --busy_;
            if (error) error_ = error;
            room_.notify_all();
        }
    }

    Work work_;
    std::size_t limit_, busy_ = 0;
    std::deque<Job> jobs_;
    std::mutex mutex_;
    std::condition_variable wake_, room_;
    std::vector<std::thread> threads_;
    std::exception_ptr error_;
    bool stop_ = false;
};

}  // namespace crypto
