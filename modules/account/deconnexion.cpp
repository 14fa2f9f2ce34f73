// SPDX-License-Identifier: AGPL-3.0-or-later
// « DÉCONNEXION »: ends the connection on the server and wipes what the browser kept.
#include "account/pages.hpp"
#include "web/session.hpp"
#include "web/pseudonym.hpp"

namespace account {

// 200: the word after signing out; a button for who comes here still signed in.
Answer show_deconnexion(const web::Request&, web::Env& env) {
    util::Json view{{"title", env.session.voter ? "Se déconnecter" : "Vous êtes déconnecté"},
                    {"still_in", env.session.voter.has_value()}};
    return web::Response::page("account/deconnexion", view);
}

// 303 to the page above.
Answer post_deconnexion(const web::Request&, web::Env& env) {
    auto response = web::Response::redirect("/deconnexion");
    if (env.session.voter) web::log_act(util::Level::info, "signed-out", env);
    web::sign_out(env, response);
    return response;
}

}  // namespace account
