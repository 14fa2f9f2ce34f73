// SPDX-License-Identifier: AGPL-3.0-or-later
// « Mes scrutins »: one card per scrutin, its state, why the elector votes there, and where to go from it.
#include "domain/local_time.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/standing.hpp"
#include "scrutins/store.hpp"

namespace scrutins {

// 200.
Answer show_mes_scrutins(const web::Request&, web::Env& env) {
    util::Json cards = util::Json::array();
    for (const auto& mine : my_scrutins(env.db, *env.session.voter)) cards.push_back(scrutin_card(mine, env));
    const bool shown = domain::lists_are_shown(env.calendar, env.now);
    return web::Response::page("scrutins/mes_scrutins",
                               {
                                   {"title", "Mes scrutins"},
                                   {"has_scrutins", !cards.empty()},
                                   {"scrutins", std::move(cards)},
                                   {"back", back_link("/espace", "Mon espace électeur")},
                                   {"lists_shown", shown},
                                   {"lists_date",
                                    domain::full_for(env.session.place, env.calendar.at(domain::CalendarEvent::lists_shown))},
                                   {"vote_dates", vote_dates(env)},
                               });
}

}  // namespace scrutins
