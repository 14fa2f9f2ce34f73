// SPDX-License-Identifier: AGPL-3.0-or-later
// « Identification » and « Mot de passe oublié »: one address in, the same answer whatever it is. The first is the door of everybody: who has no
// password yet is sent a link, who has one types it on the page that follows.
#include "activation/pages.hpp"
#include "activation/request_link.hpp"
#include "domain/identity.hpp"
#include "domain/local_time.hpp"
#include "util/text.hpp"
#include "web/form.hpp"

namespace activation {

namespace {

std::string page_of(bool forgotten) { return forgotten ? "/portail/mot-de-passe-oublie.htm" : "/portail/identification.htm"; }

web::Response address_page(bool forgotten, std::string_view typed, const web::FormErrors& errors) {
    const char* heading = forgotten ? "Mot de passe oublié" : "Identification";
    util::Json view{{"title", heading},
                    {"heading", heading},
                    {"forgotten", forgotten},
                    {"action", page_of(forgotten)},
                    {"adresse", web::field_view("adresse", "Adresse professionnelle", typed, errors,
                                                "Format attendu : prenom.nomxx@ac-xxxx.fr")}};
    errors.put_into(view);
    if (typed.empty() && errors.empty()) return web::Response::shared_page("activation/identification", std::move(view));
    return web::Response::page("activation/identification", std::move(view), errors.empty() ? 200 : 400);
}

web::Response not_open_page(const web::Env& env) {
    util::Json view{{"title", "Le portail n’est pas encore ouvert"},
                    {"opens_at", domain::paris_full(env.calendar.at(domain::CalendarEvent::portal_opens))}};
    return web::Response::page("activation/pas_encore_ouvert", view, 403);
}

// Who comes from the page of his password finds his address typed.
Answer show(const web::Env& env, bool forgotten) {
    if (!env.calendar.reached(domain::CalendarEvent::portal_opens, env.now)) return not_open_page(env);
    const auto waiting = forgotten ? waiting_of(env.session.data.journey()) : std::nullopt;
    return address_page(forgotten, waiting ? waiting->typed : "", {});
}

Answer post(const web::Request& request, web::Env& env, web::Effort& effort, bool forgotten) {
    if (!env.calendar.reached(domain::CalendarEvent::portal_opens, env.now)) return not_open_page(env);
    const std::string_view typed = util::trim(request.field("adresse"));
    const auto address = domain::normalise_address(typed);
    if (!address) {
        web::FormErrors errors;
        errors.add("adresse", typed.empty()
                                  ? "Saisissez votre adresse professionnelle complète, par exemple prenom.nom@ac-poitiers.fr."
                                  : "Cette adresse n’est pas complète. Exemple d’adresse : prenom.nom@ac-poitiers.fr.");
        return address_page(forgotten, typed, errors);
    }
    auto response = web::Response::redirect("/portail/attente.htm");
    if (!network_may_ask(env, request.client_ip) && !effort.is_made(request, env))
        return effort.page(env, {page_of(forgotten), {{"adresse", std::string(typed)}}});
    request_link(env, response, typed, *address, forgotten);
    return response;
}

}  // namespace

// 200; 403 before the portal opens.
Answer show_identification(const web::Request&, web::Env& env) { return show(env, false); }

// 303 to the page of mail and password, whatever the address; 400 if it cannot be one; 403 before the portal opens; 429 with a
// calculation to do first when the network asks too often.
Answer post_identification(const web::Request& request, web::Env& env, web::Effort& effort) {
    return post(request, env, effort, false);
}

// As show_identification.
Answer show_forgotten(const web::Request&, web::Env& env) { return show(env, true); }

// As post_identification. An address without an account is sent an activation link, one with an account a link to a new password.
Answer post_forgotten(const web::Request& request, web::Env& env, web::Effort& effort) { return post(request, env, effort, true); }

}  // namespace activation
