// SPDX-License-Identifier: AGPL-3.0-or-later
// The route table: method, path, guard, fields, handler.
#include "reassort/routes.hpp"

#include <memory>

#include "reassort/pages.hpp"

namespace reassort {

std::vector<web::Route> routes(const web::Settings& settings) {
    using web::Field;
    using web::Guard;
    using web::Method;
    declared_countries(settings);  // a mistake in them is told at the start
    const auto keys = std::make_shared<const Keys>(Keys{settings.secret("numen_pepper"), settings.secret("password_pepper"),
                                                        settings.secret("escrow_secret_key"),
                                                        std::string(settings.secret("escrow_public_key").view())});
    const std::vector<Field> demand{{"telephone", 40},
                                    {"numen", 40},
                                    {"naissance", 40},
                                    {"reponse", 120, Field::Rule::line, Field::Need::optional},
                                    {"securite", 20, Field::Rule::line, Field::Need::optional},
                                    {"securite_jeton", 60, Field::Rule::ascii, Field::Need::optional}};
    auto step = demand;
    step.push_back({"etape", 16, Field::Rule::ascii, Field::Need::required});
    auto temporary = demand;
    temporary.front() = {"destination", 200};
    const auto with_keys = [keys](Answer (*handler)(const web::Request&, web::Env&, const Keys&)) {
        return [keys, handler](const web::Request& request, web::Env& env) { return handler(request, env, *keys); };
    };
    return {
        {Method::get, "/reassort", Guard::elector, {}, with_keys(show_demande)},
        {Method::post, "/reassort/verification", Guard::elector, step, with_keys(check_demande)},
        {Method::post, "/reassort", Guard::elector, demand, with_keys(send_code)},
        {Method::post, "/reassort/temporaire", Guard::elector, temporary, with_keys(send_temporary)},
        {Method::post, "/reassort/renvoi", Guard::elector, {}, with_keys(resend)},
        {Method::get, "/reassort/code", Guard::elector, {}, with_keys(show_code_form)},
        {Method::post, "/reassort/code", Guard::elector, {{"temporaire", 40}}, with_keys(give_code)},
        {Method::get, "/reassort/securite/{jeton}", Guard::elector, {}, with_keys(show_securite)},
        {Method::get, "/reassort/envoi", Guard::elector, {}, show_envoi},
        {Method::get, "/reassort/gel", Guard::elector, {}, show_gel},
        {Method::post, "/reassort/gel", Guard::elector, {}, freeze_requests},
    };
}

}  // namespace reassort
