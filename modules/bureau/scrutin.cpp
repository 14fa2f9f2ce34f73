// SPDX-License-Identifier: AGPL-3.0-or-later
// A scrutin of the bureau: its counters, participation by category and over time, and the way to the attendance and to the check.
#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "domain/figures.hpp"
#include "domain/local_time.hpp"

namespace bureau {

namespace {

util::Json group_rows(const std::vector<TurnoutGroup>& groups) {
    util::Json rows = util::Json::array();
    for (const auto& group : groups)
        rows.push_back({{"name", group.name},
                        {"enrolled", number(group.enrolled)},
                        {"voted", number(group.voted())},
                        {"share", domain::percent(group.voted(), group.enrolled)},
                        {"bar", domain::bar_length(group.voted(), group.enrolled)}});
    return rows;
}

// Day by day in Paris.
util::Json day_rows(const TurnoutGroup& all) {
    util::Json rows = util::Json::array();
    std::uint64_t sum = 0, of_day = 0;
    for (auto it = all.votes.begin(); it != all.votes.end();) {
        const std::string day = domain::paris_date(it->first);
        of_day += it->second, sum += it->second;
        if (++it != all.votes.end() && domain::paris_date(it->first) == day) continue;
        rows.push_back({{"day", day},
                        {"votes", number(of_day)},
                        {"voted", number(sum)},
                        {"share", domain::percent(sum, all.enrolled)},
                        {"bar", domain::bar_length(sum, all.enrolled)}});
        of_day = 0;
    }
    return rows;
}

}  // namespace

util::Result<WatchedScrutin> watched_by(web::Env& env, const Desk& desk, domain::DeskRight right, std::string_view code) {
    auto scrutin = find_watched_scrutin(env.db, code);
    if (!scrutin || desk.role_for(right, scrutin->bureau) == nullptr) return util::failure(util::Fault::not_found, "desk scrutin");
    return *std::move(scrutin);
}

// 200; 404 for a scrutin that is not of one of his bureaux.
Answer show_scrutin(const web::Request& request, web::Env& env, const Desk& desk, Memory& memory) {
    const auto scrutin = watched_by(env, desk, domain::DeskRight::counters, request.param("code"));
    if (!scrutin) return scrutin.error();
    const auto turnout = turnout_in(env, memory, scrutin->id);
    const auto opens = env.calendar.at(domain::CalendarEvent::vote_opens),
               closes = env.calendar.at(domain::CalendarEvent::vote_closes);
    auto days = day_rows(turnout->all);
    return web::Response::page("bureau/scrutin",
                               {{"title", "Participation : " + scrutin->title},
                                {"back", back_link("/bureau", "Bureau en ligne")},
                                {"scrutin_title", scrutin->title},
                                {"code", scrutin->code},
                                {"state", label_of_state(scrutin->state)},
                                {"at", domain::paris_full(turnout->at)},
                                {"enrolled", number(turnout->all.enrolled)},
                                {"voted", number(turnout->all.voted())},
                                {"share", domain::percent(turnout->all.voted(), turnout->all.enrolled)},
                                {"shows_attendance", desk.role_for(domain::DeskRight::attendance, scrutin->bureau) != nullptr},
                                {"has_votes", !days.empty()},
                                {"points", turnout_points(turnout->all, opens, closes, turnout->at)},
                                {"opens", domain::paris_full(opens)},
                                {"closes", domain::paris_full(closes)},
                                {"days", std::move(days)},
                                {"has_groups", !turnout->groups.empty()},
                                {"groups", group_rows(turnout->groups)}});
}

// 200, a CSV file; 404 as above.
Answer give_participation(const web::Request& request, web::Env& env, const Desk& desk, Memory& memory) {
    const auto scrutin = watched_by(env, desk, domain::DeskRight::counters, request.param("code"));
    if (!scrutin) return scrutin.error();
    return web::Response::document(turnout_csv(*turnout_in(env, memory, scrutin->id)), "text/csv; charset=utf-8",
                                   "participation-" + scrutin->code + ".csv");
}

}  // namespace bureau
