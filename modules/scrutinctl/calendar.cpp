// SPDX-License-Identifier: AGPL-3.0-or-later
// calendar show, calendar set.
#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

using domain::CalendarEvent;

std::string label_of(CalendarEvent event) {
    switch (event) {
        case CalendarEvent::portal_opens: return "ouverture du portail";
        case CalendarEvent::lists_shown: return "affichage des listes de candidats";
        case CalendarEvent::reclamations_close: return "fin des réclamations";
        case CalendarEvent::reassort_opens: return "ouverture du réassort";
        case CalendarEvent::vote_opens: return "ouverture du vote";
        case CalendarEvent::vote_closes: return "clôture du vote";
        case CalendarEvent::results_shown: return "affichage des résultats";
    }
    return {};
}

// The order that no calendar may break.
util::Status check_order(const domain::Calendar& calendar) {
    if (calendar.at(CalendarEvent::vote_closes) <= calendar.at(CalendarEvent::vote_opens)) {
        return refused("le vote doit se clore après s’être ouvert");
    }
    if (calendar.at(CalendarEvent::results_shown) < calendar.at(CalendarEvent::vote_closes)) {
        return refused("pas de résultats avant la clôture du vote : avancez ou reculez d’abord l’autre date");
    }
    if (calendar.at(CalendarEvent::portal_opens) > calendar.at(CalendarEvent::vote_opens)) {
        return refused("le portail doit ouvrir avant le vote");
    }
    return util::Done{};
}

}  // namespace

util::Status calendar_show(Office& office, const Arguments&) {
    const auto election = the_election(office);
    if (!election) return election.error();
    const domain::Calendar calendar = store::read_calendar(office.db());
    say(election->title + (election->demonstration ? " (démonstration)" : ""));
    for (std::size_t i = 0; i < domain::k_calendar_events; ++i) {
        const auto event = static_cast<CalendarEvent>(i);
        std::string name(domain::name_of(event));
        name.resize(20, ' ');
        say(name + domain::paris_full(calendar.at(event)) + " : " + label_of(event));
    }
    return util::Done{};
}

util::Status calendar_set(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    if (!election) return election.error();
    const auto event = domain::calendar_event_of(arguments.positional[0]);
    if (!event) return bad_input("événement inconnu : " + arguments.positional[0] + " ; « scrutinctl calendar show » les donne");
    const std::string& text = arguments.positional[1];
    const std::optional<util::Instant> at = text == "maintenant" ? office.clock().now() : domain::from_paris(text);
    if (!at) return bad_input("date attendue, « 2026-12-03 10:00 » (heure de Paris), ou « maintenant »");

    domain::Calendar calendar = store::read_calendar(office.db());
    if (calendar.at(*event) == *at) {
        say("Cette date est déjà celle du calendrier ; rien n’est changé.");
        return util::Done{};
    }
    const bool is_vote_date = *event == CalendarEvent::vote_opens || *event == CalendarEvent::vote_closes;
    if (!election->demonstration) {
        for (const store::Scrutin& scrutin : store::scrutins(office.db())) {
            if (is_vote_date && scrutin.state >= domain::ScrutinState::sealed)
                return refused("le scellement a fixé les dates du vote (scrutin " + scrutin.code + ")");
        }
        if (calendar.reached(*event, office.clock().now())) return refused("cette date est passée : elle ne se change plus");
    }
    calendar.set(*event, *at);
    if (const util::Status order = check_order(calendar); !order) return order;
    office.db().transaction([&] {
        store::set_calendar(office.db(), *event, *at);
        record(office, "calendar", std::string(domain::name_of(*event)) + " " + util::to_iso(*at));
        store::raise_data_version(office.db());
        return true;
    });
    say(label_of(*event) + " : " + domain::paris_full(*at));
    return util::Done{};
}

}  // namespace scrutinctl
