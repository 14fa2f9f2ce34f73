// SPDX-License-Identifier: AGPL-3.0-or-later
/*
NAME
    scrutin-trustee - the desk of a holder of a bureau de vote's key

SYNOPSIS
    scrutin-trustee COMMAND [ARGUMENTS]
    scrutin-trustee --help | scrutin-trustee COMMAND --help

DESCRIPTION
    Takes a holder through the ceremony that makes the bureau's key (identity, certs, commit, reveal, finish, confirm), lets the key be
    tried, its passphrase changed and its possession proved (check, verify-proof, passphrase), notes what was sealed (note), decrypts the
    holder's part of the totals from the archives (decrypt), and wipes the key after the count (destroy). The office's own steps (start,
    collect, health) need no secret and are here too. Everything is files in a
    folder, carried by hand. Screens are French and say what was checked, which file goes to whom, and the next command.

SECURITY
    Run by a holder on a machine of its own; no network, no database, no configuration, no privilege. The passphrase is typed without
    echo, or read from a file that its owner alone can read; no other program may look into the process from then on. Secrets are
    written encrypted (Argon2id, XChaCha20-Poly1305), mode 0600, and never replaced but by the same with another passphrase. It decrypts
    the totals of sealings that its holder noted, made by itself from checked ballots, one for each scrutin, and nothing else.
    Trusts no file but the holder's own secrets: all that comes from the office or from other holders is checked at each step.

CONFIGURATION
    None.

DIAGNOSTICS
    Exit status: 0 done; 1 refused now (files are missing, a step was skipped, the disk refuses); 64 usage; 65 a file or a check refused;
    70 internal; 77 wrong passphrase.

SEE ALSO
    modules/trustee/README-ceremonie.md, tests/cli/ceremony.sh (a whole ceremony and the count away from the server)
*/
#include <openssl/crypto.h>

#include "trustee/commands.hpp"

int main(int argc, char** argv) {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);  // no setting of this machine, and no module of it, has a say
    return cli::run(trustee::program(), argc, argv);
}
