// SPDX-License-Identifier: AGPL-3.0-or-later
// The public home: one act, and the dates of the calendar.
#include "account/calendar_view.hpp"
#include "account/pages.hpp"
#include "account/stops_view.hpp"

namespace account {

// 200.
Answer show_accueil(const web::Request&, web::Env& env) {
    return web::Response::kept_page("account/accueil", calendar_key(env.calendar, env.now) + env.session.academie_code, [&env] {
        util::Json view{{"title", "Accueil"}, {"home_action", env.edition.word("home_action")}};
        put_calendar(view, env.calendar, env.now, env.session.place);
        put_stops(view, env);
        view["may_enter"] = env.calendar.reached(domain::CalendarEvent::portal_opens, env.now);
        return view;
    });
}

// 303 to the home: the short addresses printed on posters.
Answer go_to_accueil(const web::Request&, web::Env&) { return web::Response::redirect("/"); }

}  // namespace account
