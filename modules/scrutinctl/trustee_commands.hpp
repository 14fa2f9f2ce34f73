// SPDX-License-Identifier: AGPL-3.0-or-later
// The commands of the key ceremony, of the holders' keys and of the count away from the server, in their order.
#pragma once

#include "scrutinctl/command.hpp"

namespace scrutinctl {

// On the office's machine, without database.
util::Status trustee_start(Office&, const Arguments&);
util::Status trustee_collect(Office&, const Arguments&);
util::Status trustee_verify_proof(Office&, const Arguments&);

// On a holder's machine.
util::Status trustee_identity(Office&, const Arguments&);
util::Status trustee_certs(Office&, const Arguments&);
util::Status trustee_commit(Office&, const Arguments&);
util::Status trustee_reveal(Office&, const Arguments&);
util::Status trustee_finish(Office&, const Arguments&);
util::Status trustee_confirm(Office&, const Arguments&);
util::Status trustee_status(Office&, const Arguments&);
util::Status trustee_check(Office&, const Arguments&);
util::Status trustee_passphrase(Office&, const Arguments&);
util::Status trustee_decrypt(Office&, const Arguments&);

// On the server: what leaves for the holders, and what comes back.
util::Status dossier_export(Office&, const Arguments&);
util::Status dossier_import(Office&, const Arguments&);

// Their rows.
std::vector<Command> trustee_commands();
std::vector<Command> dossier_commands();

}  // namespace scrutinctl
