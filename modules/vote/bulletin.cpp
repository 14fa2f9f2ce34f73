// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/batch_words.hpp"
#include "domain/local_time.hpp"
#include "vote/pages.hpp"
#include "web/stop_view.hpp"

namespace vote {

namespace {

web::Response why_not_page(const MyScrutin& scrutin, Phase phase, const web::Env& env) {
    using enum domain::CalendarEvent;
    const bool is_stopped = phase == Phase::suspended || scrutin.stop.is_annulled();
    util::Json view{
        {"title", phase == Phase::not_yet      ? "Le vote n’est pas encore ouvert"
                  : phase == Phase::suspended  ? "Le vote est suspendu"
                  : scrutin.stop.is_annulled() ? "Ce scrutin est annulé"
                                               : "Le vote est clos"},
        {"back", {{"href", "/vote"}, {"label", "Mes scrutins"}}},
        {"scrutin_title", scrutin.title},
        {"voting_code_yours", voting_code_yours(env)},
        {"is_not_yet", phase == Phase::not_yet},
        {"is_over", phase == Phase::closed && !is_stopped},
        {"is_hour_reached", env.calendar.reached(vote_opens, env.now)},
        {"opens", {{"label", "Ouverture du vote :"}, {"when", domain::full_for(env.session.place, env.calendar.at(vote_opens))}}},
        {"closes", {{"label", "Clôture du vote :"}, {"when", domain::full_for(env.session.place, env.calendar.at(vote_closes))}}}};
    web::put_stop(view, scrutin.stop, phase == Phase::suspended);
    return web::Response::page("vote/indisponible", std::move(view));
}

}  // namespace

Answer show_bulletin(const web::Request& request, web::Env& env, Context& context) {
    const auto scrutin = my_scrutin(env, context, request.param("code"));
    if (!scrutin) return util::failure(util::Fault::not_found, "not on the roll");
    if (scrutin->voted_at) return accuse_page(*scrutin, env);
    const Phase phase = phase_for(*scrutin, env);
    if (phase != Phase::open) return why_not_page(*scrutin, phase, env);
    web::renew_session(env);  // the entry to the vote: an identifier seen before is worth nothing after

    return web::Response::kept_page("vote/bulletin", scrutin->code, [&context, &env, scrutin = *scrutin] {
        util::Json lists = util::Json::array();
        for (const auto& list : candidate_lists(env.db, scrutin.id)) {
            util::Json names = util::Json::array();
            for (const auto& name : list.candidates) names.push_back({{"name", name}});
            lists.push_back({{"position", std::to_string(list.position)},
                             {"name", list.name},
                             {"union", list.union_name},
                             {"has_profession", list.has_profession},
                             {"has_candidates", !list.candidates.empty()},
                             {"count", std::to_string(list.candidates.size())},
                             {"candidates", std::move(names)}});
        }
        util::Json view{{"title", scrutin.title},
                        {"scrutin_code", scrutin.code},
                        {"code_label", env.edition.word_capital("voting_code")},
                        {"voting_code_yours", voting_code_yours(env)},
                        {"rhythm", domain::batch_words(env.settings.log_minimum, env.settings.log_every)},
                        {"by_decree", env.settings.lists_by_decree},
                        {"lists_count", std::to_string(lists.size())},
                        {"lists", std::move(lists)}};
        view.update(context.booth_files);
        return view;
    });
}

}  // namespace vote
