// SPDX-License-Identifier: AGPL-3.0-or-later
// A ballot that its elector opened to see what his device had encrypted (SPECIFICATION-3.md 17): made again from its seed
// and choice, so that its tracker can be compared with the one shown before. Public data: variable time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "util/result.hpp"

namespace crypto {

struct OpenedBallot {
    std::string scrutin, fingerprint, credential;  // code of the scrutin; phi; enc
    std::size_t choice = 0;                        // 0: the blank vote
    std::string seed, challenge, response;         // the latter two: the signature that the ballot had

    // The one line that the booth gives, alone or at the end of an address, blanks forgiven. Nothing for any other text.
    static std::optional<OpenedBallot> parse(std::string_view text);
};

struct RemadeBallot {
    std::string election_name, answer;  // answer: empty for the blank vote
    std::string ballot, tracker;
};

// invalid: not an election record of one question, another election, no such choice, a number out of range.
util::Result<RemadeBallot> remake_ballot(std::string_view election_record, const OpenedBallot& opened);

}  // namespace crypto
