// SPDX-License-Identifier: AGPL-3.0-or-later
// Change of password by its owner: the present one is asked, the other connections are closed, and a mail
// tells it.
#include "account/pages.hpp"
#include "account/store.hpp"
#include "domain/local_time.hpp"
#include "domain/nfc.hpp"
#include "domain/password.hpp"
#include "domain/password_faults.hpp"
#include "domain/secret_hash.hpp"
#include "web/form.hpp"
#include "web/outbox.hpp"
#include "web/session.hpp"
#include "web/throttle.hpp"
#include "web/pseudonym.hpp"

namespace account {

namespace {

constexpr unsigned k_changes = 10, k_changes_window = 3600;

// What was typed comes back with the rules it does not meet: the page is no-store and the fields stay hidden.
struct Typed {
    std::string_view current, password, confirmation;
};

web::Response password_page(const web::Env& env, const Typed& typed, const web::FormErrors& errors) {
    const auto profile = env.edition.password_profile;
    util::Json view{{"title", "Changer mon mot de passe"},
                    {"back", {{"href", "/profil"}, {"label", "Mon profil électeur"}}},
                    {"rules", util::Json::array()},
                    {"actuel", web::field_view("actuel", "Mot de passe actuel", typed.current, errors)},
                    {"mot_de_passe", web::field_view("mot_de_passe", "Nouveau mot de passe", typed.password, errors)},
                    {"confirmation",
                     web::field_view("confirmation", "Confirmation du nouveau mot de passe", typed.confirmation, errors)}};
    for (const auto rule : domain::announced_rules(profile))
        view["rules"].push_back({{"text", domain::sentence_of(profile, rule)}});
    errors.put_into(view);
    return web::Response::page("account/mot_de_passe", view, errors.empty() ? 200 : 400);
}

web::FormErrors check_new(domain::PasswordProfile profile, std::string_view password, std::string_view confirmation,
                          std::string_view address, const domain::KnownPasswords& known) {
    web::FormErrors errors;
    for (const auto& fault : domain::password_faults(profile, password, address, known)) errors.add("mot_de_passe", fault);
    if (domain::to_nfc(password) != domain::to_nfc(confirmation))
        errors.add("confirmation", "Les deux saisies ne sont pas identiques : tapez le même mot de passe dans les deux champs.");
    return errors;
}

void write_change(web::Env& env, const store::Credentials& owner, const std::string& hash) {
    env.db.transaction([&] {
        store::replace_password(env.db, owner.voter, hash, env.now);
        web::close_other_sessions(env, owner.voter);
        web::tell_owner(env, {owner.voter, owner.email, owner.civility, owner.last_name, env.session.place}, "mot-de-passe-modifie",
                        env.form_key);
        return true;
    });
    web::log_act(util::Level::info, "password-changed", env);
}

}  // namespace

// 200; 303 to the identification for who entered without activation: there is no password to change yet.
Answer show_mot_de_passe(const web::Request&, web::Env& env) {
    const auto owner = store::find_credentials(env.db, *env.session.voter);
    if (!owner || owner->password_hash.empty()) return web::Response::redirect("/portail/identification.htm");
    return password_page(env, {}, {});
}

// 303 to the elector's space; 400 naming what does not hold; 429 after ten tries in an hour; 503 when too many passwords are
// being checked.
Answer post_mot_de_passe(const web::Request& request, web::Env& env, const Keys& keys) {
    const auto owner = store::find_credentials(env.db, *env.session.voter);
    if (!owner || owner->password_hash.empty()) return web::Response::redirect("/portail/identification.htm");
    if (!web::throttle_allows(env, "password-change", std::to_string(owner->voter.value), k_changes, k_changes_window))
        return util::failure(util::Fault::throttled, "password changes of one elector");
    Typed typed{request.field("actuel"), request.field("mot_de_passe"), request.field("confirmation")};
    auto errors = check_new(env.edition.password_profile, typed.password, typed.confirmation, owner->email, keys.known_passwords);
    bool right = false;
    std::string hash;
    const bool ran = env.hash_pool.run(
        [&] {
            const auto pepper = keys.password_pepper.view();
            right = domain::verify_secret(pepper, typed.current, owner->password_hash);
            if (right && errors.empty()) hash = domain::hash_secret(pepper, typed.password);
        },
        web::HashPool::Seat::member);
    if (!ran) return util::failure(util::Fault::busy, "hash pool full");
    if (!right) {
        errors.add("actuel", "Le mot de passe actuel n’est pas le bon.");
        typed.current = {};  // nothing of it can be mended
    }
    if (!errors.empty()) return password_page(env, typed, errors);
    write_change(env, *owner, hash);
    auto response = web::Response::redirect("/espace");
    const auto until = (env.now + std::chrono::minutes{2}).time_since_epoch().count();
    web::save_session_data(env, response, {{"flash", {{"word", "password_changed"}, {"until", until}}}});
    return response;
}

}  // namespace account
