// SPDX-License-Identifier: AGPL-3.0-or-later
// One faulty scrutin stops itself and not the others: what a command that works scrutin by scrutin keeps of those that stopped.
#pragma once

#include <string>
#include <vector>

#include "cli/sentence.hpp"
#include "util/result.hpp"

namespace scrutinctl {

class Stops {
public:
    void add(util::Failure failure) { failures_.push_back(std::move(failure)); }
    bool empty() const { return failures_.empty(); }

    // Nothing stopped, or all that did, each with its reason; as grave as the first.
    util::Status outcome() const {
        if (failures_.empty()) return util::Done{};
        if (failures_.size() == 1) return failures_.front();
        std::string text =
            cli::counted(failures_.size(), "scrutin s’arrête", "scrutins s’arrêtent") + ", les autres ont continué :";
        for (const util::Failure& failure : failures_) text += "\n  " + failure.detail;
        return util::Failure{failures_.front().fault, text};
    }

private:
    std::vector<util::Failure> failures_;
};

}  // namespace scrutinctl
