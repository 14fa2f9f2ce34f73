// SPDX-License-Identifier: AGPL-3.0-or-later
#include <iterator>

#include "scrutinctl/batch_insert.hpp"
#include "util/ensure.hpp"

namespace scrutinctl::store {

BatchInsert::BatchInsert(db::Connection& db, std::string_view insert, std::size_t columns) : db_(db), columns_(columns) {
    std::string row = "(?";
    for (std::size_t i = 1; i < columns; ++i) row += ", ?";
    row += ")";
    one_ = std::string(insert) + " VALUES " + row;
    many_ = one_;
    for (std::size_t i = 1; i < k_rows; ++i) many_ += ", " + row;
}

void BatchInsert::add(db::Params row) {
    ENSURE(row.size() == columns_);
    std::move(row.begin(), row.end(), std::back_inserter(pending_));
    ++count_;
    if (pending_.size() == k_rows * columns_) {
        db_.execute(many_, pending_);
        pending_.clear();
    }
}

void BatchInsert::flush() {
    for (std::size_t at = 0; at < pending_.size(); at += columns_) {
        const auto first = pending_.begin() + static_cast<std::ptrdiff_t>(at);
        db_.execute(one_, db::Params(first, first + static_cast<std::ptrdiff_t>(columns_)));
    }
    pending_.clear();
}

}  // namespace scrutinctl::store
