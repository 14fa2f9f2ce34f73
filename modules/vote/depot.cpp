// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/credential_binding.hpp"
#include "vote/pages.hpp"
#include "vote/refusal.hpp"
#include "web/throttle.hpp"

namespace vote {

namespace {

// A page sends ballots that hold, and who tries again by hand does it a few times. A program that sends thousands would keep the
// processors from others' votes.
constexpr const char* k_rule = "refused-ballot";
constexpr unsigned k_refused_ballots = 10, k_window_seconds = 60;

// The elector under a name that the binding key alone can compute: the counts must not tell a thief who sends ballots when.
std::string refusals_of(const web::Env& env, const Context& context) {
    return domain::credential_binding(context.keys.binding_key.view(), k_rule, voter_of(env).value);
}

}  // namespace

Answer take_ballot(const web::Request& request, web::Env& env, Context& context) {
    const auto scrutin = my_scrutin(env.db, voter_of(env), request.param("code"));
    if (!scrutin) return refusal(util::Fault::not_found);
    const auto cast =
        cast_ballot(env.db, context.sealed, context.keys,
                    {.scrutin = *scrutin,
                     .voter = voter_of(env),
                     .phase = phase_for(*scrutin, env),
                     .now = env.now,
                     .ballot = request.field("ballot"),
                     .may_check = [&] {
                         return web::throttle_has_room(env, k_rule, refusals_of(env, context), k_refused_ballots, k_window_seconds);
                     }});
    if (cast) return cast->was_opened ? opened_refusal() : web::Response::json({{"receipt", cast->receipt}});
    const util::Fault fault = cast.error().fault;
    if (fault == util::Fault::throttled) return too_many_ballots_refusal();
    if (fault == util::Fault::invalid || fault == util::Fault::forbidden)
        web::throttle_allows(env, k_rule, refusals_of(env, context), k_refused_ballots, k_window_seconds);
    return logged_refusal(env, *scrutin, cast.error());
}

}  // namespace vote
