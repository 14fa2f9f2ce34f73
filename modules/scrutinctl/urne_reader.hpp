// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a scrutin's ballots one after another without holding them all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scrutinctl/store_count.hpp"

namespace scrutinctl {

// Gives the ballots of the public log in its order; an empty text where the urne does not have one.
class ArchivedBallots {
public:
    ArchivedBallots(db::Connection& db, domain::ScrutinId scrutin) : db_(db), scrutin_(scrutin) {}
    std::optional<std::string> next();

private:
    db::Connection& db_;
    domain::ScrutinId scrutin_;
    std::vector<std::string> batch_;
    std::size_t at_ = 0;
    unsigned leaf_ = 0;
};

}  // namespace scrutinctl
