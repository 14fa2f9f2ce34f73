// SPDX-License-Identifier: AGPL-3.0-or-later
// The check page of a demand: what will be sent, before it is.
#include "reassort/page_parts.hpp"
#include "reassort/pages.hpp"
#include "reassort/security_gate.hpp"
#include "web/question_defi.hpp"

namespace reassort {

// 200 with the check page, or with the form again for « Modifier »; 400 with the form; 403, 429 as the form; 303 to it where the code is
// shown on screen. Changes nothing.
Answer check_demande(const web::Request& request, web::Env& env, const Keys& keys) {
    if (web::shows_new_code(env)) return web::Response::redirect("/reassort");
    unsigned remaining = 0;
    if (const auto refusal = standing_refusal(env, remaining)) return refusal_page(*refusal, env);
    if (request.field("etape") == "modifier") return form_page(request, typed_in(request), {}, remaining, env, keys);
    web::FormErrors errors;
    const bool asks_defi = defi_of(env).has_value();
    const auto demand = read_demand(typed_in(request), asks_defi, declared_countries(env.settings), errors);
    // Looked at here, so that a slip is told at once, and spent by the sending: neither page does without.
    const bool passes = passes_security(request, env, keys, /*spend=*/false, errors);
    if (!demand || !passes) return form_page(request, typed_in(request), errors, remaining, env, keys);
    return web::Response::page("reassort/verification",
                               {{"title", "Vérifier votre demande"},
                                {"back", {{"href", "/reassort"}, {"label", "Revenir au début de la demande"}}},
                                {"new_code", new_code_name(env)},
                                {"code", code_name(env)},
                                {"telephone", demand->to.address},
                                {"numen", demand->numen},
                                {"naissance", request.field("naissance")},
                                {"asks_defi", asks_defi},
                                {"reponse", request.field("reponse")},
                                {"asks_security", asks_security_code(request, env)},
                                {"securite", request.field("securite")},
                                {"security_token", request.field("securite_jeton")},
                                {"remaining", std::to_string(remaining)},
                                {"email", env.session.voter_email}});
}

}  // namespace reassort
