// SPDX-License-Identifier: AGPL-3.0-or-later
// « Accéder aux résultats », public: the list of scrutins and each one's figures, seats and names, once proclaimed and
// once the calendar says so. Until then the page gives the date and nothing else.
#include "crypto/election_rules.hpp"
#include "domain/local_time.hpp"
#include "domain/proclamation.hpp"
#include "domain/seat_words.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/papers.hpp"
#include "scrutins/result_figures.hpp"
#include "scrutins/standing.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"
#include "web/stop_view.hpp"

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

// A place for each seat of the scrutin, ten units wide, as many taken as the list has.
util::Json seat_marks(unsigned taken, unsigned all) {
    util::Json marks = util::Json::array();
    for (unsigned i = 0; i < all; ++i) marks.push_back({{"x", std::to_string(10 * i + 1)}, {"is_taken", i < taken}});
    return marks;
}

// Lists in the order of the draw, each with its votes, seats and elected names.
util::Json list_rows(const domain::Proclamation& all) {
    util::Json rows = util::Json::array();
    for (const auto& list : all.lists) {
        rows.push_back({{"name", list.name},
                        {"union_name", list.union_name},
                        {"votes", number(list.votes)},
                        {"share", percent(list.votes, all.exprimes)},
                        {"bar", bar_length(list.votes, all.exprimes)},
                        {"marks", seat_marks(list.seats, all.seats)},
                        {"seats", std::to_string(list.seats)},
                        {"has_seats", list.seats > 0},
                        {"has_names", !list.titulaires.empty()},
                        {"titulaires", names(list.titulaires)},
                        {"has_suppleants", !list.suppleants.empty()},
                        {"suppleants", names(list.suppleants)}});
    }
    return rows;
}

util::Json figures(const domain::Proclamation& all) {
    return {{"inscrits", number(all.inscrits)},
            {"votants", number(all.votants)},
            {"participation", share_of(all.votants, all.inscrits, "des inscrits")},
            {"participation_bar", bar_length(all.votants, all.inscrits)},
            {"blancs", number(all.blancs)},
            {"blancs_share", share_of(all.blancs, all.votants, "des votants")},
            {"blancs_bar", bar_length(all.blancs, all.votants)},
            {"exprimes", number(all.exprimes)},
            {"exprimes_share", share_of(all.exprimes, all.votants, "des votants")},
            {"exprimes_bar", bar_length(all.exprimes, all.votants)},
            {"seats_width", std::to_string(10 * all.seats)},
            {"no_votes", all.exprimes == 0},
            {"proclaimed_at", domain::paris_full(all.proclaimed_at)},
            {"scrutin_title", all.title},
            {"seats", seats_text(all.seats)},
            {"archive", all.archive},
            {"seal", all.seal},
            {"lists", list_rows(all)}};
}

// The text must be the one of its digest, of this scrutin, and stand in the form that proclaim writes: a page shows that or nothing.
std::optional<domain::Proclamation> proclaimed(web::Env& env, const Scrutin& scrutin) {
    const auto stored = proclamation_of(env.db, scrutin.id);
    if (!stored || util::sha256_hex(stored->text) != stored->digest) return std::nullopt;
    auto all = domain::read_proclamation(stored->text);
    return all && all->code == scrutin.code ? all : std::nullopt;
}

// « 1 « Alizé » et 3 « Bise » ».
std::string names_of(const domain::Proclamation& all, const std::vector<std::size_t>& numbers) {
    std::string names;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        names += i == 0 ? "" : i + 1 < numbers.size() ? ", " : " et ";
        names += std::to_string(numbers[i]) + " «\u00a0" + all.lists[numbers[i] - 1].name + "\u00a0»";
    }
    return names;
}

// The seal that this result names, or nothing: another one's rules and names would explain another result.
std::optional<domain::Seal> seal_of(web::Env& env, const domain::Proclamation& all) {
    const auto sealed = public_seal(env.db, all.code);
    return sealed && util::sha256_hex(sealed->text) == all.seal ? domain::read_seal(sealed->text) : std::nullopt;
}

util::Json step_rows(const domain::Proclamation& all, const std::optional<domain::Seal>& seal) {
    util::Json rows = util::Json::array();
    if (!seal) return rows;
    for (const domain::SeatLine& line : domain::seat_lines(all, *seal))
        rows.push_back({{"number", std::to_string(rows.size() + 1)},
                        {"rule", line.rule},
                        {"calculation", line.calculation},
                        {"takers", line.takers},
                        {"after", line.after}});
    return rows;
}

