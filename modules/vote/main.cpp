// SPDX-License-Identifier: AGPL-3.0-or-later
/*
NAME
    portail-vote - FastCGI worker of the voting space

SYNOPSIS
    portail-vote --config FILE [--secrets DIR] [--listen SOCKET] [--check]

DESCRIPTION
    Shows an elector his scrutins and the booth, serves what the booth needs to make a ballot (the sealed election, his
    public credential, his envelope), takes the encrypted ballot and answers with a signed receipt. A ballot is parsed
    strictly, must carry the elector's own credential and valid proofs, and is stored with his émargement in one
    transaction. Sending the same ballot again gives the same receipt; another ballot is refused: a vote is final. A ballot
    that the elector opens to check it is noted before it is shown, and refused ever after.

SECURITY
    Runs as portail-vote, MySQL account portail-vote. Besides what every worker reads (session, voter, election, calendar):
      portail  UPDATE of session's identifier, new at the first ballot page, so that one caught before cannot vote;
               SELECT scrutin, voter_scrutin, candidate_list, candidate, seal, envelope; SELECT, INSERT emargement
      portail  INSERT outbox: the mail that tells the elector, under a number drawn by lot, with times to the minute
      portail  SELECT, INSERT, UPDATE throttle: how many ballots were opened today and refused this minute, under names that only the
               binding key makes
      urne     SELECT setup, credential; INSERT inbox, SELECT of its two tags and of the two hashes of ballot; SELECT, INSERT opened
               (never UPDATE, never DELETE)
    It cannot read passwords, escrow, NUMEN checks of réassort, nor anything of the office. It alone writes
    in both databases, and it writes nothing that joins them: the ballot's row has no time and no elector and is sealed for
    sceau, so that the database's own logs, which have it beside the émargement, tell nothing; no log line has a ballot's
    reference, and the receipt is given once to the browser and kept nowhere; it comes back when the elector wants it as a
    PDF.
    The code de vote and the choice never reach it. It trusts nothing from the browser: the credential is looked up from
    the signed-in elector by HMAC under its binding key, the receipt's time is the émargement's.
    Secrets: binding_key, receipt_secret_key.

CONFIGURATION
    See modules/web/settings.hpp. [portal] static is read at the start: the ballot page names the digests of the booth's scripts, so
    that browsers run no others; after a change of these files restart this worker. The sealed parameters of each scrutin name
    the public half of receipt_secret_key; a scrutin that names another key refuses ballots, and the start-up log says so ("receipt-key-differs").

DIAGNOSTICS
    "vote-mail-not-made", "vote-mail-not-kept": a vote is stored without the mail that tells its elector.
    "vote-refused" (request, scrutin, reason): a ballot that failed a check, or a request outside the hours.
    "vote-outcome-unknown": the answer to a COMMIT was lost; the worker looked the vote up on a new connection.
    "ballot-without-emargement": must never happen; the urne and the émargement disagree. Call the bureau.

    "booth-files-not-read" (folder): the ballot page names no digests; install the static files, and restart.

SEE ALSO
    portail-sceau, scrutinctl, modules/vote/cast.hpp, modules/crypto/protocol.hpp
*/
#include "vote/routes.hpp"
#include "web/worker_main.hpp"

int main(int argc, char** argv) { return web::worker_main(argc, argv, {"vote", vote::routes}); }
