// SPDX-License-Identifier: AGPL-3.0-or-later
// Late electors whom two members of the desk approved, made with the administration's file: it alone has NUMEN and date of birth, and it has to say of each
// what was approved.
#pragma once

#include <vector>

#include "cli/command.hpp"
#include "scrutinctl/import_model.hpp"
#include "scrutinctl/office.hpp"
#include "scrutinctl/store_roll.hpp"
#include "util/result.hpp"

namespace scrutinctl {

struct Inscriptions {
    ImportedElection election;
    std::vector<Elector> lines;
    std::string file;  // its name, for who has to find a line
};
// The file of --inscriptions, whole and without a fault, or why not.
util::Result<Inscriptions> read_inscriptions(Office& office, const cli::Arguments& arguments);
// Each line that is what was approved is made, in a transaction of its own; whatever else is told, line by line, and left as it is. An error: something was left.
// `approved`: late electors alone.
util::Status apply_inscriptions(Office& office, const Inscriptions& read, const std::vector<store::RollChange>& approved);

}  // namespace scrutinctl
