// SPDX-License-Identifier: AGPL-3.0-or-later
// « Demande d'un nouveau code de vote »: the form, that of the code by SMS or that of the code on screen.
#include "domain/local_time.hpp"
#include "reassort/issue.hpp"
#include "reassort/page_parts.hpp"
#include "reassort/pages.hpp"
#include "reassort/security_gate.hpp"
#include "web/question_defi.hpp"

namespace reassort {

namespace {

std::string phone_hint(const std::vector<domain::PhoneCountry>& declared) {
    return "Un téléphone mobile " + allowed_places(declared) + ". Pour les électeurs des DROM-COM" +
           (declared.empty() ? "" : " et de l’étranger") + ", à saisir avec les indicatifs internationaux éventuels adéquats.";
}

}  // namespace

web::Response form_page(const web::Request& request, const Typed& typed, const web::FormErrors& errors, unsigned remaining,
                        web::Env& env, const Keys& keys) {
    const auto defi = defi_of(env);
    const bool on_screen = web::shows_new_code(env);
    const std::string places = phone_hint(declared_countries(env.settings));
    util::Json view{
        {"title", "Demande d’un " + new_code_name(env)},
        {"back", back_link(env)},
        {"new_code", new_code_name(env)},
        {"code", code_name(env)},
        {"remaining", std::to_string(remaining)},
        {"is_last", remaining == 1},
        {"is_first", remaining == k_requests_allowed},
        {"closes_at", domain::full_for(env.session.place, env.calendar.at(domain::CalendarEvent::vote_closes))},
        {"email", env.session.voter_email},
        {"telephone", web::field_view("telephone", "N° tél", typed.phone, errors, places)},
        {"destination", web::field_view("destination", "N° tél ou adresse de messagerie personnelle", typed.destination, errors,
                                        places + " Ou une adresse qui n’est pas votre adresse professionnelle.")},
        {"numen",
         web::field_view("numen", "NUMEN", typed.numen, errors,
                         "Vous pouvez obtenir votre NUMEN auprès de votre service RH académique. 13 lettres et chiffres.")},
        {"naissance",
         web::field_view("naissance", "Date de naissance (jj/mm/aaaa)", typed.birth_date, errors, "Exemple : 03/02/1971")},
        {"asks_defi", defi.has_value()},
        {"reponse", web::field_view("reponse", "Réponse secrète à votre question défi", typed.answer, errors,
                                    (defi ? defi->question : "") + " Majuscules, accents et espaces en trop ne comptent pas.")},
    };
    const bool asks_security = asks_security_code(request, env);
    view["asks_security"] = asks_security;
    view["security_token"] = asks_security ? keys.security->new_token(env.session.id, env.now) : "";
    view["securite"] = web::field_view("securite", "Code de sécurité", "", errors, "Six chiffres");
    errors.put_into(view);
    return web::Response::page(on_screen ? "reassort/demande_ecran" : "reassort/demande", std::move(view),
                               errors.empty() ? 200 : 400);
}

web::Response mismatch_page(const web::Request& request, unsigned remaining, web::Env& env, const Keys& keys) {
    web::FormErrors errors;
    errors.add(
        "numen",
        defi_of(env)
            ? "Le NUMEN, la date de naissance ou la réponse secrète ne correspondent pas à votre dossier. Vérifiez les trois."
            : "Le NUMEN et la date de naissance ne correspondent pas à ceux de votre dossier. Vérifiez les deux.");
    count_wrong_demand(request, env);
    return form_page(request, typed_in(request), errors, remaining, env, keys);
}

// 200; 403 outside the window, when frozen or when three were sent; 429 after five wrong tries in a day.
Answer show_demande(const web::Request& request, web::Env& env, const Keys& keys) {
    unsigned remaining = 0;
    if (const auto refusal = standing_refusal(env, remaining)) return refusal_page(*refusal, env);
    return form_page(request, {}, {}, remaining, env, keys);
}

}  // namespace reassort
