// SPDX-License-Identifier: AGPL-3.0-or-later
/*
NAME
    scrutin-verify - an auditor's check of what an election published

SYNOPSIS
    scrutin-verify FILE [OPTIONS]
    scrutin-verify archive FILE [OPTIONS]
    scrutin-verify receipt FILE… --key KEY [--log KEY]
    scrutin-verify bundle FOLDER [--digest DIGEST] [--fingerprint DIGEST]
    scrutin-verify watch URL|FOLDER FOLDER [--log KEY] [--every SECONDS]
    scrutin-verify witness init|cosign|answer …
    scrutin-verify --help

DESCRIPTION
    Checks the archive (.bel) of a scrutin: form, hashes, keys, proofs, signatures, total, result; stricter than any version of
    belenios-tool. A line for each check that fails, French on the screen, English in the report (--json). When nothing fails the last
    line is « all checks passed ». The word `archive` may be left out: a first word that is no command is the archive's name.
    `receipt` checks what an elector kept. `watch` keeps the checkpoints of a public log and wants each to extend the last; `witness`
    cosigns them. What they read is signed: where it comes from is not trusted.

SECURITY
    Run by anybody on a machine of his own; no database, no configuration, no privilege. Opens no connection: an address is asked for by the
    machine's own curl. Trusts none of the bytes that it reads, and shows no character of theirs that could drive the terminal. Writes
    nothing but the folder given to `watch` and `witness`; a witness's key is there, readable by its owner alone.

CONFIGURATION
    None.

DIAGNOSTICS
    Exit status: 0 all checks passed; 1 a check failed; 2 nothing to read; 64 usage; 65 an option's value; 69 no answer; 70 internal.

SEE ALSO
    modules/crypto/README.md, tests/cli/verify.sh, tests/cli/watch.sh
*/
#include <openssl/crypto.h>

#include "auditor/commands.hpp"

int main(int argc, char** argv) {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);  // no setting of this machine, and no module of it, has a say
    return cli::run(auditor::program(), argc, argv);
}
