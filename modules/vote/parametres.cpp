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
    if (!election) return logged_refusal(*scrutin, election.error());
    const auto credential = public_key_of_elector(env.db, context.keys, *scrutin, voter_of(env));
    if (!credential) return logged_refusal(*scrutin, credential.error());

    util::Json lists = util::Json::array();
    for (const auto& list : candidate_lists(env.db, scrutin->id)) {
        lists.push_back({{"position", list.position}, {"name", list.name}});
    }
    return web::Response::json({{"election", (*election)->record()},
                                {"credential", *credential},
                                {"receipt_key", context.sealed.receipt_key()},
                                {"lists", lists},
                                {"title", scrutin->title}});
}

// Only while something can be opened with it: the less it travels, the fewer codes can be tried on it.
Answer give_enveloppe(const web::Request&, web::Env& env, Context&) {
    bool can_vote = false;
    for (const auto& scrutin : my_scrutins(env.db, voter_of(env))) {
        can_vote = can_vote || (!scrutin.voted_at && phase_for(scrutin, env) == Phase::open);
    }
    if (!can_vote) return refusal(util::Fault::closed);
    const auto envelope = find_envelope(env.db, voter_of(env));
    if (!envelope) return refusal(util::Fault::unavailable);
    return web::Response::json({{"voter", envelope->voter_ref},
                                {"generation", envelope->generation},
                                {"salt", envelope->salt},
                                {"nonce", envelope->nonce},
                                {"ciphertext", envelope->ciphertext}});
}

}  // namespace vote
