// SPDX-License-Identifier: AGPL-3.0-or-later
// After the address: the wait for the mail, and the password for who has one. All it knows is what the visitor typed and when: nothing here
// depends on whether the address is known.
#include "activation/journey.hpp"
#include "activation/pages.hpp"
#include "activation/request_link.hpp"
#include "domain/identity.hpp"
#include "domain/local_time.hpp"
#include "web/form.hpp"

namespace activation {

namespace {

// The first whole minute at which « Renvoyer » works, as people read clocks.
util::Instant resend_minute(util::Instant asked_at) { return std::chrono::ceil<std::chrono::minutes>(asked_at + k_resend_pause); }

}  // namespace

// 200; 303 to the identification when nothing was asked in this browser.
Answer show_attente(const web::Request&, web::Env& env) {
    const auto waiting = waiting_of(env.session.data.journey());
    if (!waiting) return web::Response::redirect("/portail/identification.htm");
    const web::FormErrors none;
    util::Json view{{"title",
                     waiting->forgotten ? "Consultez votre messagerie professionnelle" : "Se connecter, ou créer mon mot de passe"},
                    {"again_href", waiting->forgotten ? "/mot-de-passe-oublie" : "/portail/identification.htm"},
                    {"address", waiting->typed},
                    {"mot_de_passe", web::field_view("mot_de_passe", env.edition.word_capital("password"), {}, none,
                                                     "Celui que vous avez créé sur ce portail, et non celui de votre messagerie.")},
                    {"asked_at", domain::paris_full(waiting->asked_at)},
                    {"is_shared", false},
                    {"forgotten", waiting->forgotten},
                    {"limited", waiting->limited},
                    {"can_resend", !waiting->limited && env.now >= waiting->asked_at + k_resend_pause},
                    {"must_wait", !waiting->limited && env.now < waiting->asked_at + k_resend_pause},
                    {"resend_at", domain::paris_time(resend_minute(waiting->asked_at))}};
    return web::Response::page("activation/attente", view);
}

// 303 to this page again, with a new mail asked for when the pause is over; 429 with a calculation to do first when the network asks too
// often.
Answer post_resend(const web::Request& request, web::Env& env, web::Effort& effort) {
    const auto waiting = waiting_of(env.session.data.journey());
    if (!waiting) return web::Response::redirect("/portail/identification.htm");
    auto response = web::Response::redirect("/portail/attente.htm");
    const auto address = domain::normalise_address(waiting->typed);
    if (!address || env.now < waiting->asked_at + k_resend_pause) return response;
    if (!network_may_ask(env, request.client_ip) && !effort.is_made(request, env))
        return effort.page(env, {"/portail/attente.htm", {}});
    request_link(env, response, waiting->typed, *address, waiting->forgotten);
    return response;
}

}  // namespace activation
