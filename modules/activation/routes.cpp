// SPDX-License-Identifier: AGPL-3.0-or-later
// Paths keep the customer's names: links of past editions still open.
#include "activation/routes.hpp"

#include "activation/pages.hpp"

namespace activation {

namespace {

using web::Field;
using web::Guard;
using web::Method;

constexpr std::size_t k_address = 254;   // typed, before it is made regular
constexpr std::size_t k_password = 256;  // far above every profile, so that a long one is refused by its rule and not by 400

}  // namespace

std::vector<web::Route> route_table(const std::shared_ptr<const Keys>& keys) {
    const auto keyed = [keys](Answer (*handler)(const web::Request&, web::Env&, const Keys&)) {
        return [keys, handler](const web::Request& request, web::Env& env) { return handler(request, env, *keys); };
    };
    const auto with_effort =
        [effort = std::make_shared<web::Effort>()](Answer (*handler)(const web::Request&, web::Env&, web::Effort&)) {
            return [effort, handler](const web::Request& request, web::Env& env) { return handler(request, env, *effort); };
        };
    const std::vector<Field> none;
    const Field number{std::string(web::Effort::k_field), 12, Field::Rule::ascii, Field::Need::optional};
    const std::vector<Field> address{{"adresse", k_address}, number}, again{number};
    const std::vector<Field> token{{"token", 128, Field::Rule::ascii, Field::Need::optional}};
    // electeurId: in links of 2022, ignored; never emitted.
    const std::vector<Field> token_2022{{"token", 128, Field::Rule::ascii, Field::Need::optional},
                                        {"electeurId", 20, Field::Rule::ascii, Field::Need::optional}};
    const std::vector<Field> password{{"mot_de_passe", k_password}, {"confirmation", k_password}};
    const std::vector<Field> defi{{"question", 4, Field::Rule::ascii, Field::Need::optional},
                                  {"reponse", 120, Field::Rule::line, Field::Need::optional},
                                  {"sans_activation", 3, Field::Rule::ascii, Field::Need::optional}};
    return {
        {Method::get, "/portail/identification.htm", Guard::anyone, none, show_identification},
        {Method::post, "/portail/identification.htm", Guard::anyone, address, with_effort(post_identification)},
        {Method::get, "/portail/mot-de-passe-oublie.htm", Guard::anyone, none, show_forgotten},
        {Method::post, "/portail/mot-de-passe-oublie.htm", Guard::anyone, address, with_effort(post_forgotten)},
        {Method::get, "/portail/attente.htm", Guard::anyone, none, show_attente},
        {Method::post, "/portail/attente.htm", Guard::anyone, again, with_effort(post_resend)},
        {Method::get, "/portail/creation-compte-etape2.htm", Guard::anyone, token, take_activation_link},
        {Method::get, "/portail/activationportail.htm", Guard::anyone, token_2022, take_activation_link},
        {Method::get, "/portail/reinitialisation.htm", Guard::anyone, token, take_reset_link},
        {Method::get, "/portail/lien.htm", Guard::anyone, none, show_lien},
        {Method::post, "/portail/lien.htm", Guard::anyone, none, post_lien},
        {Method::get, "/portail/mot-de-passe.htm", Guard::anyone, none, show_mot_de_passe},
        {Method::post, "/portail/mot-de-passe.htm", Guard::anyone, password, keyed(post_mot_de_passe)},
        {Method::get, "/portail/question-defi.htm", Guard::anyone, none, show_question_defi},
        {Method::post, "/portail/question-defi.htm", Guard::anyone, defi, keyed(post_question_defi)},
    };
}

std::vector<web::Route> routes(const web::Settings& settings) {
    return route_table(std::make_shared<const Keys>(
        Keys{settings.secret("password_pepper"), domain::KnownPasswords::load(settings.known_passwords)}));
}

}  // namespace activation
