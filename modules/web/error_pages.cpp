// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/error_pages.hpp"

#include "util/log.hpp"
#include "web/env.hpp"
#include "web/site_view.hpp"

namespace web {

namespace {

struct ErrorWords {
    int status;
    const char* word;      // for programs
    const char* title;     // of the page
    const char* sentence;  // for JSON answers
};

constexpr ErrorWords k_words[] = {
    {400, "invalid", "Demande non comprise", "Cette demande n’a pas été comprise. Rien n’a été enregistré."},
    {403, "forbidden", "Accès refusé", "Cette action n’est pas possible. Reconnectez-vous, puis recommencez."},
    {404, "not_found", "Page introuvable", "Cette page n’existe pas."},
    {405, "method", "Demande non prévue", "Cette demande n’est pas prévue."},
    {409, "conflict", "Action déjà faite", "Cette action a déjà été faite."},
    {411, "length", "Demande incomplète", "La demande est incomplète. Rien n’a été enregistré."},
    {413, "too_large", "Demande trop longue", "La demande est trop longue. Rien n’a été enregistré."},
    {415, "type", "Demande non comprise", "Cette demande n’a pas été comprise. Rien n’a été enregistré."},
    {429, "throttled", "Trop de demandes", "Trop de demandes en peu de temps. Patientez quelques minutes, puis recommencez."},
    {503, "unavailable", "Service momentanément indisponible",
     "Le service est momentanément indisponible. Réessayez dans quelques instants."},
    {500, "internal", "Erreur du site", "Une erreur s’est produite. Réessayez dans quelques instants."},
};

const ErrorWords& words_of(int status) {
    for (const ErrorWords& words : k_words)
        if (words.status == status) return words;
    return k_words[std::size(k_words) - 1];
}

std::string template_of(int status, const Renderer& renderer) {
    const std::string name = "errors/" + std::to_string(status);
    if (renderer.has(name)) return name;
    return status >= 500 ? "errors/500" : "errors/400";
}

}  // namespace

int status_of(util::Fault fault) {
    switch (fault) {
        case util::Fault::not_found: return 404;
        case util::Fault::forbidden: return 403;
        case util::Fault::invalid: return 400;
        case util::Fault::conflict: return 409;
        case util::Fault::closed: return 403;
        case util::Fault::throttled: return 429;
        case util::Fault::unavailable:
        case util::Fault::busy: return 503;
    }
    return 500;
}

Response status_response(int status, ErrorForm form, const Env& env) {
    const ErrorWords& words = words_of(status);
    if (form == ErrorForm::json) return Response::json({{"error", words.word}, {"message", words.sentence}}, status);
    return Response::page(template_of(status, env.renderer), {{"title", words.title}}, status);
}

Response failure_response(util::Fault fault, ErrorForm form, const Env& env) {
    if (fault == util::Fault::closed && form == ErrorForm::page && env.renderer.has("errors/closed"))
        return Response::page("errors/closed", {{"title", "Service fermé"}}, 403);
    return status_response(status_of(fault), form, env);
}

Response struck_off_response(ErrorForm form, const Env& env) {
    if (form == ErrorForm::json)
        return Response::json({{"error", "struck_off"}, {"message", "Vous ne figurez plus sur la liste électorale."}}, 403);
    util::Json view{{"title", "Vous ne figurez plus sur la liste électorale"},
                    {"has_reason", !env.session.struck_off_reason.empty()},
                    {"reason", env.session.struck_off_reason}};
    put_assistance(view, env.session);
    return Response::page("errors/struck_off", std::move(view), 403);
}

Response guest_response(ErrorForm form) {
    if (form == ErrorForm::json)
        return Response::json({{"error", "no_elector"}, {"message", "Vous n’êtes électeur d’aucun scrutin de ce portail."}}, 403);
    return Response::page("errors/guest", {{"title", "Vous n’êtes pas électeur"}}, 403);
}

std::string error_json(int status) {
    const ErrorWords& words = words_of(status);
    return util::Json{{"error", words.word}, {"message", words.sentence}}.dump();
}

namespace {

std::string whole_page(const std::string& name, const char* title, const char* sentence, const Shared& shared,
                       const Election* election, std::string_view request_id) {
    try {
        return shared.renderer.page(name, {{"title", title},
                                           {"site", site_view_without_session(title, election, shared.settings, shared.edition,
                                                                              request_id)}});
    } catch (const std::exception& error) {  // the last resort says something all the same
        util::log(util::Level::error, "error-page", {{"why", error.what()}});
        return std::string(sentence) + "\n";
    }
}

}  // namespace

std::string error_page(int status, const Shared& shared, const Election* election, std::string_view request_id) {
    const ErrorWords& words = words_of(status);
    return whole_page(template_of(status, shared.renderer), words.title, words.sentence, shared, election, request_id);
}

std::string database_away_page(const Shared& shared, const Election* election, std::string_view request_id) {
    const ErrorWords& words = words_of(503);
    return whole_page("errors/database_away", words.title, words.sentence, shared, election, request_id);
}

std::string not_open_page(const Shared& shared, std::string_view request_id) {
    return whole_page("errors/not_open", "Portail pas encore ouvert", "Ce portail n’est pas encore ouvert.", shared, nullptr,
                      request_id);
}

}  // namespace web
