// SPDX-License-Identifier: AGPL-3.0-or-later
// publish, open, close: the moves that the calendar rules. Each scrutin moves in a transaction of its own, with its entry.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>
#include <functional>

#include "domain/local_time.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/stops.hpp"
#include "scrutinctl/store_audit.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

using domain::CalendarEvent;
using domain::ScrutinState;

struct Move {
    ScrutinState from, to;
    std::string_view action, done_one, done_many;  // « scrutin ouvert », « scrutins ouverts »
    std::function<util::Status(const store::Scrutin&)> allowed = {};
};

// How many scrutins stand at `from`; a failure names the first that has not come so far.
util::Result<std::size_t> ready_to_move(const std::vector<store::Scrutin>& scrutins, ScrutinState from) {
    std::size_t ready = 0;
    for (const store::Scrutin& scrutin : scrutins) {
        if (scrutin.state < from) {
            return refused("le scrutin " + scrutin.code + " est « " + scrutin.state_word() + " » : il doit d’abord être « " +
                           std::string(domain::name_of(from)) + " »");
        }
        ready += scrutin.state == from;
    }
    return ready;
}

std::string counts_of(const store::Scrutin& scrutin, const store::Attendance& counts) {
    return scrutin.code + " inscrits=" + std::to_string(counts.inscrits) + " emargements=" + std::to_string(counts.emargements) +
           " bulletins=" + std::to_string(counts.ballots);
}

// Moves the chosen scrutins that are at `from`; those further on are counted as done already, those before stop all.
util::Status move_all(Office& office, const std::vector<store::Scrutin>& scrutins, const Move& move) {
    const auto ready = ready_to_move(scrutins, move.from);
    if (!ready) return ready.error();
    // « 0 scrutin ouvert ; 20 l’étaient déjà » of a vote that is over would let its reader believe that it is open.
    const auto is_beyond = [&](const store::Scrutin& scrutin) { return scrutin.state > move.to; };
    if (!scrutins.empty() && std::all_of(scrutins.begin(), scrutins.end(), is_beyond))
        return refused("le scrutin " + scrutins.front().code + " est déjà « " + scrutins.front().state_word() +
                       " » : il ne revient pas à « " + std::string(domain::name_of(move.to)) + " »");
    std::size_t moved = 0;
    Stops stops;
    for (const store::Scrutin& scrutin : scrutins) {
        if (scrutin.state != move.from) continue;
        if (const util::Status allowed = move.allowed ? move.allowed(scrutin) : util::Done{}; !allowed) {
            stops.add(allowed.error());
            continue;
        }
        moved += office.db().transaction([&] {
            if (!store::move_state(office.db(), scrutin.id, move.from, move.to)) return false;
            if (move.to == ScrutinState::closed) store::end_vote(office.db(), scrutin.id);
            // A close is counted once it is committed.
            record(office, move.action,
                   move.to == ScrutinState::closed
                       ? scrutin.code + (scrutin.stop.is_suspended() ? " suspendu ;" : "") + " urne, émargements et compteurs figés"
                       : counts_of(scrutin, store::attendance(office.db(), scrutin.id)));
            return true;
        });
    }
    const std::size_t before = scrutins.size() - *ready;
    say(counted(moved, move.done_one, move.done_many) +
        (before == 0 ? "." : " ; " + counted(before, "l’était déjà.", "l’étaient déjà.")));
    if (moved > 0) say_journal(office);
    return stops.outcome();
}

// Nobody has voted before the vote.
util::Status require_empty(Office& office, const store::Scrutin& scrutin) {
    const store::Attendance counts = store::attendance(office.db(), scrutin.id);
    if (counts.emargements == 0 && counts.ballots == 0) return util::Done{};
    return refused("scrutin " + scrutin.code + " : l’urne ou la liste d’émargement n’est pas vide avant l’ouverture (" +
                   counted(counts.ballots, "bulletin", "bulletins") + ", " +
                   counted(counts.emargements, "émargement", "émargements") + ") : prévenir le bureau de vote");
}

// A vote is closed at its sealed hour whatever else is wrong: leaving it open would only add votes to what must be looked into. The
// count is what stops.
util::Status may_close(Office& office, SealKeeper& keeper, const store::Scrutin& scrutin) {
    if (scrutin.stop.is_suspended())
        say("À savoir : le scrutin " + scrutin.code + " est suspendu depuis le " + domain::paris_full(scrutin.stop.since()) +
            " et se clôt sans avoir repris ; le procès-verbal doit le dire.");
    if (const auto holds = keeper.require(scrutin); !holds) {
        const auto sealed = keeper.sealed(scrutin);
        if (!sealed) return sealed.error();
        const auto closes = util::from_sql(sealed->seal.closes.substr(0, 19));
        if (closes && hour_of_acts(office) < *closes + domain::k_grace) return holds.error();
        say("ATTENTION : " + holds.error().detail + ".");
        record_alone(office, "broken-seal", scrutin.code + " clos malgré tout : " + holds.error().detail);
    }
    return util::Done{};
}

