// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared parts of the réassort pages.
#include "reassort/page_parts.hpp"

#include "reassort/issue.hpp"
#include "util/text.hpp"

namespace reassort {
namespace {

using domain::CalendarEvent;

int status_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::too_many_tries:
        case Refusal::busy: return 429;
        case Refusal::not_ready: return 503;
        default: return 403;
    }
}

void put_assistance(util::Json& view, web::Env& env) {
    const auto found = assistance_of(env.db, env.session.academie_code);
    const auto assistance = found.value_or(Assistance{});
    view["has_assistance"] = found.has_value();
    view["academie"] = assistance.academie;
    view["assistance_phone"] = assistance.phone;
    view["assistance_email"] = assistance.email;
    view["assistance_hours"] = assistance.hours;
}

}  // namespace

std::string code_name(const web::Env& env) { return env.edition.word("voting_code"); }

std::string new_code_name(const web::Env& env) {
    const std::string name = code_name(env);
    const bool begins_with_vowel = std::string_view("aeiouy").find(util::fold(name).front()) != std::string_view::npos;
    return (begins_with_vowel ? "nouvel " : "nouveau ") + name;
}

Typed typed_in(const web::Request& request) {
    return {std::string(request.field("telephone")), std::string(request.field("numen")), std::string(request.field("naissance")),
            std::string(request.field("reponse"))};
}

std::optional<Defi> defi_of(web::Env& env) {
    return env.edition.asks_defi ? find_defi(env.db, *env.session.voter) : std::nullopt;
}

web::Response form_page(const Typed& typed, const web::FormErrors& errors, unsigned remaining, web::Env& env) {
    const auto defi = defi_of(env);
    util::Json view{
        {"title", "Demande d’un " + new_code_name(env)},
        {"back", {{"href", "/espace"}, {"label", "Mon espace électeur"}}},
        {"new_code", new_code_name(env)},
        {"code", code_name(env)},
        {"remaining", std::to_string(remaining)},
        {"is_last", remaining == 1},
        {"closes_at", util::paris_full(env.calendar.at(CalendarEvent::vote_closes))},
        {"email", env.session.voter_email},
        {"telephone", web::field_view("telephone", "N° tél", typed.phone, errors,
                                      "Un téléphone mobile. Pour les électeurs des DROM-COM et de l’étranger, à saisir avec les "
                                      "indicatifs internationaux éventuels adéquats. Exemple : 06 12 34 56 78")},
        {"numen", web::field_view("numen", "NUMEN", typed.numen, errors,
                                  "Vous pouvez obtenir votre NUMEN auprès de votre service RH académique. 13 lettres et chiffres.")},
        {"naissance", web::field_view("naissance", "Date de naissance (jj/mm/aaaa)", typed.birth_date, errors, "Exemple : 03/02/1971")},
        {"asks_defi", defi.has_value()},
        {"reponse", web::field_view("reponse", "Réponse secrète à votre question défi", typed.answer, errors,
                                    (defi ? defi->question : "") + " Majuscules, accents et espaces en trop ne comptent pas.")},
    };
    errors.put_into(view);
    return web::Response::page("reassort/form", std::move(view), errors.empty() ? 200 : 400);
}

web::Response refusal_page(Refusal refusal, web::Env& env) {
    util::Json view{
        {"title", "Demande d’un " + new_code_name(env)},
        {"back", {{"href", "/espace"}, {"label", "Mon espace électeur"}}},
        {"new_code", new_code_name(env)},
        {"not_yet", refusal == Refusal::not_yet},
        {"closed", refusal == Refusal::closed},
        {"none_left", refusal == Refusal::none_left},
        {"frozen", refusal == Refusal::frozen},
        {"too_many_tries", refusal == Refusal::too_many_tries},
        {"busy", refusal == Refusal::busy},
        {"not_ready", refusal == Refusal::not_ready},
        {"allowed", std::to_string(k_requests_allowed)},
        {"opens_at", util::paris_full(env.calendar.at(CalendarEvent::reassort_opens))},
        {"closes_at", util::paris_full(env.calendar.at(CalendarEvent::vote_closes))},
    };
    put_assistance(view, env);
    return web::Response::page("reassort/refusal", std::move(view), status_of(refusal));
}

std::optional<Refusal> standing_refusal(web::Env& env, unsigned& remaining) {
    if (env.calendar.reached(CalendarEvent::vote_closes, env.now)) return Refusal::closed;
    if (!env.calendar.is_reassort_open(env.now)) return Refusal::not_yet;
    const History history = history_of(env.db, *env.session.voter, env.now);
    remaining = history.sent < k_requests_allowed ? k_requests_allowed - history.sent : 0;
    if (history.frozen) return Refusal::frozen;
    if (remaining == 0) return Refusal::none_left;
    if (history.mismatches_today >= k_mismatches_allowed) return Refusal::too_many_tries;
    return std::nullopt;
}

}  // namespace reassort
