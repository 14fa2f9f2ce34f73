// SPDX-License-Identifier: AGPL-3.0-or-later
// What a member may have checked at any moment (CGFP R211-542), of one scrutin and of the journal that its seal and its last check stand in. Reads, and
// changes nothing. What needs the rolls, the urne's content or the machine's files stays the office's (scrutinctl integrity).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bureau/desk.hpp"

namespace bureau {

struct Finding {
    std::string what;
    std::string why_not;  // empty: it holds
};

struct Integrity {
    std::vector<Finding> findings;
    std::uint64_t emargements = 0, ballots = 0;  // of one moment
    std::uint64_t log_size = 0;                  // ballots in the public log
    std::string log_root;                        // hex, over them
    std::uint64_t journal_entries = 0;

    bool holds() const;
};

// `journal_key`: base64url public key of sceau. Of a scrutin that is not sealed yet the journal alone is checked.
Integrity check_integrity(web::Env& env, const WatchedScrutin& scrutin, const std::string& journal_key);

// The journal's words on a check: the next one compares with the log as it was then.
std::string words_of_check(const WatchedScrutin& scrutin, const Integrity& found);

// Of such words, the log as it was; nothing if there was none.
struct SeenLog {
    std::uint64_t size = 0;
    std::string root;
};
std::optional<SeenLog> seen_log_of(const std::string& words);

}  // namespace bureau
