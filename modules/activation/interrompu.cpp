// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a page of the journey leads without one: it took too long, or it is over and the button was pressed twice.
#include "activation/pages.hpp"

namespace activation {

// 303 to the elector's space for who is signed in; 410 with both ways on for others.
web::Response no_journey(const web::Env& env) {
    if (env.session.voter) return web::Response::redirect("/espace");
    return web::Response::page("activation/interrompu", {{"title", "Reprenez depuis votre messagerie"}}, 410);
}

}  // namespace activation
