// SPDX-License-Identifier: AGPL-3.0-or-later
// delegues.csv: who sees which list before everybody does. The file may be missing: nobody does then.
#pragma once

#include <filesystem>
#include <string>
#include <unordered_set>

#include "scrutinctl/import_model.hpp"

namespace scrutinctl {

void read_delegates(const ImportFiles& files, ImportedElection& election, ImportFaults& faults);

// A fault for each who is not an elector: only electors have a space to see it in.
void check_delegates(const ImportedElection& election, const std::unordered_set<std::string>& electors, ImportFaults& faults);

}  // namespace scrutinctl
