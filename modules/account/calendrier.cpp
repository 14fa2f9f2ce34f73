// SPDX-License-Identifier: AGPL-3.0-or-later
// The dates for the elector's own calendar.
#include "account/calendar_file.hpp"
#include "account/pages.hpp"

namespace account {

// 200, an iCalendar file.
Answer get_calendrier(const web::Request&, web::Env& env) {
    return web::Response::document(calendar_file(env.calendar, env.election.title, env.settings.base_url, env.now),
                                   "text/calendar; charset=utf-8", "calendrier.ics");
}

}  // namespace account