// What the committed close left, scrutin by scrutin: nothing can be added behind it. A close that was cut off between the two is finished by the
// next one.
void note_frozen_counts(Office& office, const std::vector<store::Scrutin>& chosen) {
    for (const store::Scrutin& scrutin : store::scrutins(office.db())) {
        const bool is_chosen =
            std::any_of(chosen.begin(), chosen.end(), [&](const auto& one) { return one.id.value == scrutin.id.value; });
        if (!is_chosen || scrutin.state != ScrutinState::closed ||
            !store::first_audit_detail(office.db(), "frozen", scrutin.code).empty())
            continue;
        office.db().transaction([&] {
            record(office, "frozen", counts_of(scrutin, store::attendance(office.db(), scrutin.id)));
            return true;
        });
    }
}

// sceau puts the last ballots into the urne within seconds; the count needs them there.
void wait_for_last_ballots(Office& office, const std::vector<store::Scrutin>& scrutins) {
    constexpr auto k_pause = std::chrono::milliseconds(200);
    std::uint64_t waiting = 0;
    for (int turn = 0; turn < 100; ++turn) {
        waiting = 0;
        for (const store::Scrutin& scrutin : scrutins) waiting += store::attendance(office.db(), scrutin.id).waiting;
        if (waiting == 0) return;
        std::this_thread::sleep_for(k_pause);
    }
    say("À surveiller : " + counted(waiting, "bulletin attend", "bulletins attendent") +
        " encore d’entrer dans l’urne. sceau le fait d’ordinaire en quelques secondes : portail-status dit s’il sert.");
}

// In a demonstration the office may come early: the date moves to now, and says so.
void bring_forward(Office& office, CalendarEvent event, std::string_view label) {
    office.db().transaction([&] {
        store::set_calendar(office.db(), event, office.clock().now());
        record(office, "calendar", std::string(domain::name_of(event)) + " avancé à maintenant (démonstration)");
        store::raise_data_version(office.db());
        return true;
    });
    say("Démonstration : " + std::string(label) + " est avancée à maintenant.");
}

}  // namespace

util::Status publish(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    return move_all(office, *scrutins,
                    {ScrutinState::draft, ScrutinState::published, "publish", "scrutin publié", "scrutins publiés"});
}

util::Status open(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!election) return election.error();
    if (!scrutins) return scrutins.error();
    const auto ready = ready_to_move(*scrutins, ScrutinState::sealed);
    if (!ready) return ready.error();
    const domain::Calendar calendar = store::read_calendar(office.db());
    const util::Instant opens = calendar.at(CalendarEvent::vote_opens), closes = calendar.at(CalendarEvent::vote_closes);
    const util::Instant now = hour_of_acts(office);
    if (*ready > 0 && now >= closes)
        return refused("le vote s’est clos " + domain::paris_full(closes) + " : plus aucun scrutin ne s’ouvre");
    if (*ready > 0 && now < opens) {
        if (!election->demonstration) return refused("le vote ouvre " + domain::paris_full(opens));
        bring_forward(office, CalendarEvent::vote_opens, "l’ouverture du vote");
    }
    if (*ready > 0 && !election->demonstration && std::filesystem::exists(office.settings().secret_path("binding_key")))
        return refused(
            "le bureau a encore la clé de liaison, qui relie les électeurs à leurs bulletins : relancez « seal », qui la détruit, ou "
            "faites-la détruire par l’administrateur du système");
    SealKeeper keeper(office);
    if (*ready > 0) {
        if (const util::Status whole = keeper.require_election(); !whole) return whole;
    }
    return move_all(office, *scrutins,
                    {ScrutinState::sealed, ScrutinState::open, "open", "scrutin ouvert", "scrutins ouverts",
                     [&](const store::Scrutin& scrutin) -> util::Status {
                         if (const auto sealed = keeper.require(scrutin); !sealed) return sealed.error();
                         return require_empty(office, scrutin);
                     }});
}

util::Status close(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!election) return election.error();
    if (!scrutins) return scrutins.error();
    const auto ready = ready_to_move(*scrutins, ScrutinState::open);
    if (!ready) return ready.error();
    const domain::Calendar calendar = store::read_calendar(office.db());
    const util::Instant now = hour_of_acts(office);
    if (*ready > 0 && !calendar.is_over(now)) {
        const util::Instant closes = calendar.at(CalendarEvent::vote_closes);
        if (!election->demonstration) {
            return refused("le vote se clôt " + domain::paris_full(closes) +
                           " et les électeurs déjà connectés ont 30 minutes de plus : attendez " +
                           domain::paris_full(closes + domain::k_grace));
        }
        // Scrutins closed by name leave the others their hours.
        if (!arguments.has("--scrutin") && now < closes) bring_forward(office, CalendarEvent::vote_closes, "la clôture du vote");
    }
    SealKeeper keeper(office);
    const util::Status moved =
        move_all(office, *scrutins,
                 {ScrutinState::open, ScrutinState::closed, "close", "scrutin clos (urne, émargements et compteurs figés)",
                  "scrutins clos (urnes, émargements et compteurs figés)",
                  [&](const store::Scrutin& scrutin) { return may_close(office, keeper, scrutin); }});
    note_frozen_counts(office, *scrutins);
    if (moved && *ready > 0) wait_for_last_ballots(office, *scrutins);
    if (moved && *ready > 0) say("À faire une fois après la clôture : sql/unlink.sql (sql/README.md dit pourquoi).");
    return moved;
}

}  // namespace scrutinctl
