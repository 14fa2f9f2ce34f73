// SPDX-License-Identifier: AGPL-3.0-or-later
// Help, before and after sign-in: questions and answers, mailboxes (F24), « Qui vote où ? » (F25), aide-mémoire (F26), dates
// for the elector's own calendar.
#include "account/calendar_view.hpp"
#include "account/pages.hpp"
#include "account/store.hpp"

namespace account {

// 200.
Answer show_aide(const web::Request&, web::Env& env) {
    util::Json view{{"title", "Aide"},
                    {"voting_code", env.edition.word("voting_code")},
                    {"voting_code_yours", env.edition.word("voting_code_yours")},
                    {"password", env.edition.word("password")},
                    {"asks_defi", env.edition.asks_defi},
                    {"rules", util::Json::array()}};
    const auto profile = env.edition.password_profile;
    for (const auto rule : domain::announced_rules(profile)) view["rules"].push_back({{"text", domain::sentence_of(profile, rule)}});
    put_calendar(view, env.calendar, env.now);
    return web::Response::shared_page("account/aide", std::move(view));
}

// 200.
Answer show_messagerie(const web::Request&, web::Env& env) {
    util::Json view{{"title", "Ouvrir ma messagerie professionnelle"},
                    {"back", {{"href", "/aide"}, {"label", "Aide"}}},
                    {"academies", util::Json::array()}};
    for (const auto& academie : store::list_academies(env.db))
        view["academies"].push_back({{"name", academie.name},
                                     {"webmail_url", academie.webmail_url},
                                     {"has_recovery", !academie.recovery_url.empty()},
                                     {"recovery_url", academie.recovery_url},
                                     {"phone", academie.phone},
                                     {"hours", academie.hours}});
    return web::Response::shared_page("account/messagerie", std::move(view));
}

// 200.
Answer show_qui_vote_ou(const web::Request&, web::Env&, const Keys& keys) {
    util::Json view = keys.who_votes_where;
    view["title"] = "Qui vote où ?";
    view["back"] = {{"href", "/aide"}, {"label", "Aide"}};
    return web::Response::shared_page("account/qui_vote_ou", std::move(view));
}

// 200.
Answer show_aide_memoire(const web::Request&, web::Env& env) {
    util::Json view{{"title", "Aide-mémoire pour voter"},
                    {"back", {{"href", "/aide"}, {"label", "Aide"}}},
                    {"voting_code", env.edition.word("voting_code")},
                    {"voting_code_yours", env.edition.word("voting_code_yours")},
                    {"password", env.edition.word("password")}};
    put_calendar(view, env.calendar, env.now);
    return web::Response::shared_page("account/aide_memoire", std::move(view));
}

// 200, an iCalendar file.
Answer get_calendar_file(const web::Request&, web::Env& env) {
    return web::Response::document(calendar_file(env.calendar, env.election.title, env.settings.base_url, env.now),
                                   "text/calendar; charset=utf-8", "calendrier.ics");
}

}  // namespace account
