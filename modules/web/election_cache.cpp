// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/election_cache.hpp"

#include "web/store.hpp"

namespace web {

std::shared_ptr<const Election> ElectionCache::get(db::Connection& db) {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (!election_ || now - read_at_ >= age_) {
        election_ = std::make_shared<const Election>(store::read_election(db));
        read_at_ = now;
    }
    return election_;
}

}  // namespace web
