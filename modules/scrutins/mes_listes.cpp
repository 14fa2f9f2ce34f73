// SPDX-License-Identifier: AGPL-3.0-or-later
// The lists of which the elector is a declared delegate, before everybody sees them. Made anew for each request and kept nowhere: a page of
// this kind that another got would show a union the lists of another.
#include <charconv>

#include "domain/local_time.hpp"
#include "domain/scrutin.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/store_delegates.hpp"

namespace scrutins {
namespace {

util::Json delegated_card(const DelegatedList& one, std::size_t number) {
    return {{"number", std::to_string(number)},
            {"scrutin", one.scrutin_title},
            {"name", one.list.name},
            {"union_name", one.list.union_name},
            {"badge", {{"label", "Non publiée"}, {"kind", "warning"}}},
            {"has_profession", one.list.has_profession},
            {"has_candidates", !one.list.candidates.empty()},
            {"candidates", candidate_rows(one.list.candidates)}};
}

}  // namespace

// 200, also for who is a delegate of no list: the page says so, and whom to write to.
Answer show_mes_listes(const web::Request&, web::Env& env) {
    const auto lists = delegated_lists(env.db, *env.session.voter);
    util::Json cards = util::Json::array();
    for (const auto& one : lists) cards.push_back(delegated_card(one, cards.size() + 1));
    return web::Response::page("scrutins/mes_listes",
                               {{"title", "Les listes dont je suis délégué"},
                                {"back", back_link("/scrutins", "Mes scrutins")},
                                {"is_published", domain::lists_are_shown(env.calendar, env.now)},
                                {"lists_date",
                                 domain::full_for(env.session.place, env.calendar.at(domain::CalendarEvent::lists_shown))},
                                {"has_lists", !lists.empty()},
                                {"lists", std::move(cards)}});
}

// 200 with the PDF; 404 if it is not one of his lists, or has none. `numero` counts his own lists: it tells nothing of how many others there are.
Answer show_delegated_profession(const web::Request& request, web::Env& env) {
    const std::string_view text = request.param("numero");
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto lists = delegated_lists(env.db, *env.session.voter);
    const bool is_his = error == std::errc{} && end == text.data() + text.size() && number >= 1 && number <= lists.size();
    auto pdf = is_his ? delegated_profession(env.db, *env.session.voter, lists[number - 1].list.id) : std::nullopt;
    if (!pdf) return util::failure(util::Fault::not_found, "profession de foi of a delegate's list");
    return web::Response::document(std::move(*pdf), "application/pdf", "profession-de-foi-" + std::to_string(number) + ".pdf");
}

}  // namespace scrutins
