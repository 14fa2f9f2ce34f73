// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/credential_binding.hpp"
#include "domain/waiting_ballot.hpp"
#include "util/bytes.hpp"
#include "vote/pages.hpp"
#include "vote/refusal.hpp"
#include "web/throttle.hpp"

namespace vote {

namespace {

// Each opening is a row that stays. Nobody needs as many; a program that presses by itself would fill the table.
constexpr unsigned k_openings_a_day = 20;
constexpr unsigned k_day_seconds = 24 * 60 * 60;

// The elector under a name that the binding key alone can compute, and another one than his credential's: the counts of tries
// must not tell a thief who checks his ballots.
std::string counted_as(const Keys& keys, const MyScrutin& scrutin, domain::VoterId voter) {
    return domain::credential_binding(keys.binding_key.view(), "opening|" + scrutin.uuid, voter.value);
}

}  // namespace

// The reference alone comes here, never the ballot: who opens gives this server nothing that it could cast.
Answer note_ouverture(const web::Request& request, web::Env& env, Context& context) {
    const auto scrutin = my_scrutin(env, context, request.param("code"));
    if (!scrutin) return refusal(util::Fault::not_found);
    const auto hash = util::from_base64_unpadded(request.field("reference"));
    if (!hash || hash->size() != 32) return refusal(util::Fault::invalid);
    if (scrutin->voted_at) return refusal(util::Fault::conflict);
    const Phase phase = phase_for(*scrutin, env);
    if (phase == Phase::suspended) return suspended_refusal();
    if (phase != Phase::open) return refusal(util::Fault::closed);
    if (!web::throttle_allows(env, "opening", counted_as(context.keys, *scrutin, voter_of(env)), k_openings_a_day, k_day_seconds))
        return too_many_opened_refusal();
    const std::string ballot_hash = util::to_hex(*hash);
    const auto tag = domain::waiting_tag(context.keys.binding_key.view(), scrutin->uuid, ballot_hash);
    if (note_opened(env.db, scrutin->id, ballot_hash, tag) == NoteOutcome::cast) return cast_refusal();
    return web::Response::json({{"opened", std::string(request.field("reference"))}});
}

}  // namespace vote
