// SPDX-License-Identifier: AGPL-3.0-or-later
// What was read for one data version of the election (election.hpp), shared by the threads of a process: nothing is read twice while nothing
// changes, and nothing of an older version is given. Nothing of one elector's own goes in.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace web {

template <typename Key, typename Value>
class VersionMemory {
public:
    using Kept = std::shared_ptr<const Value>;

    // Null: not known at this version.
    template <typename Asked>
    Kept find(std::uint32_t version, const Asked& key) const {
        const std::shared_lock lock(mutex_);
        if (version != version_) return nullptr;
        const auto found = values_.find(key);
        return found == values_.end() ? nullptr : found->second;
    }

    // Gives it back. Read at a version that has passed meanwhile, it is not kept.
    Kept keep(std::uint32_t version, Key key, Value value) {
        auto kept = std::make_shared<const Value>(std::move(value));
        const std::unique_lock lock(mutex_);
        if (version < version_) return kept;
        if (version > version_) values_.clear();
        version_ = version;
        values_.insert_or_assign(std::move(key), kept);
        return kept;
    }

private:
    mutable std::shared_mutex mutex_;
    std::uint32_t version_ = 0;
    std::map<Key, Kept, std::less<>> values_;
};

}  // namespace web
