// SPDX-License-Identifier: AGPL-3.0-or-later
// Arrival by a mailed link. The address is cleaned at once: the token goes into a cookie, the page shows one
// button, and only the button spends the link: mail scanners and previews change nothing. A link that came in clear is
// spent at once, for anybody on the road could have read it.
#include "activation/journey.hpp"
#include "activation/pages.hpp"
#include "activation/store.hpp"
#include "util/bytes.hpp"
#include "web/session.hpp"
#include "web/pseudonym.hpp"

namespace activation {

namespace {

constexpr const char* k_here = "/portail/lien.htm";

// 403, the same for every token.
web::Response burnt_link_page(const web::Request& request, web::Env& env, Purpose purpose) {
    store::consume_link(env.db, util::sha256_hex(request.field("token")), purpose, env.now);
    web::log_act(util::Level::warning, "link-in-clear", env);
    util::Json view{{"title", "Ce lien a été ouvert sans protection"},
                    {"is_reset", purpose == Purpose::reset},
                    {"base_url", env.settings.base_url}};
    return web::Response::page("activation/lien_en_clair", view, 403);
}

Answer take(const web::Request& request, web::Env& env, Purpose purpose) {
    if (request.in_clear) return burnt_link_page(request, env, purpose);
    auto response = web::Response::redirect(k_here);
    response.cookies.push_back({k_link_cookie, carry(purpose, request.field("token"))});
    return response;
}

struct Found {
    Carried link;
    std::string hash;
    LinkState state;
    domain::VoterId voter;
};

// The link in the visitor's cookie, as it stands now.
Found find(const web::Request& request, web::Env& env) {
    const auto from_cookie = carried(request.cookie(k_link_cookie));
    Found found{from_cookie.value_or(Carried{Purpose::activation, {}}), {}, LinkState::incomplete, {}};
    found.hash = util::sha256_hex(found.link.token);
    const auto row = store::find_link(env.db, found.hash);
    found.state = state_of(found.link.token, found.link.purpose, row, env.now);
    if (row) found.voter = row->voter;
    return found;
}

// By this browser a moment ago, which never got the answer: the button, and the page behind it, are good again.
bool is_spent_here(const Found& found, const web::Env& env) {
    const bool is_used =
        found.state == LinkState::used || (found.state == LinkState::used_active && found.link.purpose == Purpose::reset);
    return is_used && has_spent(env.session.data.journey(), found.hash, env.now);
}

}  // namespace

web::Response dead_link_page(LinkState state, Purpose purpose) {
    util::Json view{{"title", "Ce lien ne peut plus servir"},
                    {"is_reset", purpose == Purpose::reset},
                    {"incomplete", state == LinkState::incomplete || state == LinkState::unknown},
                    {"former", state == LinkState::former},
                    {"superseded", state == LinkState::superseded},
                    {"used", state == LinkState::used},
                    {"used_active", state == LinkState::used_active},
                    {"expired", state == LinkState::expired},
                    {"struck_off", state == LinkState::struck_off},
                    // Of a link that a newer one replaced, the newer one is the way on: a button here would kill it.
                    {"ask_again",
                     state != LinkState::used_active && state != LinkState::struck_off && state != LinkState::superseded}};
    return web::Response::page("activation/lien_mort", view, 410);
}

// 303 to the cleaned address, always; 403 and a dead link when it came in clear.
Answer take_activation_link(const web::Request& request, web::Env& env) { return take(request, env, Purpose::activation); }
Answer take_reset_link(const web::Request& request, web::Env& env) { return take(request, env, Purpose::reset); }

// 200 with the button; 410 with the reason and the way on when the link is dead.
Answer show_lien(const web::Request& request, web::Env& env) {
    const Found found = find(request, env);
    if (found.state != LinkState::valid && !is_spent_here(found, env)) return dead_link_page(found.state, found.link.purpose);
    const bool is_reset = found.link.purpose == Purpose::reset;
    util::Json view{{"title", is_reset ? "Choisir un nouveau mot de passe" : "Créer mon espace électeur"}, {"is_reset", is_reset}};
    return web::Response::page("activation/lien", view);
}

// 303 to the password page, the link being spent; 410 as above.
Answer post_lien(const web::Request& request, web::Env& env) {
    const Found found = find(request, env);
    const bool again = is_spent_here(found, env);
    if (found.state != LinkState::valid && !again) return dead_link_page(found.state, found.link.purpose);
    web::Response response;
    const web::Session session_before = env.session;
    const bool spent = env.db.transaction([&] {
        env.session = session_before;  // the transaction may run again
        response = web::Response::redirect("/portail/mot-de-passe.htm");
        response.cookies.push_back({k_link_cookie, ""});
        if (!again && !store::consume_link(env.db, found.hash, found.link.purpose, env.now)) return false;
        // Whoever was signed in on this machine no longer is; the note of what was spent opens nothing without the token itself.
        web::leave_session(env, response, to_data(Spent{found.hash, env.now + web::k_answer_kept}));
        web::save_session_data(env, response, to_data(Journey{found.voter, found.link.purpose, env.now + k_journey, {}}));
        return true;
    });
    if (!spent) return dead_link_page(LinkState::used, found.link.purpose);
    const auto person = store::find_by_id(env.db, found.voter);
    web::log_act(util::Level::info, "link-used", env, person ? person->email : "", std::string(name_of(found.link.purpose)));
    return response;
}

}  // namespace activation
