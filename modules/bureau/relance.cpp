// SPDX-License-Identifier: AGPL-3.0-or-later
// A reminder asked for: to everybody of an académie who has no space yet, counted and never named, once in three days. The office's tool writes the mails, and
// spares who got one in these days, whoever asked.
#include "bureau/relance.hpp"

#include <algorithm>

#include "bureau/page_parts.hpp"
#include "bureau/pages.hpp"
#include "bureau/store_reminders.hpp"
#include "bureau/store_requests.hpp"
#include "bureau/turnout.hpp"
#include "domain/local_time.hpp"

namespace bureau {

namespace {

constexpr std::chrono::hours k_between_reminders{24 * 3};

std::string words_of_reminder(const Reminder& reminder) {
    const std::string asked = "Relance n° " + std::to_string(reminder.id) + ", demandée par le membre n° " +
                              std::to_string(reminder.member) + " " + domain::paris_full(reminder.asked_at);
    if (reminder.state == "asked") return asked + " : l’outil du bureau des élections écrit les courriels à son prochain passage.";
    if (reminder.state == "impossible") return asked + " : n’est pas partie, " + reminder.outcome + ".";
    return asked + " : " + number(reminder.written) + (reminder.written > 1 ? " courriels écrits" : " courriel écrit") +
           ", qui partent peu à peu.";
}

// Why none may be asked for at this hour; empty: one may.
std::string why_no_reminder(web::Env& env, const std::optional<Reminder>& last) {
    using domain::CalendarEvent;
    if (env.now < env.calendar.at(CalendarEvent::portal_opens)) return "Le portail n’est pas encore ouvert.";
    if (env.now >= env.calendar.at(CalendarEvent::vote_closes)) return "Le vote est clos.";
    if (last && last->state != "impossible" && env.now - last->asked_at < k_between_reminders)
        return "Une autre relance peut être demandée à partir du " + domain::paris_full(last->asked_at + k_between_reminders) + ".";
    return {};
}

}  // namespace

util::Json reminder_view(web::Env& env, std::string_view academie) {
    const auto last = last_reminder(env.db, academie);
    const std::string why = why_no_reminder(env, last);
    return {{"has_last", last.has_value()},
            {"last", last ? words_of_reminder(*last) : ""},
            {"may_ask", why.empty()},
            {"why_not", why}};
}

// 303 to the page of requests, which shows the reminder, also for a second one in three days; 404 for an académie whose roll is not his, or of fewer people than
// the page counts.
Answer ask_relance(const web::Request& request, web::Env& env, const Desk& desk) {
    const std::string academie(request.field("academie"));
    const Membership* by = desk.role_for(domain::DeskRight::roll, academie);
    if (by == nullptr || activation_of(env.db, academie).electors < k_least_group)
        return util::failure(util::Fault::not_found, "desk reminder");
    if (why_no_reminder(env, last_reminder(env.db, academie)).empty())
        env.db.transaction([&] {
            if (!ask_reminder(env.db, academie, by->id, env.now - k_between_reminders, env.now)) return false;
            record(env, *by, "reminder", "académie « " + academie + " » : relance de ceux qui n’ont pas d’espace, demandée");
            return true;
        });
    return web::Response::redirect("/bureau/demandes");
}

}  // namespace bureau
