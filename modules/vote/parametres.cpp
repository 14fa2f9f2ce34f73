// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/protocol.hpp"
#include "util/log.hpp"
#include "vote/pages.hpp"
#include "vote/refusal.hpp"

namespace vote {

namespace {

// A JSON object without its last brace: the sealed election, its seal and its lists are some twenty kilobytes that nobody changes.
std::string parameters_of_all(const MyScrutin& scrutin, const Sealed& sealed, web::Env& env, Context& context) {
    util::Json lists = util::Json::array();
    for (const auto& list : candidate_lists(env.db, scrutin.id))
        lists.push_back({{"position", list.position}, {"name", list.name}});
    std::string text = util::Json{{"election", sealed.election->record()},
                                  {"seal", sealed.seal},
                                  {"receipt_key", context.sealed.receipt_key()},
                                  {"lists", lists},
                                  {"title", scrutin.title}}
                           .dump();
    text.pop_back();
    return text;
}

util::Json other_open_scrutins(const MyScrutin& scrutin, const std::vector<MyScrutin>& mine, const web::Env& env) {
    util::Json others = util::Json::array();
    for (const MyScrutin& other : mine)
        if (other.code != scrutin.code && !other.voted_at && phase_for(other, env) == Phase::open)
            others.push_back({{"code", other.code}, {"title", other.title}});
    return others;
}

}  // namespace

Answer give_parametres(const web::Request& request, web::Env& env, Context& context) {
    const auto mine = my_scrutins(env, context);
    const auto scrutin = web::scrutin_of_code(mine, request.param("code"));
    if (!scrutin) return util::failure(util::Fault::not_found, "not on the roll");
    if (scrutin->voted_at) return refusal(util::Fault::conflict);
    const Phase phase = phase_for(*scrutin, env);
    if (phase == Phase::suspended) return suspended_refusal();
    if (phase != Phase::open) return refusal(util::Fault::closed);

    const auto election = context.sealed.find(env.db, scrutin->id, scrutin->uuid);
    if (!election) return logged_refusal(env, *scrutin, election.error());
    const auto credential = public_key_of_elector(env.db, context.keys, *scrutin, voter_of(env));
    if (!credential) return logged_refusal(env, *scrutin, credential.error());

    const auto version = env.election.data_version;
    auto of_all = context.parameters.find(version, scrutin->id);
    if (!of_all) of_all = context.parameters.keep(version, scrutin->id, parameters_of_all(*scrutin, **election, env, context));
    return web::Response::json_text(*of_all + ",\"credential\":" + util::Json(*credential).dump() +
                                    ",\"others\":" + other_open_scrutins(*scrutin, mine, env).dump() + '}');
}

}  // namespace vote
