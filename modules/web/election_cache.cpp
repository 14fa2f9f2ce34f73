// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/election_cache.hpp"

#include <algorithm>
#include <mutex>

#include "web/store.hpp"

namespace web {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds k_longest_memory{1};

}  // namespace

// Nobody waits for another's reading, which takes as long as a database that does not answer.
std::shared_ptr<const Election> ElectionCache::get(db::Connection& db) {
    std::unique_lock lock(mutex_);
    const auto asked_at = steady_clock::now();
    if (election_ && (is_reading_ || asked_at - read_at_ < age_)) return election_;
    if (failure_ && asked_at < failure_until_) throw db::Error(*failure_);
    is_reading_ = true;
    lock.unlock();
    try {
        Election read = store::read_election(db);
        read.assistance = store::read_assistances(db);
        auto fresh = std::make_shared<const Election>(std::move(read));
        lock.lock();
        is_reading_ = false;
        election_ = std::move(fresh);
        read_at_ = steady_clock::now();
        failure_.reset();
        return election_;
    } catch (const db::Error& error) {
        lock.lock();
        is_reading_ = false;
        failure_ = error;
        failure_until_ = steady_clock::now() + std::min(age_, k_longest_memory);
        throw;
    } catch (...) {
        lock.lock();
        is_reading_ = false;
        throw;
    }
}

}  // namespace web
