// SPDX-License-Identifier: AGPL-3.0-or-later
// The commands of the key ceremony, of the holders' keys and of the count away from the server, in their order.
#pragma once

#include "cli/program.hpp"

namespace trustee {

// On the office's machine, without database.
util::Status start(const cli::Arguments&);
util::Status collect(const cli::Arguments&);
util::Status verify_proof(const cli::Arguments&);
util::Status health(const cli::Arguments&);

// On a holder's machine.
util::Status identity(const cli::Arguments&);
util::Status certs(const cli::Arguments&);
util::Status commit(const cli::Arguments&);
util::Status reveal(const cli::Arguments&);
util::Status finish(const cli::Arguments&);
util::Status confirm(const cli::Arguments&);
util::Status status(const cli::Arguments&);
util::Status check(const cli::Arguments&);
util::Status passphrase(const cli::Arguments&);
util::Status note(const cli::Arguments&);
util::Status decrypt(const cli::Arguments&);
util::Status destroy(const cli::Arguments&);

// Their rows.
std::vector<cli::Command> commands();

// scrutin-trustee itself.
cli::Program program();

}  // namespace trustee