util::Json union_rows(const domain::Proclamation& all, const std::optional<domain::Seal>& seal) {
    util::Json rows = util::Json::array();
    if (!seal) return rows;
    for (const domain::UnionResult& one : domain::results_by_union(all, *seal))
        rows.push_back({{"name", one.name}, {"list", std::to_string(one.list)}, {"votes", domain::words_of(one.votes)}});
    return rows;
}

// « 3 femmes et 2 hommes parmi les titulaires »; empty where nobody is named.
std::string shares_text(const domain::Proclamation& all) {
    const domain::Shares shares = domain::elected_shares(all);
    if (shares.women + shares.men == 0) return {};
    const auto words = [](unsigned count, const char* one, const char* many) {
        return std::to_string(count) + "\u00a0" + (count > 1 ? many : one);
    };
    return words(shares.women, "femme", "femmes") + " et " + words(shares.men, "homme", "hommes") +
           (shares.unsaid > 0
                ? ", et " + words(shares.unsaid, "personne", "personnes") + " dont la liste scellée ne dit pas la civilité"
                : "");
}

// Each draw of the bureau, with the lists that were equal as the seal that this result names makes them.
util::Json draw_rows(const domain::Proclamation& all, const std::optional<domain::Seal>& seal) {
    util::Json rows = util::Json::array();
    if (all.draws.empty()) return rows;
    const auto equals = seal ? domain::equals_at_draws(all, *seal) : std::vector<std::vector<std::size_t>>();
    for (std::size_t i = 0; i < all.draws.size(); ++i) {
        if (all.draws[i] == 0 || all.draws[i] > all.lists.size()) continue;
        rows.push_back({{"has_equals", !equals.empty()},
                        {"equals", equals.empty() ? std::string() : names_of(all, equals[i])},
                        {"list", names_of(all, {all.draws[i]})}});
    }
    return rows;
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

std::optional<domain::Proclamation> shown_result(web::Env& env, const Scrutin& scrutin) {
    return domain::results_are_shown(scrutin.state, env.calendar, env.now) ? proclaimed(env, scrutin) : std::nullopt;
}

// 200.
Answer show_resultats(const web::Request&, web::Env& env) {
    util::Json rows = util::Json::array();
    bool any = false;
    for (const auto& scrutin : all_scrutins(env.db)) {
        const bool shown = domain::results_are_shown(scrutin.state, env.calendar, env.now);
        any = any || shown;
        rows.push_back({{"code", scrutin.code},
                        {"scrutin_title", scrutin.title},
                        {"level", scrutin.level},
                        {"shown", shown},
                        {"is_annulled", scrutin.stop.is_annulled()}});
    }
    return web::Response::page("scrutins/resultats",
                               {{"title", "Résultats"},
                                {"date_reached", env.calendar.reached(domain::CalendarEvent::results_shown, env.now)},
                                {"results_date", results_date(env)},
                                {"any_shown", any},
                                {"has_scrutins", !rows.empty()},
                                {"scrutins", std::move(rows)}});
}

// 200, with the figures, with the date they will be shown, or with the annulment; 404 for an unknown scrutin.
Answer show_resultat(const web::Request& request, web::Env& env) {
    const auto scrutin = find_scrutin(env.db, request.param("code"));
    if (!scrutin) return util::failure(util::Fault::not_found, "result");
    const auto result = shown_result(env, *scrutin);
    util::Json view = head(*scrutin);
    view["title"] = "Résultats : " + scrutin->title;
    if (!result) {
        view["date_reached"] = env.calendar.reached(domain::CalendarEvent::results_shown, env.now);
        view["results_date"] = results_date(env);
        web::put_stop(view, scrutin->stop, false);
        return web::Response::page("scrutins/resultat_attendu", std::move(view));
    }
    view.update(figures(*result));
    view["title"] = "Résultats : " + result->title;
    view["by_decree"] = env.settings.lists_by_decree;
    const auto seal = seal_of(env, *result);
    view["draws"] = draw_rows(*result, seal);
    view["steps"] = step_rows(*result, seal);
    view["unions"] = union_rows(*result, seal);
    view["has_unions"] = !view["unions"].empty();
    view["has_steps"] = !view["steps"].empty();
    view["quotient"] = domain::quotient_words(*result);
    view["shares"] = shares_text(*result);
    view["has_shares"] = !shares_text(*result).empty();
    view["is_small"] = result->votants > 0 && result->votants < crypto::k_least_ballots;
    view["small_rule"] = crypto::k_small_totals;
    view["digest"] = util::sha256_hex(domain::write_proclamation(*result));
    put_papers(view, papers_of_result(env, *scrutin, *result));
    return web::Response::shared_page("scrutins/resultat", std::move(view));
}

}  // namespace scrutins
