// SPDX-License-Identifier: AGPL-3.0-or-later
// The commands of an auditor: what anybody can check of an election without its database, on a machine of his own.
#pragma once

#include "cli/program.hpp"

namespace auditor {

// Exit status 1 for an archive that fails a check, 2 for a file that is none.
util::Status verify(const cli::Arguments&);

// Its row, named "archive".
cli::Command archive_command();

// scrutin-verify itself.
cli::Program program();

}  // namespace auditor
