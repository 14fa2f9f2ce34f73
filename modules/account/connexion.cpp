// SPDX-License-Identifier: AGPL-3.0-or-later
// « Se connecter »: address and password on one page, one message for every refusal.
#include "account/pages.hpp"
#include "account/sign_in.hpp"
#include "util/log.hpp"
#include "util/text.hpp"
#include "web/form.hpp"
#include "web/session.hpp"
#include "web/throttle.hpp"

namespace account {

namespace {

web::Response sign_in_page(const web::Env& env, std::string_view address, std::string_view next, bool refused) {
    web::FormErrors errors;
    if (refused) errors.add("adresse", "L’adresse et le mot de passe ne vont pas ensemble, ou les essais sont trop rapprochés.");
    util::Json view{{"title", "Se connecter"},
                    {"refused", refused},
                    {"expired", env.session.expired && !refused},
                    {"suite", next},
                    {"adresse", web::field_view("adresse", "Adresse professionnelle", address, errors,
                                                "Format attendu : prenom.nomxx@ac-xxxx.fr")},
                    {"mot_de_passe", web::field_view("mot_de_passe", env.edition.word_capital("password"), {}, errors)}};
    errors.put_into(view);
    if (address.empty() && next.empty() && !refused) return web::Response::shared_page("account/connexion", std::move(view));
    return web::Response::page("account/connexion", std::move(view), refused ? 400 : 200);
}

}  // namespace

// 200; 303 onwards for who is signed in already.
Answer show_connexion(const web::Request& request, web::Env& env) {
    if (env.session.voter) return web::Response::redirect(safe_path(request.field("suite")));
    return sign_in_page(env, {}, request.field("suite"), false);
}

// 303 to `suite` or the elector's space, with a new session; 400 with the neutral message; 429 when the network tries too
// often or too many passwords are being checked.
Answer post_connexion(const web::Request& request, web::Env& env, const Keys& keys) {
    const auto network = web::network_of(request.client_ip);
    if (!web::throttle_allows(env, "sign-in-network", network, k_sign_ins_per_network, k_network_window))
        return util::failure(util::Fault::throttled, "sign-ins of one network");
    const std::string_view address = util::trim(request.field("adresse"));
    const auto result = check_sign_in(env, keys, address, request.field("mot_de_passe"));
    if (result.outcome == SignIn::busy) return util::failure(util::Fault::throttled, "hash pool full");
    if (result.outcome == SignIn::refused) {
        util::log(util::Level::info, "sign_in_refused", {{"request", env.request_id}});
        return sign_in_page(env, address, request.field("suite"), true);
    }
    auto response = web::Response::redirect(safe_path(request.field("suite")));
    web::sign_in(env, response, result.voter, request.user_agent);
    util::log(util::Level::info, "signed_in", {{"request", env.request_id}});
    return response;
}

// 303 to the page of the activation worker, which makes the links.
Answer go_to_forgotten(const web::Request&, web::Env&) { return web::Response::redirect("/portail/mot-de-passe-oublie.htm"); }

}  // namespace account
