// SPDX-License-Identifier: AGPL-3.0-or-later
// « Accéder aux résultats », public: the list of scrutins and each one's figures, seats and names, once proclaimed and
// once the calendar says so. Until then the page gives the date and nothing else.
#include "domain/local_time.hpp"
#include "scrutins/result_figures.hpp"

#include <algorithm>

#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/standing.hpp"
#include "util/text.hpp"

namespace scrutins {
namespace {

// « 42,64 % des inscrits »; a dash alone when there is no whole.
std::string share_of(std::uint64_t part, std::uint64_t whole, std::string_view words) {
    return whole == 0 ? percent(part, whole) : percent(part, whole) + " " + std::string(words);
}

util::Json names(const std::vector<std::string>& elected) {
    util::Json rows = util::Json::array();
    for (const auto& name : elected) rows.push_back({{"name", name}});
    return rows;
}

// Lists in the order of the draw, each with its votes, seats and elected names.
util::Json list_rows(const std::vector<CandidateList>& lists, const std::vector<ListResult>& results, std::uint64_t exprimes) {
    util::Json rows = util::Json::array();
    for (const auto& list : lists) {
        const auto found = std::find_if(results.begin(), results.end(), [&](const auto& r) { return r.position == list.position; });
        const ListResult result = found == results.end() ? ListResult{list.position, 0, 0} : *found;
        const Elected elected = elected_of(list.candidates, result.seats);
        rows.push_back({{"name", list.name},
                        {"union_name", list.union_name},
                        {"votes", number(result.votes)},
                        {"share", percent(result.votes, exprimes)},
                        {"seats", std::to_string(result.seats)},
                        {"has_seats", result.seats > 0},
                        {"has_names", !elected.titulaires.empty()},
                        {"titulaires", names(elected.titulaires)},
                        {"has_suppleants", !elected.suppleants.empty()},
                        {"suppleants", names(elected.suppleants)}});
    }
    return rows;
}

util::Json figures(const Result& result) {
    return {{"inscrits", number(result.inscrits)},
            {"votants", number(result.votants)},
            {"participation", share_of(result.votants, result.inscrits, "des inscrits")},
            {"blancs", number(result.blancs)},
            {"blancs_share", share_of(result.blancs, result.votants, "des votants")},
            {"exprimes", number(result.exprimes)},
            {"exprimes_share", share_of(result.exprimes, result.votants, "des votants")},
            {"no_votes", result.exprimes == 0},
            {"draw_needed", result.draw_needed},
            {"has_proclaimed_at", result.proclaimed_at.has_value()},
            {"proclaimed_at", result.proclaimed_at ? domain::paris_full(*result.proclaimed_at) : std::string()}};
}

util::Json head(const Scrutin& scrutin) {
    return {{"code", scrutin.code},
            {"scrutin_title", scrutin.title},
            {"instance", scrutin.instance},
            {"level", scrutin.level},
            {"seats", seats_text(scrutin.seats)},
            {"back", back_link("/resultats", "Résultats de tous les scrutins")}};
}

std::string results_date(const web::Env& env) {
    return domain::full_for(env.session.place, env.calendar.at(domain::CalendarEvent::results_shown));
}

}  // namespace

// 200.
Answer show_resultats(const web::Request&, web::Env& env) {
    util::Json rows = util::Json::array();
    bool any = false;
    for (const auto& scrutin : all_scrutins(env.db)) {
        const bool shown = domain::results_are_shown(scrutin.state, env.calendar, env.now);
        any = any || shown;
        rows.push_back({{"code", scrutin.code}, {"scrutin_title", scrutin.title}, {"level", scrutin.level}, {"shown", shown}});
    }
    return web::Response::page("scrutins/resultats",
                               {{"title", "Résultats"},
                                {"date_reached", env.calendar.reached(domain::CalendarEvent::results_shown, env.now)},
                                {"results_date", results_date(env)},
                                {"any_shown", any},
                                {"has_scrutins", !rows.empty()},
                                {"scrutins", std::move(rows)}});
}

// 200, with the figures or with the date they will be shown; 404 for an unknown scrutin.
Answer show_resultat(const web::Request& request, web::Env& env) {
    const auto scrutin = find_scrutin(env.db, request.param("code"));
    if (!scrutin) return util::failure(util::Fault::not_found, "result");
    const bool allowed = domain::results_are_shown(scrutin->state, env.calendar, env.now);
    const auto result = allowed ? result_of(env.db, scrutin->id) : std::nullopt;
    util::Json view = head(*scrutin);
    view["title"] = "Résultats : " + scrutin->title;
    if (!result) {
        view["date_reached"] = env.calendar.reached(domain::CalendarEvent::results_shown, env.now);
        view["results_date"] = results_date(env);
        return web::Response::page("scrutins/resultat_attendu", std::move(view));
    }
    view.update(figures(*result));
    view["lists"] = list_rows(candidate_lists(env.db, scrutin->id), list_results(env.db, scrutin->id), result->exprimes);
    return web::Response::shared_page("scrutins/resultat", std::move(view));
}

}  // namespace scrutins
