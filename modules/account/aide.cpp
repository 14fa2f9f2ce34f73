// SPDX-License-Identifier: AGPL-3.0-or-later
// « Aide »: questions and answers, before and after sign-in.
#include "account/calendar_view.hpp"
#include "account/pages.hpp"
#include "web/question_defi.hpp"

namespace account {

// 200.
Answer show_aide(const web::Request&, web::Env& env) {
    util::Json view{{"title", "Aide"},
                    {"voting_code", env.edition.word("voting_code")},
                    {"voting_code_yours", env.edition.word("voting_code_yours")},
                    {"password", env.edition.word("password")},
                    {"asks_defi", web::asks_defi(env)},
                    {"rules", util::Json::array()}};
    const auto profile = env.edition.password_profile;
    for (const auto rule : domain::announced_rules(profile))
        view["rules"].push_back({{"text", domain::sentence_of(profile, rule)}});
    put_calendar(view, env.calendar, env.now, env.session.place);
    return web::Response::shared_page("account/aide", std::move(view));
}

}  // namespace account
