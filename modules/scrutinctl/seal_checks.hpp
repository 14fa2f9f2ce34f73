// SPDX-License-Identifier: AGPL-3.0-or-later
// What a real sealing asks before its first scrutin: that the medium of every holder answered today's question, and that a rehearsal under the
// same keys was counted. Who does without says why, for the journal and the minutes.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "scrutinctl/office.hpp"

namespace scrutinctl {

struct KeyOfBureau {
    std::string bureau, group, record;  // the trustees record
};

// Of --answers DOSSIER (what « scrutin-trustee check --challenge » wrote) or --without-answers MOTIF.
util::Status require_answers(Office& office, const cli::Arguments& arguments, const std::vector<KeyOfBureau>& keys);

// Of --rehearsal DOSSIER (the archives that the rehearsal's office exported) or --without-rehearsal MOTIF.
util::Status require_rehearsal(Office& office, const cli::Arguments& arguments, const std::vector<KeyOfBureau>& keys);

}  // namespace scrutinctl
