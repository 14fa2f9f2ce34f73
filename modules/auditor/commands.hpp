// SPDX-License-Identifier: AGPL-3.0-or-later
// The commands of an auditor: what anybody can check of an election without its database, on a machine of his own.
#pragma once

#include "cli/program.hpp"

namespace auditor {

// Exit status 1 for an archive that fails a check, 2 for a file that is none.
util::Status verify(const cli::Arguments&);

// Its row, named "archive".
cli::Command archive_command();

// receipt.cpp: what an elector keeps. ballot.cpp: a ballot that he opened. watch.cpp: the public log, followed and cosigned.
// portal.cpp: the files that a portal serves. bundle.cpp: all that a scrutin left, in one folder.
util::Status check_receipt(const cli::Arguments&);
util::Status check_opened_ballot(const cli::Arguments&);
util::Status check_bundle(const cli::Arguments&);
util::Status check_portal(const cli::Arguments&);
util::Status watch(const cli::Arguments&);
util::Status witness_init(const cli::Arguments&);
util::Status witness_cosign(const cli::Arguments&);
util::Status witness_answer(const cli::Arguments&);

// scrutin-verify itself.
cli::Program program();

}  // namespace auditor
