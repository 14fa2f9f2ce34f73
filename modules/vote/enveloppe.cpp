// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vote/pages.hpp"
#include "vote/refusal.hpp"

namespace vote {

// Only while something can be opened with it: the less it travels, the fewer codes can be tried on it.
Answer give_enveloppe(const web::Request&, web::Env& env, Context& context) {
    bool can_vote = false;
    for (const auto& scrutin : my_scrutins(env, context)) {
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
