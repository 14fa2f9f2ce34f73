// SPDX-License-Identifier: AGPL-3.0-or-later
// What the pages of this worker share: its keys and the sealed elections. Made once, before the threads.
#pragma once

#include <string>

#include "vote/cast.hpp"
#include "vote/held_up.hpp"
#include "vote/sealed.hpp"
#include "web/env.hpp"
#include "web/rolls.hpp"

namespace vote {

struct Context {
    Keys keys;
    SealedElections sealed;
    HeldUp held_up;
    web::KnownScrutins<MyScrutin> scrutins;
    web::VersionMemory<domain::ScrutinId, std::string> parameters;  // of each scrutin, what all its electors are given alike
    util::Json booth_files;                                         // of the ballot page's view: {entry, modules, worker_files}
};

// Guarded routes have a voter.
inline domain::VoterId voter_of(const web::Env& env) { return *env.session.voter; }

// Those of the elector signed in, on whose roll he is; published ones only.
inline std::vector<MyScrutin> my_scrutins(const web::Env& env, Context& context) {
    return web::scrutins_of_rolls<MyScrutin>(
        env, context.scrutins, [&] { return my_scrutins(env.db, voter_of(env)); },
        [](MyScrutin& scrutin, const web::RollLine& roll) { scrutin.voted_at = roll.voted_at; });
}
inline std::optional<MyScrutin> my_scrutin(const web::Env& env, Context& context, std::string_view code) {
    return web::scrutin_of_code(my_scrutins(env, context), code);
}

inline Phase phase_for(const MyScrutin& scrutin, const web::Env& env) {
    return domain::phase_of(scrutin.state, scrutin.stop, env.calendar, env.now, env.session.signed_in_at);
}

// « votre code de vote », « votre identifiant électeur »: the edition's name of the code.
inline std::string voting_code_yours(const web::Env& env) { return env.edition.word("voting_code_yours"); }

}  // namespace vote
