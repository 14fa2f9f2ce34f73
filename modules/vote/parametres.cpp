// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/protocol.hpp"
#include "util/log.hpp"
#include "vote/pages.hpp"
#include "vote/refusal.hpp"

namespace vote {

Answer give_parametres(const web::Request& request, web::Env& env, Context& context) {
    const auto scrutin = my_scrutin(env.db, voter_of(env), request.param("code"));
    if (!scrutin) return util::failure(util::Fault::not_found, "not on the roll");
    if (scrutin->voted_at) return refusal(util::Fault::conflict);
    if (phase_for(*scrutin, env) != Phase::open) return refusal(util::Fault::closed);

    const auto election = context.sealed.find(env.db, scrutin->id, scrutin->uuid);
    if (!election) return logged_refusal(env, *scrutin, election.error());
    const auto credential = public_key_of_elector(env.db, context.keys, *scrutin, voter_of(env));
    if (!credential) return logged_refusal(env, *scrutin, credential.error());

    util::Json lists = util::Json::array();
    for (const auto& list : candidate_lists(env.db, scrutin->id)) {
        lists.push_back({{"position", list.position}, {"name", list.name}});
    }
    util::Json others = util::Json::array();
    for (const MyScrutin& other : my_scrutins(env.db, voter_of(env)))
        if (other.code != scrutin->code && !other.voted_at && phase_for(other, env) == Phase::open)
            others.push_back({{"code", other.code}, {"title", other.title}});
    return web::Response::json({{"election", (*election)->election->record()},
                                {"seal", (*election)->seal},
                                {"credential", *credential},
                                {"receipt_key", context.sealed.receipt_key()},
                                {"lists", lists},
                                {"others", others},
                                {"title", scrutin->title}});
}

}  // namespace vote
