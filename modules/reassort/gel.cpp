// SPDX-License-Identifier: AGPL-3.0-or-later
// « Ce n'est pas moi »: the owner, warned by mail, stops further requests. Signed in, and by a button: a mail scanner
// that follows the link changes nothing.
#include "domain/local_time.hpp"
#include "reassort/issue.hpp"
#include "reassort/page_parts.hpp"
#include "reassort/pages.hpp"
#include "reassort/store.hpp"
#include "web/pseudonym.hpp"

namespace reassort {

// 200; 403 with the same page as the form's when requests are frozen already.
Answer show_gel(const web::Request&, web::Env& env) {
    if (history_of(env.db, *env.session.voter, env.now).frozen) return refusal_page(Refusal::frozen, env);
    const auto given = last_given(env.db, *env.session.voter);
    const bool on_screen = given && given->outcome == Outcome::shown;
    return web::Response::page("reassort/gel",
                               {{"title", "Arrêter les demandes"},
                                {"back", {{"href", "/espace"}, {"label", "Mon espace électeur"}}},
                                {"new_code", new_code_name(env)},
                                {"code", code_name(env)},
                                {"was_given", given.has_value()},
                                {"on_screen", on_screen},
                                {"phone_end", given ? given->phone_end : std::string()},
                                {"given_at", given ? domain::full_for(env.session.place, given->at) : std::string()}});
}

// 303 to the page that says so; twice is once.
Answer freeze_requests(const web::Request&, web::Env& env) {
    freeze(env.db, *env.session.voter, env.now);
    web::log_act(util::Level::warning, "reassort-frozen", env);
    return web::Response::redirect("/reassort/gel");
}

}  // namespace reassort
