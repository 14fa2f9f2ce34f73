// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared parts of views.
#include "scrutins/page_parts.hpp"

#include "domain/local_time.hpp"
#include "scrutins/result_figures.hpp"
#include "scrutins/standing.hpp"
#include "web/stop_view.hpp"

namespace scrutins {

using domain::CalendarEvent;

util::Json back_link(std::string_view href, std::string_view label) { return {{"href", href}, {"label", label}}; }

std::string vote_dates(const web::Env& env) {
    return "du " + domain::period_for(env.session.place, env.calendar.at(CalendarEvent::vote_opens),
                                      env.calendar.at(CalendarEvent::vote_closes));
}

void put_reclamation_period(util::Json& view, const web::Env& env) {
    view["is_early"] = !env.calendar.reached(CalendarEvent::portal_opens, env.now);
    view["period"] = domain::period_for(env.session.place, env.calendar.at(CalendarEvent::portal_opens),
                                        env.calendar.at(CalendarEvent::reclamations_close));
}

util::Json candidate_rows(const std::vector<Candidate>& candidates) {
    util::Json rows = util::Json::array();
    for (const auto& candidate : candidates)
        rows.push_back({{"name", full_name(candidate)}, {"affectation", candidate.affectation}});
    return rows;
}

std::string seats_text(unsigned seats) { return std::to_string(seats) + (seats > 1 ? " sièges" : " siège"); }

util::Json scrutin_card(const MyScrutin& mine, const web::Env& env) {
    const auto& scrutin = mine.scrutin;
    const auto standing =
        standing_of(scrutin.state, scrutin.stop, mine.voted_at.has_value(), env.calendar, env.now, env.session.signed_in_at);
    util::Json view{
        {"code", scrutin.code},
        {"title", scrutin.title},
        {"instance", scrutin.instance},
        {"level", scrutin.level},
        {"seats", seats_text(scrutin.seats)},
        {"badge", {{"label", label_of(standing)}, {"kind", badge_of(standing)}}},
        {"is_open", standing == Standing::open},
        {"is_voted", mine.voted_at.has_value()},
        {"results_shown", domain::results_are_shown(scrutin.state, env.calendar, env.now)},
    };
    // Who has voted is told of a suspension too, while the vote lasts.
    const bool is_suspended =
        domain::phase_of(scrutin.state, scrutin.stop, env.calendar, env.now, env.session.signed_in_at) == domain::Phase::suspended;
    web::put_stop(view, scrutin.stop, is_suspended);
    return view;
}

std::string card_key(const MyScrutin& mine, const web::Env& env) {
    const auto& scrutin = mine.scrutin;
    const auto standing =
        standing_of(scrutin.state, scrutin.stop, mine.voted_at.has_value(), env.calendar, env.now, env.session.signed_in_at);
    return scrutin.code + '|' + scrutin.title + '|' + std::string(label_of(standing)) +
           (domain::phase_of(scrutin.state, scrutin.stop, env.calendar, env.now, env.session.signed_in_at) ==
                    domain::Phase::suspended
                ? "|stopped"
                : "|") +
           (mine.voted_at ? "|voted" : "|") +
           (domain::results_are_shown(scrutin.state, env.calendar, env.now) ? "|results|" : "||");
}

std::vector<web::Renderer::Own> card_own(const MyScrutin& mine, const web::Env& env) {
    return {{"reason", mine.reason},
            {"voted_at", mine.voted_at ? domain::full_for(env.session.place, *mine.voted_at) : std::string()}};
}

}  // namespace scrutins
