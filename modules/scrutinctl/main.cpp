// SPDX-License-Identifier: AGPL-3.0-or-later
/*
NAME
    scrutinctl - the election office's command line

SYNOPSIS
    scrutinctl [--config FILE] [--secrets DIR] COMMAND [ARGUMENTS]
    scrutinctl --help | scrutinctl COMMAND --help

DESCRIPTION
    Makes an election from files, seals it, opens and closes its scrutins, counts, proclaims and exports it. It alone moves the
    state of a scrutin, and forward only. Each act says what it does, shows progress when long, may be run twice without harm,
    and leaves one entry in the hash-chained audit log. Screens are French, for the officers; README-import.md has the files' form.

SECURITY
    Run by hand by an officer, as the system user portail-scrutinctl. Rights: sql/grants/scrutinctl.sql; it can read the urne's
    ballots and cannot add, change or remove one, nor an émargement; it reads no password, escrow nor message
    (and queues those that say that a request is answered), and of a session whose it is and when it ends,
    never what opens it; it deletes messages and sessions (`purge`, which a timer runs, by their age; `sessions end`).
    One act at a time: each takes a lock of the database server's, which ends with its connection (office_turn.hpp). Holders' keys are made, kept and used on the holders' machines by
    the `trustee` commands, which need no database; here, `decrypt` and `trustee demo-ceremony` serve demonstrations only.
    Codes de vote exist once, in the notices file that `seal` writes with mode 0600.
    Secrets: numen_pepper, escrow_public_key, binding_key, receipt_public_key, log_public_key; db_password in development.
    Trusts its files' bytes as little as a page trusts a form: everything imported is checked.

CONFIGURATION
    portail.toml, see modules/web/settings.hpp. Default: /etc/portail/portail.toml, and the secrets of $CREDENTIALS_DIRECTORY.

DIAGNOSTICS
    Exit status: 0 done; 1 refused by the election's rules or by the disk, or not complete (verify: a check failed); 2 no archive (verify);
    3 a tie waits for a draw (seats); 64 usage; 65 bad data; 69 no database; 70 internal; 77 wrong passphrase (trustee).

SEE ALSO
    modules/scrutinctl/README-import.md, modules/trustee/README-ceremonie.md (the holders' keys), tests/cli/election.sh (a whole
    election, command by command), tests/cli/ceremony.sh (a whole ceremony and the count away from the server)
*/
#include <cstdlib>

#include "scrutinctl/commands.hpp"

int main(int argc, char** argv) {
    const char* const credentials = std::getenv("CREDENTIALS_DIRECTORY");
    scrutinctl::Office office("/etc/portail/portail.toml",
                              credentials != nullptr ? credentials : "/etc/portail/secrets/scrutinctl");
    return cli::run(scrutinctl::program(office), argc, argv);
}
