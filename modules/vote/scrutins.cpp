// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/local_time.hpp"
#include "vote/pages.hpp"

namespace vote {

namespace {

// Words and kind of the badge.
util::Json state_of(const MyScrutin& scrutin, Phase phase) {
    if (scrutin.voted_at) return {{"label", "voté"}, {"kind", "done"}};
    switch (phase) {
        case Phase::not_yet: return {{"label", "à venir"}, {"kind", "upcoming"}};
        case Phase::open: return {{"label", "ouvert"}, {"kind", "open"}};
        case Phase::closed: break;
    }
    return {{"label", "clos"}, {"kind", "closed"}};
}

util::Json row_of(const MyScrutin& scrutin, Phase phase) {
    return {{"title", scrutin.title},
            {"instance", scrutin.instance},
            {"level", scrutin.level},
            {"badge", state_of(scrutin, phase)},
            {"can_vote", phase == Phase::open && !scrutin.voted_at},
            {"vote_href", "/vote/" + scrutin.code + "/bulletin"},
            {"has_voted", scrutin.voted_at.has_value()},
            {"voted_when", scrutin.voted_at ? domain::paris_full(*scrutin.voted_at) : ""},
            {"receipt_href", "/vote/" + scrutin.code + "/accuse"}};
}

}  // namespace

Answer show_scrutins(const web::Request&, web::Env& env, Context&) {
    using enum domain::CalendarEvent;
    util::Json rows = util::Json::array();
    bool can_vote = false;
    for (const auto& scrutin : my_scrutins(env.db, voter_of(env))) {
        const util::Json row = row_of(scrutin, phase_for(scrutin, env));
        can_vote = can_vote || row["can_vote"].get<bool>();
        rows.push_back(row);
    }
    const bool is_hour = env.calendar.is_vote_open(env.now);
    return web::Response::page(
        "vote/scrutins",
        {{"title", "Je vote"},
         {"back", {{"href", "/espace"}, {"label", "Mon espace électeur"}}},
         {"has_scrutins", !rows.empty()},
         {"scrutins", rows},
         {"is_before", !env.calendar.reached(vote_opens, env.now)},
         {"is_after", env.calendar.reached(vote_closes, env.now) && !can_vote},
         {"is_grace", can_vote && !is_hour},
         {"grace_end", domain::time_for(env.session.place, env.calendar.at(vote_closes) + domain::k_grace)},
         {"opens", {{"label", "Ouverture du vote :"}, {"when", domain::full_for(env.session.place, env.calendar.at(vote_opens))}}},
         {"closes", {{"label", "Clôture du vote :"}, {"when", domain::full_for(env.session.place, env.calendar.at(vote_closes))}}},
         {"voting_code_yours", voting_code_yours(env)},
         {"can_vote", can_vote}});
}

}  // namespace vote
