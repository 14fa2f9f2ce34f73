// SPDX-License-Identifier: AGPL-3.0-or-later
// « Mes connexions »: the elector sees where he is signed in and ends what is not his.
#include "account/pages.hpp"
#include "account/store.hpp"
#include "domain/local_time.hpp"
#include "web/session.hpp"
#include "web/pseudonym.hpp"

namespace account {

// 200.
Answer show_mes_connexions(const web::Request&, web::Env& env) {
    const std::string own = env.session.id_hash.substr(0, store::k_reference);
    util::Json view{{"title", "Mes connexions"},
                    {"back", {{"href", "/profil"}, {"label", "Mon profil électeur"}}},
                    {"connections", util::Json::array()}};
    for (const auto& open : store::list_connections(env.db, *env.session.voter, env.now))
        view["connections"].push_back({{"reference", open.reference},
                                       {"device", open.device},
                                       {"since", domain::full_for(env.session.place, open.created_at)},
                                       {"last_seen", domain::full_for(env.session.place, open.last_seen_at)},
                                       {"is_this", open.reference == own}});
    view["has_others"] = view["connections"].size() > 1;
    return web::Response::page("account/mes_connexions", view);
}

// 303 to the list, whether or not the connection was still open; to the sign-out page when it was this one.
Answer post_close_connection(const web::Request& request, web::Env& env) {
    const auto reference = request.field("connexion");
    if (reference == env.session.id_hash.substr(0, store::k_reference)) {
        auto response = web::Response::redirect("/deconnexion");
        web::log_act(util::Level::info, "signed-out", env);
        web::sign_out(env, response);
        return response;
    }
    if (store::close_connection(env.db, *env.session.voter, reference)) web::log_act(util::Level::info, "connection-closed", env);
    return web::Response::redirect("/mes-connexions");
}

// 303 to the list.
Answer post_close_others(const web::Request&, web::Env& env) {
    web::close_other_sessions(env, *env.session.voter);
    web::log_act(util::Level::info, "connection-closed", env);
    return web::Response::redirect("/mes-connexions");
}

}  // namespace account
