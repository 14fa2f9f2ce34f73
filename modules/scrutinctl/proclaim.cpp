// SPDX-License-Identifier: AGPL-3.0-or-later
// proclaim: from the decrypted counts to votes, seats and the result tables. Ties that the rules leave to the lot wait for
// the bureau's draw, typed in.
#include <algorithm>
#include <charconv>
#include <map>

#include "domain/seats.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/count.hpp"
#include "util/json.hpp"
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

// {"result":[[blank,n1,…]]} as the tally stored it.
std::vector<std::uint64_t> votes_of(const std::string& result) {
    const std::optional<util::Json> json = util::parse_json(result);
    return json ? json->at("result").at(0).get<std::vector<std::uint64_t>>() : std::vector<std::uint64_t>();
}

std::string names_of(const std::vector<store::List>& lists, const std::vector<std::size_t>& indexes) {
    std::string names;
    for (const std::size_t i : indexes) names += (names.empty() ? "" : ", ") + std::to_string(i + 1) + " « " + lists[i].name + " »";
    return names;
}

// Proclaims one tallied scrutin, or writes its votes and returns which lists the bureau must draw among.
util::Result<std::string> proclaim_scrutin(Office& office, const store::Scrutin& scrutin, const std::vector<std::size_t>& draws) {
    db::Connection& db = office.db();
    const auto stored = store::find_tally(db, scrutin.id);
    const std::vector<store::List> lists = store::lists(db, scrutin.id);
    const std::vector<std::uint64_t> votes = stored ? votes_of(stored->result) : std::vector<std::uint64_t>();
    if (votes.size() != lists.size() + 1)
        return bad_input("scrutin " + scrutin.code + " : le résultat ne correspond pas aux listes");
    if (const util::Status agree = check_counters(office, scrutin); !agree) return agree.error();
    const store::Attendance counts = store::attendance(db, scrutin.id);

    store::Outcome outcome{counts.inscrits, counts.emargements, votes[0], 0, false, {}};
    std::vector<domain::SeatList> seat_lists;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        outcome.exprimes += votes[i + 1];
        seat_lists.push_back({votes[i + 1], lists[i].candidates});
    }
    if (outcome.exprimes + outcome.blancs != outcome.votants) {
        return refused("scrutin " + scrutin.code +
                       " : exprimés et blancs ne font pas le nombre de votants. La proclamation s’arrête");
    }
    for (const std::size_t draw : draws) {
        if (draw >= lists.size())
            return bad_input("--draw : le scrutin " + scrutin.code + " n’a pas de liste " + std::to_string(draw + 1));
    }
    const domain::Allocation allocation = domain::allocate_seats(seat_lists, scrutin.seats, scrutin.tie_by_candidates, draws);
    outcome.draw_needed = !allocation.draw.empty();
    std::string summary = "inscrits=" + std::to_string(outcome.inscrits) + " votants=" + std::to_string(outcome.votants) +
                          " blancs=" + std::to_string(outcome.blancs) + " sieges=";
    for (std::size_t i = 0; i < lists.size(); ++i) {
        outcome.lists.push_back({lists[i].id, votes[i + 1], allocation.seats[i]});
        summary += (i == 0 ? "" : "/") + std::to_string(allocation.seats[i]);
    }
    for (const std::size_t draw : draws) summary += " tirage=" + std::to_string(draw + 1);

    const bool decided = !outcome.draw_needed;
    const bool written = db.transaction([&] {
        if (decided && !store::move_state(db, scrutin.id, domain::ScrutinState::tallied, domain::ScrutinState::proclaimed))
            return false;
        store::write_outcome(db, scrutin.id, outcome, decided ? std::optional(util::to_sql(office.clock().now())) : std::nullopt);
        record(office, decided ? "proclaim" : "tie", scrutin.code + " " + summary);
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

    std::size_t done = 0, before = 0, open_questions = 0;
    for (store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state >= domain::ScrutinState::proclaimed) {
            ++before;
            continue;
        }
        if (scrutin.state == domain::ScrutinState::closed) {
            const util::Status combined = combine_scrutin(office, scrutin);
            if (!combined && combined.error().fault != util::Fault::unavailable) return combined;
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
        const auto tie = proclaim_scrutin(office, scrutin, draw == draws->end() ? std::vector<std::size_t>() : draw->second);
        if (!tie) return tie.error();
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
    if (open_questions > 0) {
        return refused(
            counted(open_questions, "scrutin ne peut pas encore être proclamé", "scrutins ne peuvent pas encore être proclamés"));
    }
    return util::Done{};
}

}  // namespace scrutinctl
