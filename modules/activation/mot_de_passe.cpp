// SPDX-License-Identifier: AGPL-3.0-or-later
// « Création de mon mot de passe » and the new password after a reset link. Reached only by a spent link.
#include "activation/finish.hpp"
#include "activation/journey.hpp"
#include "activation/pages.hpp"
#include "activation/store.hpp"
#include "domain/nfc.hpp"
#include "domain/password.hpp"
#include "domain/password_faults.hpp"
#include "web/form.hpp"
#include "web/question_defi.hpp"
#include "web/session.hpp"

namespace activation {

namespace {

// What was typed comes back with the rules it does not meet: the page is no-store and the fields stay hidden.
struct Typed {
    std::string_view password, confirmation;
};

web::Response password_page(const web::Env& env, const Journey& journey, const Typed& typed, const web::FormErrors& errors) {
    const bool is_reset = journey.purpose == Purpose::reset;
    const std::string heading = is_reset ? "Choix de mon nouveau mot de passe" : env.edition.word("password_title");
    util::Json view{{"title", heading},
                    {"heading", heading},
                    {"intro", env.edition.word("password_intro")},
                    {"rules", util::Json::array()},
                    {"mot_de_passe", web::field_view("mot_de_passe", env.edition.word_capital("password"), typed.password, errors)},
                    {"confirmation", web::field_view("confirmation", "Confirmation du " + env.edition.word("password"),
                                                     typed.confirmation, errors)}};
    for (const auto rule : domain::announced_rules(env.edition.password_profile))
        view["rules"].push_back({{"text", domain::sentence_of(env.edition.password_profile, rule)}});
    view["guess_rules"] = util::Json::array();  // those that the introduction of 2018 does not say
    for (const auto rule : {domain::PasswordRule::too_common, domain::PasswordRule::known})
        view["guess_rules"].push_back({{"text", domain::sentence_of(env.edition.password_profile, rule)}});
    errors.put_into(view);
    return web::Response::page("activation/mot_de_passe", view, errors.empty() ? 200 : 400);
}

web::FormErrors check(domain::PasswordProfile profile, std::string_view password, std::string_view confirmation,
                      std::string_view address, const domain::KnownPasswords& known) {
    web::FormErrors errors;
    if (password.empty()) {
        errors.add("mot_de_passe", "Saisissez le mot de passe que vous choisissez.");
        return errors;
    }
    for (const auto& fault : domain::password_faults(profile, password, address, known)) errors.add("mot_de_passe", fault);
    if (domain::to_nfc(password) != domain::to_nfc(confirmation))
        errors.add("confirmation", "Les deux saisies ne sont pas identiques : tapez le même mot de passe dans les deux champs.");
    return errors;
}

}  // namespace

// 200; without a journey under way see no_journey.
Answer show_mot_de_passe(const web::Request&, web::Env& env) {
    const auto journey = journey_of(env.session.data.journey(), env.now);
    if (!journey) return no_journey(env);
    return password_page(env, *journey, {}, {});
}

// 303 to the question défi where the election asks it, else to the elector's space, signed in; 400 naming each rule not met;
// 410 when the journey is void or there is none; 503 when too many passwords are being hashed.
Answer post_mot_de_passe(const web::Request& request, web::Env& env, const Keys& keys) {
    auto journey = journey_of(env.session.data.journey(), env.now);
    if (!journey) return no_journey(env);
    const auto person = store::find_by_id(env.db, journey->voter);
    if (!person) return dead_link_page(LinkState::unknown, journey->purpose);
    const Typed typed{request.field("mot_de_passe"), request.field("confirmation")};
    const auto errors =
        check(env.edition.password_profile, typed.password, typed.confirmation, person->email, keys.known_passwords);
    if (!errors.empty()) return password_page(env, *journey, typed, errors);
    const auto hash = hash_in_pool(env, keys, typed.password);
    if (!hash) return util::failure(util::Fault::busy, "hash pool full");
    journey->password_hash = *hash;
    // In 2022 nothing is kept before « ACTIVER MON COMPTE »; elsewhere the password is from here on.
    if (journey->purpose == Purpose::activation && env.edition.access_without_activation && web::asks_defi(env)) {
        auto response = web::Response::redirect(k_question_page);
        web::save_session_data(env, response, to_data(*journey));
        return response;
    }
    auto response = journey->purpose == Purpose::reset ? replace_password(env, keys, request, *journey)
                                                       : create_account(env, keys, request, *journey, std::nullopt);
    if (!response) return dead_link_page(person->struck_off ? LinkState::struck_off : LinkState::used_active, journey->purpose);
    return *std::move(response);
}

}  // namespace activation
