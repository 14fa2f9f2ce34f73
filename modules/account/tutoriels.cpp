// SPDX-License-Identifier: AGPL-3.0-or-later
// « Edito » and the three tutorials: « Parcours électeur », « Parcours de vote », « Réassorts ». Their pictures are those that the browser tests
// take of the portal itself.
#include "account/calendar_view.hpp"
#include "account/pages.hpp"
#include "web/question_defi.hpp"

namespace account {

namespace {

web::Response guide_page(const char* page, const char* title, web::Env& env) {
    util::Json view{{"title", title},
                    {"back", {{"href", "/aide"}, {"label", env.edition.word("help")}}},
                    {"home_action", env.edition.word("home_action")},
                    {"password_title", env.edition.word("password_title")},
                    {"reassort_title", env.edition.word("reassort_title")},
                    {"voting_code", env.edition.word("voting_code")},
                    {"voting_code_yours", env.edition.word("voting_code_yours")},
                    {"password", env.edition.word("password")},
                    {"asks_defi", web::asks_defi(env)},
                    {"shows_new_code", web::shows_new_code(env)}};
    put_calendar(view, env.calendar, env.now, env.session.place);
    return web::Response::shared_page(page, std::move(view));
}

}  // namespace

// 200, each.
Answer show_edito(const web::Request&, web::Env& env) { return guide_page("account/edito", "Edito", env); }
Answer show_parcours_electeur(const web::Request&, web::Env& env) {
    return guide_page("account/parcours_electeur", "Parcours électeur", env);
}
Answer show_parcours_de_vote(const web::Request&, web::Env& env) {
    return guide_page("account/parcours_de_vote", "Parcours de vote", env);
}
Answer show_reassorts(const web::Request&, web::Env& env) { return guide_page("account/reassorts", "Réassorts", env); }

}  // namespace account
