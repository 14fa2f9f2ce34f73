// SPDX-License-Identifier: AGPL-3.0-or-later
// « Mes scrutins »: one card per scrutin, its state, why the elector votes there, and where to go from it.
#include "domain/local_time.hpp"
#include "scrutins/memory.hpp"
#include "scrutins/page_parts.hpp"
#include "scrutins/pages.hpp"
#include "scrutins/standing.hpp"
#include "scrutins/store.hpp"
#include "web/render.hpp"

namespace scrutins {

// 200.
Answer show_mes_scrutins(const web::Request&, web::Env& env, Memory& memory) {
    std::string cards;
    for (const auto& mine : my_scrutins(env, memory))
        cards += env.renderer.kept(
            "scrutins/carte_part", env.election.identity + '\n' + card_key(mine, env), [&] { return scrutin_card(mine, env); },
            card_own(mine, env));
    const bool shown = domain::lists_are_shown(env.calendar, env.now), has_scrutins = !cards.empty();
    const std::string key = std::string(shown ? "shown|" : "|") + (has_scrutins ? "some|" : "none|") + env.session.academie_code;
    return web::Response::kept_page("scrutins/mes_scrutins", key,
                                    [&env, shown, has_scrutins] {
                                        return util::Json{
                                            {"title", "Mes scrutins"},
                                            {"has_scrutins", has_scrutins},
                                            {"back", back_link("/espace", "Mon espace électeur")},
                                            {"lists_shown", shown},
                                            {"lists_date", domain::full_for(env.session.place,
                                                                            env.calendar.at(domain::CalendarEvent::lists_shown))},
                                            {"vote_dates", vote_dates(env)},
                                        };
                                    },
                                    {{"cards", std::move(cards), true}});
}

}  // namespace scrutins
