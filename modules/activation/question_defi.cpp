// SPDX-License-Identifier: AGPL-3.0-or-later
// « Question défi », « ACTIVER MON COMPTE », « ACCÈS SANS ACTIVATION »: the last page of the journey in elections that ask a question. In the
// edition of 2022 password and answer are kept here, together or not at all; elsewhere the password is kept before.
#include <charconv>

#include "activation/finish.hpp"
#include "activation/journey.hpp"
#include "activation/pages.hpp"
#include "domain/identity.hpp"
#include "util/text.hpp"
#include "web/form.hpp"

namespace activation {

namespace {

// « moi » is the least that is worth keeping.
constexpr std::size_t k_shortest_answer = 3;

std::optional<std::size_t> chosen(std::string_view field, std::size_t questions) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
    if (error != std::errc{} || end != field.data() + field.size() || number < 1 || number > questions) return std::nullopt;
    return number;
}

web::Response defi_page(const web::Env& env, bool kept, std::string_view question, std::string_view answer,
                        const web::FormErrors& errors) {
    auto select = web::field_view("question", "Question défi", question, errors);
    select["options"] = util::Json::array();
    for (std::size_t i = 0; i < env.edition.defi_questions.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        select["options"].push_back(
            {{"value", number}, {"label", env.edition.defi_questions[i]}, {"selected", number == question}});
    }
    util::Json view{{"title", "Question défi"},
                    {"question", std::move(select)},
                    {"reponse", web::field_view("reponse", "Réponse secrète", answer, errors,
                                                "Majuscules, accents et espaces en trop ne comptent pas.")},
                    {"kept", kept},
                    {"access_without_activation", env.edition.access_without_activation && !kept}};
    errors.put_into(view);
    return web::Response::page("activation/question_defi", view, errors.empty() ? 200 : 400);
}

// The pages cannot be taken out of order: an answer without a password would make a space nobody can enter.
bool is_ready(const Journey& journey, const web::Env& env) {
    if (journey.kept) return env.session.voter == journey.voter;
    return journey.purpose == Purpose::activation && !journey.password_hash.empty();
}

}  // namespace

// 200; 303 to the password page when the password is not chosen yet; without a journey see no_journey.
Answer show_question_defi(const web::Request&, web::Env& env) {
    const auto journey = journey_of(env.session.data.journey(), env.now);
    if (!journey) return no_journey(env);
    if (!is_ready(*journey, env)) return web::Response::redirect("/portail/mot-de-passe.htm");
    return defi_page(env, journey->kept, {}, {}, {});
}

// 303 to the elector's space, signed in; 400 when question or answer is missing; 410 when the journey is void or there is none;
// 303 to the password page out of order; 503 when too many secrets are being hashed.
Answer post_question_defi(const web::Request& request, web::Env& env, const Keys& keys) {
    const auto journey = journey_of(env.session.data.journey(), env.now);
    if (!journey) return no_journey(env);
    if (!is_ready(*journey, env)) return web::Response::redirect("/portail/mot-de-passe.htm");
    if (env.edition.access_without_activation && !journey->kept && !request.field("sans_activation").empty()) {
        auto response = enter_without_account(env, keys, request, *journey);
        return response ? *std::move(response) : dead_link_page(LinkState::used_active, Purpose::activation);
    }
    const std::string_view typed = util::trim(request.field("reponse"));
    const std::string answer = domain::normalise_defi_answer(typed);
    const auto number = chosen(request.field("question"), env.edition.defi_questions.size());
    web::FormErrors errors;
    if (!number) errors.add("question", "Choisissez une question dans la liste.");
    if (util::count_code_points(answer) < k_shortest_answer)
        errors.add("reponse", "Saisissez une réponse d’au moins 3 caractères.");
    if (!errors.empty()) return defi_page(env, journey->kept, request.field("question"), typed, errors);
    const auto hash = hash_in_pool(env, keys, answer);
    if (!hash) return util::failure(util::Fault::busy, "hash pool full");
    const Defi defi{env.edition.defi_questions[*number - 1], *hash};
    if (journey->kept) {
        web::Response response;
        return keep_question(env, response, journey->voter, defi) ? response : web::Response::redirect("/espace");
    }
    auto response = create_account(env, keys, request, *journey, defi);
    return response ? *std::move(response) : dead_link_page(LinkState::used_active, Purpose::activation);
}

}  // namespace activation
