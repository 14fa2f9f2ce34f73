// SPDX-License-Identifier: AGPL-3.0-or-later
// proclaim: from the verified archive and the seal to votes, seats and names, as one text. Ties that the rules leave to the lot wait
// for the bureau's draw, typed in.
#include <algorithm>
#include <charconv>
#include <map>

#include "domain/proclamation.hpp"
#include "domain/seats.hpp"
#include "scrutinctl/judge.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/count.hpp"
#include "scrutinctl/stops.hpp"
#include "scrutinctl/store_audit.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

using Draws = std::map<std::string, std::vector<std::size_t>, std::less<>>;  // by scrutin code: indexes of lists

// "capd-pe-079=2,cta-rouen=1": list positions, several of one scrutin in the order of the draws.
util::Result<Draws> read_draws(const Arguments& arguments) {
    Draws draws;
    for (const std::string& option : arguments.all("--draw")) {
        for (const std::string& item : util::split(option, ',')) {
            const std::size_t equals = item.find('=');
            unsigned position = 0;
            const char* const end = item.data() + item.size();
            if (equals == std::string::npos || std::from_chars(item.data() + equals + 1, end, position).ptr != end ||
                position == 0) {
                return bad_input("--draw : SCRUTIN=LISTE attendu (le numéro de la liste), « " + item + " » reçu");
            }
            draws[item.substr(0, equals)].push_back(position - 1);
        }
    }
    return draws;
}

std::string names_of(const std::vector<domain::SealedList>& lists, const std::vector<std::size_t>& indexes) {
    std::string names;
    for (const std::size_t i : indexes) names += (names.empty() ? "" : ", ") + std::to_string(i + 1) + " « " + lists[i].name + " »";
    return names;
}

// The archive is the one of the tally: the journal has its digest.
util::Status require_same_archive(Office& office, const store::Scrutin& scrutin, const Judged& judged) {
    const std::string entry = store::first_audit_detail(office.db(), "tally", scrutin.code);
    if (entry.find(" archive=" + judged.digest + " ") != std::string::npos) return util::Done{};
    return refused("scrutin " + scrutin.code +
                   " : l’archive n’est plus celle du dépouillement, dont le journal des actes a l’empreinte. "
                   "La proclamation de ce scrutin s’arrête : prévenir le bureau de vote");
}

// What is proclaimed: names, seats and rule of the seal, votes of the archive. Nothing of it is read from a table.
domain::Proclamation outcome_of(const domain::Seal& seal, const std::string& digest, const Judged& judged,
                                const domain::Allocation& allocation, const std::vector<std::size_t>& draws) {
    domain::Proclamation all{
        seal.code, seal.uuid,  seal.title, digest, judged.digest, {}, seal.electors, judged.ballots, judged.votes[0],
        0,         seal.seats, {},         {}};
    for (const std::size_t draw : draws) all.draws.push_back(draw + 1);
    for (std::size_t i = 0; i < seal.lists.size(); ++i) {
        all.exprimes += judged.votes[i + 1];
        all.lists.push_back({seal.lists[i].name, seal.lists[i].union_name, judged.votes[i + 1], allocation.seats[i], {}, {}});
        domain::name_elected(all.lists.back(), seal.lists[i].candidates);
    }
    return all;
}

std::string summary_of(const domain::Proclamation& all, bool decided) {
    std::string summary = all.code + " inscrits=" + std::to_string(all.inscrits) + " votants=" + std::to_string(all.votants) +
                          " blancs=" + std::to_string(all.blancs) + " sieges=";
    for (std::size_t i = 0; i < all.lists.size(); ++i) summary += (i == 0 ? "" : "/") + std::to_string(all.lists[i].seats);
    for (const std::size_t draw : all.draws) summary += " tirage=" + std::to_string(draw);
    return decided ? summary + " proclamation=" + crypto::sha_hex(domain::write_proclamation(all)) : summary;
}

