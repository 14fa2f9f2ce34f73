// SPDX-License-Identifier: AGPL-3.0-or-later
// Why no code can be asked, what to do next and whom to call.
#include "domain/local_time.hpp"
#include "reassort/issue.hpp"
#include "reassort/page_parts.hpp"
#include "reassort/pages.hpp"
#include "reassort/temporary_code.hpp"

namespace reassort {
namespace {

using domain::CalendarEvent;

int status_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::too_many_tries:
        case Refusal::too_many_codes:
        case Refusal::busy: return 429;
        case Refusal::not_ready: return 503;
        default: return 403;
    }
}

}  // namespace

web::Response refusal_page(Refusal refusal, web::Env& env) {
    util::Json view{
        {"title", "Demande d’un " + new_code_name(env)},
        {"back", {{"href", "/espace"}, {"label", "Mon espace électeur"}}},
        {"new_code", new_code_name(env)},
        {"not_yet", refusal == Refusal::not_yet},
        {"closed", refusal == Refusal::closed},
        {"none_left", refusal == Refusal::none_left},
        {"frozen", refusal == Refusal::frozen},
        {"too_many_tries", refusal == Refusal::too_many_tries},
        {"busy", refusal == Refusal::busy},
        {"not_ready", refusal == Refusal::not_ready},
        {"no_question", refusal == Refusal::no_question},
        {"too_many_codes", refusal == Refusal::too_many_codes},
        {"temporaries", std::to_string(k_temporaries_a_day)},
        {"allowed", std::to_string(k_requests_allowed)},
        {"opens_at", domain::full_for(env.session.place, env.calendar.at(CalendarEvent::reassort_opens))},
        {"closes_at", domain::full_for(env.session.place, env.calendar.at(CalendarEvent::vote_closes))},
    };
    web::put_assistance(view, env.session);
    return web::Response::page("reassort/refus", std::move(view), status_of(refusal));
}

}  // namespace reassort
