// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/local_time.hpp"
#include "vote/pages.hpp"
#include "web/render.hpp"
#include "web/stop_view.hpp"

namespace vote {

namespace {

// Words and kind of the badge.
util::Json state_of(const MyScrutin& scrutin, Phase phase) {
    if (scrutin.voted_at) return {{"label", "voté"}, {"kind", "done"}};
    switch (phase) {
        case Phase::not_yet: return {{"label", "à venir"}, {"kind", "upcoming"}};
        case Phase::open: return {{"label", "ouvert"}, {"kind", "open"}};
        case Phase::suspended: return {{"label", "suspendu"}, {"kind", "closed"}};
        case Phase::closed: break;
    }
    if (scrutin.stop.is_annulled()) return {{"label", "annulé"}, {"kind", "closed"}};
    return {{"label", "clos"}, {"kind", "closed"}};
}

util::Json card_of(const MyScrutin& scrutin, Phase phase) {
    util::Json view{{"title", scrutin.title},
                    {"instance", scrutin.instance},
                    {"level", scrutin.level},
                    {"badge", state_of(scrutin, phase)},
                    {"can_vote", phase == Phase::open && !scrutin.voted_at},
                    {"vote_href", "/vote/" + scrutin.code + "/bulletin"},
                    {"has_voted", scrutin.voted_at.has_value()},
                    {"receipt_href", "/vote/" + scrutin.code + "/accuse"}};
    web::put_stop(view, scrutin.stop, phase == Phase::suspended);
    return view;
}

// All that a card shows alike to all who stand alike before the scrutin.
std::string card_key(const MyScrutin& scrutin, Phase phase, const web::Env& env) {
    return env.election.identity + '\n' + scrutin.code + '|' + scrutin.title + '|' + (scrutin.voted_at ? "voted" : "") +
           std::to_string(static_cast<int>(phase));
}

struct PageState {
    bool has_scrutins = false, can_vote = false, is_all_stopped = false, is_before = false, is_after = false, is_grace = false;
    std::string key(const web::Env& env) const {
        std::string text;
        for (const bool one : {has_scrutins, can_vote, is_all_stopped, is_before, is_after, is_grace}) text += one ? '1' : '0';
        return text + '|' + env.session.academie_code;
    }
};

util::Json page_view(const PageState& state, const web::Env& env) {
    using enum domain::CalendarEvent;
    return {{"title", "Je vote"},
            {"back", {{"href", "/espace"}, {"label", "Mon espace électeur"}}},
            {"has_scrutins", state.has_scrutins},
            {"is_all_stopped", state.is_all_stopped},
            {"is_before", state.is_before},
            {"is_after", state.is_after},
            {"is_grace", state.is_grace},
            {"grace_end", domain::time_for(env.session.place, env.calendar.at(vote_closes) + domain::k_grace)},
            {"opens",
             {{"label", "Ouverture du vote :"}, {"when", domain::full_for(env.session.place, env.calendar.at(vote_opens))}}},
            {"closes",
             {{"label", "Clôture du vote :"}, {"when", domain::full_for(env.session.place, env.calendar.at(vote_closes))}}},
            {"voting_code_yours", voting_code_yours(env)},
            {"can_vote", state.can_vote}};
}

}  // namespace

Answer show_scrutins(const web::Request&, web::Env& env, Context& context) {
    using enum domain::CalendarEvent;
    std::string cards;
    PageState state;
    bool any_stopped = false;
    for (const auto& scrutin : my_scrutins(env, context)) {
        const Phase phase = phase_for(scrutin, env);
        state.can_vote = state.can_vote || (phase == Phase::open && !scrutin.voted_at);
        any_stopped = any_stopped || phase == Phase::suspended;
        cards +=
            env.renderer.kept("vote/carte_part", card_key(scrutin, phase, env), [&] { return card_of(scrutin, phase); },
                              {{"voted_when", scrutin.voted_at ? domain::full_for(env.session.place, *scrutin.voted_at) : ""}});
    }
    state.has_scrutins = !cards.empty();
    state.is_before = !env.calendar.reached(vote_opens, env.now);
    state.is_all_stopped = any_stopped && !state.can_vote;
    state.is_after = env.calendar.reached(vote_closes, env.now) && !state.can_vote && !any_stopped;
    state.is_grace = state.can_vote && !env.calendar.is_vote_open(env.now);
    return web::Response::kept_page("vote/scrutins", state.key(env), [&env, state] { return page_view(state, env); },
                                    {{"cards", std::move(cards), true}});
}

}  // namespace vote