// Proclaims one tallied scrutin, or returns which lists the bureau must draw among.
util::Result<std::string> proclaim_scrutin(Office& office, SealKeeper& keeper, const store::Scrutin& scrutin,
                                           const std::vector<std::size_t>& draws) {
    const auto sealed = keeper.require(scrutin);
    if (!sealed) return sealed.error();
    if (const util::Status agree = check_counters(office, scrutin); !agree) return agree.error();
    const auto stored = store::find_tally(office.db(), scrutin.id);
    if (!stored || stored->result.empty()) return refused("scrutin " + scrutin.code + " : le résultat du dépouillement manque");
    const auto judged = judge_archive(office, scrutin, *sealed, stored->result);
    if (!judged) return judged.error();
    if (const util::Status same = require_same_archive(office, scrutin, *judged); !same) return same.error();
    const std::vector<domain::SealedList>& lists = sealed->seal.lists;
    if (judged->votes.size() != lists.size() + 1)
        return bad_input("scrutin " + scrutin.code + " : le résultat ne correspond pas aux listes");
    std::vector<domain::SeatList> seat_lists;
    for (std::size_t i = 0; i < lists.size(); ++i)
        seat_lists.push_back({judged->votes[i + 1], static_cast<unsigned>(lists[i].candidates.size())});
    for (const std::size_t draw : draws) {
        if (draw >= lists.size())
            return bad_input("--draw : le scrutin " + scrutin.code + " n’a pas de liste " + std::to_string(draw + 1));
    }
    const domain::Allocation allocation =
        domain::allocate_seats(seat_lists, sealed->seal.seats, sealed->seal.tie_by_candidates, draws);
    domain::Proclamation all = outcome_of(sealed->seal, sealed->digest, *judged, allocation, draws);
    if (all.exprimes + all.blancs != all.votants)
        return refused("scrutin " + scrutin.code +
                       " : exprimés et blancs ne font pas le nombre de votants. La proclamation s’arrête");
    const bool decided = allocation.draw.empty();
    db::Connection& db = office.db();
    const bool written = db.transaction([&] {
        if (decided && !store::move_state(db, scrutin.id, domain::ScrutinState::tallied, domain::ScrutinState::proclaimed))
            return false;
        all.proclaimed_at = office.clock().now();
        store::write_outcome(db, scrutin.id, all, decided);
        record(office, decided ? "proclaim" : "tie", summary_of(all, decided));
        store::raise_data_version(db);
        return true;
    });
    if (!written) return refused("scrutin " + scrutin.code + " : son état a changé pendant la proclamation");
    return decided ? std::string() : names_of(lists, allocation.draw);
}

}  // namespace

util::Status proclaim(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    auto scrutins = chosen_scrutins(office, arguments);
    const auto draws = read_draws(arguments);
    if (!election) return election.error();
    if (!scrutins) return scrutins.error();
    if (!draws) return draws.error();
    for (const auto& [code, lists] : *draws) {
        const bool known = std::any_of(scrutins->begin(), scrutins->end(),
                                       [&, &wanted = code](const store::Scrutin& scrutin) { return scrutin.code == wanted; });
        if (!known) return util::failure(util::Fault::not_found, "--draw : aucun scrutin de code « " + code + " »");
    }

    SealKeeper keeper(office);
    Stops stops;
    std::size_t done = 0, before = 0, open_questions = 0;
    for (store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state >= domain::ScrutinState::proclaimed) {
            ++before;
            continue;
        }
        if (scrutin.state == domain::ScrutinState::closed) {
            const util::Status combined = combine_scrutin(office, keeper, scrutin);
            if (!combined && combined.error().fault != util::Fault::unavailable) {
                stops.add(combined.error());
                continue;
            }
            if (!combined) {
                say("En attente : " + combined.error().detail + ".");
                ++open_questions;
                continue;
            }
            scrutin.state = domain::ScrutinState::tallied;
        }
        if (scrutin.state != domain::ScrutinState::tallied)
            return refused("le scrutin " + scrutin.code + " est « " + scrutin.state_word() + " » : il n’est pas dépouillé");
        const auto draw = draws->find(scrutin.code);
        const auto tie =
            proclaim_scrutin(office, keeper, scrutin, draw == draws->end() ? std::vector<std::size_t>() : draw->second);
        if (!tie) {
            stops.add(tie.error());
            continue;
        }
        if (tie->empty()) {
            ++done;
            continue;
        }
        ++open_questions;
        say("Égalité à " + scrutin.code + " entre " + *tie + " : le bureau tire au sort, puis --draw " + scrutin.code + "=NUMÉRO.");
    }
    const util::Instant shown = store::read_calendar(office.db()).at(domain::CalendarEvent::results_shown);
    if (done > 0 && election->demonstration && office.clock().now() < shown) {
        office.db().transaction([&] {
            store::set_calendar(office.db(), domain::CalendarEvent::results_shown, office.clock().now());
            record(office, "calendar", "results_shown avancé à maintenant (démonstration)");
            return true;
        });
        say("Démonstration : l’affichage des résultats est avancé à maintenant.");
    }
    say(counted(done, "scrutin proclamé", "scrutins proclamés") +
        (before > 0 ? ", " + counted(before, "l’était déjà", "l’étaient déjà") : "") + ".");
    if (done > 0) say_journal(office);
    if (!stops.empty()) return stops.outcome();
    if (open_questions > 0) {
        return refused(
            counted(open_questions, "scrutin ne peut pas encore être proclamé", "scrutins ne peuvent pas encore être proclamés"));
    }
    return util::Done{};
}

}  // namespace scrutinctl
