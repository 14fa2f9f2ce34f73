// SPDX-License-Identifier: AGPL-3.0-or-later
// « Code à usage unique »: the second factor, given in this connection. It counts for two hours of it at most; then, and in any other, it is asked
// again.
#include "bureau/entering.hpp"
#include "bureau/pages.hpp"
#include "bureau/totp.hpp"
#include "web/form.hpp"
#include "web/pseudonym.hpp"

namespace bureau {

namespace {

web::Response code_page(web::Env& env, const web::FormErrors& errors) {
    const auto factor = find_factor(env.db, env.session.voter_email);
    util::Json view{{"title", "Accès au bureau"},
                    {"is_enrolled", factor && !factor->sealed.empty()},
                    {"code", web::field_view("code", "Code à usage unique", {}, errors,
                                             "Les six chiffres que votre application affiche en ce moment.")}};
    errors.put_into(view);
    return web::Response::page("bureau/code", std::move(view), errors.empty() ? 200 : 400);
}

}  // namespace

// 200.
Answer show_code(const web::Request&, web::Env& env, const Desk&) { return code_page(env, {}); }

// 303 to the desk; 400 when the code is not the one of now, or has served; 429 past the tries of an hour or of a day.
Answer take_code(const web::Request& request, web::Env& env, const Desk& desk, const FactorBox& box) {
    if (!may_try(env)) return util::failure(util::Fault::throttled, "desk code");
    const auto factor = find_factor(env.db, env.session.voter_email);
    const auto secret = factor && !factor->sealed.empty() ? box.open(env.session.voter_email, factor->sealed) : std::nullopt;
    const auto step = secret ? step_of_totp(secret->view(), request.field("code"), env.now) : std::nullopt;
    const bool entered = step && env.db.transaction([&] {
        if (!spend_step(env.db, env.session.voter_email, factor->sealed, *step)) return false;
        enter(env, desk);
        return true;
    });
    // The same form sent twice: the first has let him in.
    if (entered || is_in(env)) return web::Response::redirect("/bureau");
    web::log_act(util::Level::warning, "desk-refused", env);
    web::FormErrors errors;
    errors.add("code",
               step ? "Ce code a déjà servi : attendez le suivant, trente secondes au plus."
                    : "Ce code n’est pas le bon. Vérifiez l’heure de votre appareil et saisissez le code affiché en ce moment.");
    return code_page(env, errors);
}

// 303 to the voter's space: the connection goes on, without the desk.
Answer leave(const web::Request&, web::Env& env, const Desk&) {
    leave_desk(env.db, env.session.id_hash);
    return web::Response::redirect("/espace");
}

}  // namespace bureau
