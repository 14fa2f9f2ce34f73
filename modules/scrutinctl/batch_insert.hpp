// SPDX-License-Identifier: AGPL-3.0-or-later
// Many rows into one table with few round trips: INSERT of k_rows rows at a time, the rest one by one. Part of the stores.
#pragma once

#include <string>
#include <string_view>

#include "db/connection.hpp"

namespace scrutinctl::store {

class BatchInsert {
public:
    // `insert`: a literal of a store, "INSERT INTO voter (id, email)", to which the values' places are added.
    BatchInsert(db::Connection& db, std::string_view insert, std::size_t columns);

    void add(db::Params row);
    // To be called before the transaction ends; rows not flushed are not stored.
    void flush();
    std::uint64_t count() const { return count_; }
    bool is_flushed() const { return pending_.empty(); }

private:
    static constexpr std::size_t k_rows = 250;

    db::Connection& db_;
    std::size_t columns_;
    std::string one_, many_;
    db::Params pending_;
    std::uint64_t count_ = 0;
};

}  // namespace scrutinctl::store
