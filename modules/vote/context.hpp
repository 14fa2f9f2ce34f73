// SPDX-License-Identifier: AGPL-3.0-or-later
// What the pages of this worker share: its keys and the sealed elections. Made once, before the threads.
#pragma once

#include <string>

#include "vote/cast.hpp"
#include "vote/sealed.hpp"
#include "web/env.hpp"

namespace vote {

struct Context {
    Keys keys;
    SealedElections sealed;
    util::Json booth_files;  // of the ballot page's view: {entry, modules, worker_files}
};

// Guarded routes have a voter.
inline domain::VoterId voter_of(const web::Env& env) { return *env.session.voter; }

inline Phase phase_for(const MyScrutin& scrutin, const web::Env& env) {
    return domain::phase_of(scrutin.state, env.calendar, env.now, env.session.signed_in_at);
}

// « votre code de vote », « votre identifiant électeur »: the edition's name of the code.
inline std::string voting_code_yours(const web::Env& env) { return env.edition.word("voting_code_yours"); }

}  // namespace vote
