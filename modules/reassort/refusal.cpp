// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reassort/refusal.hpp"

#include "reassort/issue.hpp"
#include "reassort/store.hpp"
#include "web/question_defi.hpp"

namespace reassort {

using domain::CalendarEvent;

bool lacks_question(web::Env& env) { return web::asks_defi(env) && !find_defi(env.db, *env.session.voter); }

std::optional<Refusal> standing_refusal(web::Env& env, unsigned& remaining) {
    if (env.calendar.reached(CalendarEvent::vote_closes, env.now)) return Refusal::closed;
    if (!env.calendar.is_reassort_open(env.now)) return Refusal::not_yet;
    const History history = history_of(env.db, *env.session.voter, env.now);
    remaining = history.sent < k_requests_allowed ? k_requests_allowed - history.sent : 0;
    if (history.frozen) return Refusal::frozen;
    if (remaining == 0) return Refusal::none_left;
    if (history.mismatches_today >= k_mismatches_allowed) return Refusal::too_many_tries;
    if (lacks_question(env)) return Refusal::no_question;
    return std::nullopt;
}

}  // namespace reassort
