// SPDX-License-Identifier: AGPL-3.0-or-later
// « Mon espace électeur »: blocks that follow the calendar. What is not yet open is shown inert with its date;
// what is over says what to do instead.
#include "account/calendar_view.hpp"
#include "account/pages.hpp"
#include "account/store.hpp"
#include "domain/reassort.hpp"

namespace account {

namespace {

// The word of success left by the step before: shown for two minutes, not wiped by the showing.
void put_flash(util::Json& view, const util::Json& data, util::Instant now) {
    std::string word;
    if (const auto flash = data.find("flash");
        flash != data.end() && flash->at("until").get<std::int64_t>() > now.time_since_epoch().count())
        word = flash->at("word").get<std::string>();
    for (const char* known : {"activated", "activated_with_defi", "password_changed", "not_activated"})
        view[std::string("flash_") + known] = word == known;
}

}  // namespace

// 200.
Answer show_espace(const web::Request&, web::Env& env) {
    util::Json view{{"title", "Mon espace électeur"}, {"words", util::Json::object()}};
    for (const char* word : {"space_title", "space_welcome", "reassort_title", "reassort_line", "vote_line", "voting_code"})
        view["words"][word] = env.edition.word(word);
    put_calendar(view, env.calendar, env.now, env.session.place);
    // Asked while it matters only: the page is the one that most electors open.
    view["reassort_none_left"] =
        env.calendar.is_reassort_open(env.now) && store::count_reassorts(env.db, *env.session.voter) >= domain::k_reassorts_allowed;
    put_flash(view, env.session.data, env.now);
    const web::Assistance& assistance = env.session.assistance;
    view["assistance"] = {{"name", assistance.academie},
                          {"phone", assistance.phone},
                          {"email", assistance.email},
                          {"hours", assistance.hours}};
    return web::Response::shared_page("account/espace", std::move(view));
}

}  // namespace account
