// SPDX-License-Identifier: AGPL-3.0-or-later
// « Mon espace électeur »: blocks that follow the calendar. What is not yet open is shown inert with its date;
// what is over says what to do instead.
#include <algorithm>
#include <iterator>

#include "account/calendar_view.hpp"
#include "account/pages.hpp"
#include "account/stops_view.hpp"
#include "account/store.hpp"
#include "domain/reassort.hpp"

namespace account {

namespace {

constexpr const char* k_flashes[] = {"activated", "activated_with_defi", "password_changed", "not_activated"};

// The word of success left by the step before: shown for two minutes, not wiped by the showing. Empty: none.
std::string_view flash_of(const util::Json& data, util::Instant now) {
    const auto flash = data.find("flash");
    if (flash == data.end() || flash->at("until").get<std::int64_t>() <= now.time_since_epoch().count()) return {};
    const std::string word = flash->at("word").get<std::string>();
    const auto known = std::find(std::begin(k_flashes), std::end(k_flashes), word);
    return known == std::end(k_flashes) ? std::string_view() : *known;
}

util::Json view_of(const web::Env& env, std::string_view flash, bool has_no_reassort_left) {
    util::Json view{{"title", "Mon espace électeur"}, {"words", util::Json::object()}};
    for (const char* word : {"space_title", "space_welcome", "reassort_title", "reassort_line", "vote_line", "voting_code"})
        view["words"][word] = env.edition.word(word);
    put_calendar(view, env.calendar, env.now, env.session.place);
    put_stops(view, env);
    view["reassort_none_left"] = has_no_reassort_left;
    for (const char* known : k_flashes) view[std::string("flash_") + known] = flash == known;
    const web::Assistance& assistance = env.session.assistance;
    view["assistance"] = {{"name", assistance.academie},
                          {"phone", assistance.phone},
                          {"email", assistance.email},
                          {"hours", assistance.hours}};
    return view;
}

}  // namespace

// 200.
Answer show_espace(const web::Request&, web::Env& env) {
    // Asked while it matters only: the page is the one that most electors open.
    const bool has_no_reassort_left =
        env.calendar.is_reassort_open(env.now) && store::count_reassorts(env.db, *env.session.voter) >= domain::k_reassorts_allowed;
    const std::string_view flash = flash_of(env.session.data.journey(), env.now);
    const std::string key = calendar_key(env.calendar, env.now) + (has_no_reassort_left ? "|none|" : "||") + std::string(flash) +
                            '|' + env.session.academie_code;
    return web::Response::kept_page("account/espace", key,
                                    [&env, flash, has_no_reassort_left] { return view_of(env, flash, has_no_reassort_left); });
}

}  // namespace account
