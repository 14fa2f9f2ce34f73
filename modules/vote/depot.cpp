// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vote/pages.hpp"
#include "vote/refusal.hpp"

namespace vote {

Answer take_ballot(const web::Request& request, web::Env& env, Context& context) {
    const auto scrutin = my_scrutin(env.db, voter_of(env), request.param("code"));
    if (!scrutin) return refusal(util::Fault::not_found);
    const auto cast = cast_ballot(env.db, context.sealed, context.keys,
                                  {.scrutin = *scrutin,
                                   .voter = voter_of(env),
                                   .phase = phase_for(*scrutin, env),
                                   .now = env.now,
                                   .ballot = request.field("ballot")});
    if (!cast) return logged_refusal(*scrutin, cast.error());
    if (cast->was_opened) return opened_refusal();
    return web::Response::json({{"receipt", cast->receipt}});
}

}  // namespace vote
