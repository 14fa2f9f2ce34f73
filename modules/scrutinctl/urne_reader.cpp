// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/urne_reader.hpp"

namespace scrutinctl {

namespace {
constexpr unsigned k_ballots_at_once = 500;
}

std::optional<std::string> ArchivedBallots::next() {
    if (at_ == batch_.size()) {
        batch_ = store::logged_ballots(db_, scrutin_, leaf_, k_ballots_at_once);
        leaf_ += static_cast<unsigned>(batch_.size());
        at_ = 0;
    }
    if (batch_.empty()) return std::nullopt;
    return std::move(batch_[at_++]);
}

}  // namespace scrutinctl
