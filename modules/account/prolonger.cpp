// SPDX-License-Identifier: AGPL-3.0-or-later
// « Rester connecté »: in a window of its own where there is no script, so that the page that was being filled stays as it is. To come here is to
// do something; the end that comes whatever is done moves for who gives his password again.
#include "account/pages.hpp"
#include "account/sign_in.hpp"
#include "account/store.hpp"
#include "domain/local_time.hpp"
#include "web/form.hpp"
#include "web/pseudonym.hpp"
#include "web/session.hpp"
#include "web/session_end.hpp"

namespace account {

namespace {

web::Response stay_page(const web::Env& env, const web::FormErrors& errors) {
    const web::Session& session = env.session;
    const bool ends_soon = web::session_end(env).is_whole;
    util::Json view{{"title", ends_soon ? "Rester connecté" : "Vous restez connecté"},
                    {"ends_soon", ends_soon},
                    {"takes_password", web::may_move_whole_end(env)},
                    {"idle_end", domain::time_for(session.place, session.idle_end)},
                    {"whole_end", domain::time_for(session.place, session.whole_end)},
                    {"mot_de_passe", web::field_view("mot_de_passe", env.edition.word_capital("password"), {}, errors)}};
    errors.put_into(view);
    return web::Response::page("account/prolonger", view, errors.empty() ? 200 : 400);
}

}  // namespace

// 200, for a page's script. Who signed in again elsewhere goes on where he was: his page takes the new form token.
Answer give_reste(const web::Request&, web::Env& env) {
    const web::Session& session = env.session;
    const auto end = web::session_end(env);
    return web::Response::json({{"left", end.left.count()},
                                {"takes_password", end.is_whole},
                                {"words", end.words},
                                {"name", session.voter ? session.first_name + " " + session.last_name : ""},
                                {"csrf", session.csrf}});
}

// 200.
Answer show_prolonger(const web::Request&, web::Env& env) { return stay_page(env, {}); }

// 303 to the page above: the request itself began the idle time anew.
Answer post_prolonger(const web::Request&, web::Env&) { return web::Response::redirect("/connexion/prolonger"); }

// 303 to the page above, the whole limit begun anew, if it may be; 400 with a word when the password is not right, or tries are too close; 503
// when too many passwords are being checked.
Answer post_whole_end(const web::Request& request, web::Env& env, const Keys& keys) {
    auto response = web::Response::redirect("/connexion/prolonger");
    if (!web::may_move_whole_end(env)) return response;
    const SignInEntry typed{{}, env.session.voter_email, std::string(request.field("mot_de_passe")), {}, env.session.machine};
    const auto result = check_sign_in(env, keys, attempt_of(request, env, keys, typed));
    if (result.outcome == SignIn::busy) return util::failure(util::Fault::busy, "hash pool full");
    if (result.outcome == SignIn::refused || result.voter != *env.session.voter) {
        web::log_act(util::Level::info, "sign-in-refused", env);
        web::FormErrors errors;
        errors.add("mot_de_passe", "Le mot de passe n’est pas le bon, ou les essais sont trop rapprochés.");
        return stay_page(env, errors);
    }
    const bool is_shared = env.session.machine == web::Machine::shared;
    env.db.transaction([&] {
        settle(env, result);
        store::move_whole_end(env.db, env.session.id_hash, is_shared ? env.now : env.session.signed_in_at,
                              env.now + web::whole_limit(env.session.machine));
        return true;
    });
    web::log_act(util::Level::info, "connection-extended", env);
    return response;
}

}  // namespace account
