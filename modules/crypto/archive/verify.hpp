// SPDX-License-Identifier: AGPL-3.0-or-later
// The verifier of a .bel archive: all of SPECIFICATION.md 10 and 14.4, for anyone, without a database. It streams the file (memory: the
// lists of the Setup event and some forty bytes per ballot), checks ballots on several threads, and reports every failure it
// finds instead of stopping at the first.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/election_rules.hpp"

namespace crypto {

// `as_sealed`: refused when the election's record says that a vote is final (protocol.hpp), as the portal's records do.
enum class Revotes { as_sealed, allowed, refused };

struct VerifyOptions {
    unsigned jobs = 0;  // threads; 0: one per core
    // An earlier copy that passed before, another file: must be a prefix. Its ballots are counted; their proofs, and the membership
    // of the credentials, are not checked again, so that the copy must be one's own.
    std::optional<std::filesystem::path> since = {};
    Revotes revotes = Revotes::as_sealed;                     // several ballots of one credential
    std::optional<std::uint64_t> attendance = {};             // signatures of the roll: must equal the credentials counted
    std::optional<std::string> credentials_fingerprint = {};  // sha_b64 of the published list
    std::vector<std::string> trackers = {};                   // to look up, in either writing (43 characters or 64 hex digits)
    // The file of second proofs; none given: <uuid>.preuves.json beside the archive, if it is there.
    std::optional<std::filesystem::path> companion = {};
    bool toy_group = false;  // take TOY-607 too, in which anyone can forge: for tests
};

// What is wrong, in which record, which check, where inside it. `where` may be empty.
struct VerifyFailure {
    std::string what;    // "ballot", "trustees", "event", "archive"…
    std::string record;  // hex hash of the record, or a place in the file
    std::string check;
    std::string where;
};

struct VerifyReport {
    std::optional<std::string> unreadable;  // the file cannot be read as an archive at all: no other member counts
    std::vector<VerifyFailure> failures;    // the first 1,000
    std::uint64_t further_failures = 0;
    std::vector<std::string> remarks;

    std::string uuid, group, name, fingerprint, credentials_fingerprint;
    std::string head;   // hash of the last event
    std::string setup;  // hash of the Setup event
    ElectionRules rules;
    std::string election, trustees;  // the records
    std::string encrypted_tally;     // the record that we made ourselves of the ballots; empty before the close
    std::string log_root;            // 32 bytes: of the public log over these ballots, in this order (SPECIFICATION.md 12)
    std::uint64_t credentials = 0, ballots = 0, ballots_not_rechecked = 0, counted = 0, revotes = 0;
    std::uint64_t second_proofs = 0;                 // that hold
    bool closed = false, finished = false;           // EndBallots seen; Result seen
    std::vector<std::vector<std::string>> answers;   // labels per question, "" for the blank vote, "-" for none
    std::vector<std::vector<std::uint64_t>> result;  // when finished

    bool all_passed() const { return !unreadable && failures.empty(); }
};

// `progress(done, total)` in bytes of the file, from the calling thread, a few times per second at most.
VerifyReport verify_archive(const std::filesystem::path& path, const VerifyOptions& options = {},
                            const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

// "ballot <record>: <check> (<where>)": one line of the command's output.
std::string to_line(const VerifyFailure& failure);
// The whole report as one JSON object.
std::string to_json(const VerifyReport& report);

}  // namespace crypto
