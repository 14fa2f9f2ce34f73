// SPDX-License-Identifier: AGPL-3.0-or-later
// « Aide-mémoire pour voter »: a page to print.
#include "account/calendar_view.hpp"
#include "account/pages.hpp"

namespace account {

// 200.
Answer show_aide_memoire(const web::Request&, web::Env& env) {
    util::Json view{{"title", "Aide-mémoire pour voter"},
                    {"back", {{"href", "/aide"}, {"label", "Aide"}}},
                    {"voting_code", env.edition.word("voting_code")},
                    {"voting_code_yours", env.edition.word("voting_code_yours")},
                    {"password", env.edition.word("password")}};
    put_calendar(view, env.calendar, env.now, env.session.place);
    return web::Response::shared_page("account/aide_memoire", std::move(view));
}

}  // namespace account
