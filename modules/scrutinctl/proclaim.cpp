// SPDX-License-Identifier: AGPL-3.0-or-later
// proclaim: from the verified archive and the seal to votes, seats and names, as one text. Ties that the rules leave to the lot wait
// for the bureau's draw, typed in. All is shown, and asked, before anything of it is published.
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "cli/passphrase.hpp"
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

// A draw stands in the minutes: one that was not asked for, or among others than the equal lists, is somebody's mistake.
util::Status require_draws_asked(const domain::Seal& seal, const domain::Allocation& allocation,
                                 const std::vector<std::size_t>& draws) {
    for (const std::size_t draw : draws) {
        if (draw >= seal.lists.size())
            return bad_input("--draw : le scrutin " + seal.code + " n’a pas de liste " + std::to_string(draw + 1));
    }
    if (allocation.draws_taken == draws.size()) return util::Done{};
    const std::string drawn = names_of(seal.lists, {draws[allocation.draws_taken]});
    if (allocation.draw.empty()) return bad_input("--draw : à " + seal.code + ", aucun tirage au sort n’est à faire pour " + drawn);
    return bad_input("--draw : à " + seal.code + ", " + drawn +
                     " n’est pas parmi les listes à égalité : " + names_of(seal.lists, allocation.draw));
}

// A tallied scrutin's result, worked out and not yet proclaimed.
struct Outcome {
    domain::ScrutinId scrutin;
    domain::Proclamation all;
    std::vector<std::vector<std::size_t>> equals;  // at each draw, numbers from 1
    std::uint64_t unfilled = 0;
    std::string tie;  // between which lists the bureau has to draw; empty: decided
};

util::Result<Outcome> work_out(Office& office, SealKeeper& keeper, const store::Scrutin& scrutin,
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
    const domain::Allocation allocation =
        domain::allocate_seats(seat_lists, sealed->seal.seats, sealed->seal.tie_by_candidates, draws);
    if (const util::Status asked = require_draws_asked(sealed->seal, allocation, draws); !asked) return asked.error();
    Outcome outcome{scrutin.id,
                    outcome_of(sealed->seal, sealed->digest, *judged, allocation, draws),
                    {},
                    allocation.unfilled,
                    names_of(lists, allocation.draw)};
    outcome.equals = domain::equals_at_draws(outcome.all, sealed->seal);
    if (outcome.all.exprimes + outcome.all.blancs != outcome.all.votants)
        return refused("scrutin " + scrutin.code +
                       " : exprimés et blancs ne font pas le nombre de votants. La proclamation s’arrête");
    return outcome;
}

// False if the scrutin's state has changed meanwhile.
bool write_down(Office& office, Outcome& outcome) {
    const bool decided = outcome.tie.empty();
    db::Connection& db = office.db();
    return db.transaction([&] {
        if (decided && !store::move_state(db, outcome.scrutin, domain::ScrutinState::tallied, domain::ScrutinState::proclaimed))
            return false;
        outcome.all.proclaimed_at = office.clock().now();
        store::write_outcome(db, outcome.scrutin, outcome.all, decided);
        record(office, decided ? "proclaim" : "tie", summary_of(outcome.all, decided));
        store::raise_data_version(db);
        return true;
    });
}

std::string numbered(const domain::Proclamation& all, std::size_t number) {
    return std::to_string(number) + " « " + all.lists[number - 1].name + " »";
}

// What will be published, as the bureau compares it with its minutes.
void show(const Outcome& outcome) {
    const domain::Proclamation& all = outcome.all;
    say(all.code + " « " + all.title + " » : " + counted(all.inscrits, "inscrit", "inscrits") + ", " +
        counted(all.votants, "votant", "votants") + ", " + counted(all.blancs, "blanc", "blancs") + ", " +
        counted(all.exprimes, "exprimé", "exprimés") + ", " + counted(all.seats, "siège", "sièges"));
    for (std::size_t i = 0; i < all.lists.size(); ++i)
        say("  " + numbered(all, i + 1) + " : " + counted(all.lists[i].votes, "voix", "voix") + ", " +
            counted(all.lists[i].seats, "siège", "sièges"));
    for (std::size_t i = 0; i < all.draws.size(); ++i) {
        std::string equals;
        for (const std::size_t number : outcome.equals.at(i)) equals += (equals.empty() ? "" : ", ") + numbered(all, number);
        say("  tiré au sort par le bureau entre " + equals + " : " + numbered(all, all.draws[i]));
    }
    if (outcome.unfilled > 0) say("  " + counted(outcome.unfilled, "siège sans titulaire", "sièges sans titulaire"));
}

// A script of a demonstration has no keyboard and asks for nothing real.
util::Status confirm(std::size_t count, bool sure, bool demonstration) {
    if (sure || (demonstration && ::isatty(STDIN_FILENO) == 0)) return util::Done{};
    const auto answer = ask_line("Publier " + counted(count, "résultat", "résultats") + " ? On n’y revient pas. Tapez oui : ",
                                 "donnez --yes pour publier ces résultats sans question : il n’y a pas de clavier");
    if (!answer) return answer.error();
    return *answer == "oui" ? util::Status(util::Done{}) : refused("rien n’est publié");
}

// Brings a closed scrutin to its tally, if all decryptions are there. False: it waits for some, and that is said.
util::Result<bool> bring_to_tally(Office& office, SealKeeper& keeper, store::Scrutin& scrutin) {
    if (scrutin.state != domain::ScrutinState::closed) return true;
    if (const util::Status combined = combine_scrutin(office, keeper, scrutin); !combined) {
        if (combined.error().fault != util::Fault::unavailable) return combined.error();
        say("En attente : " + combined.error().detail + ".");
        return false;
    }
    scrutin.state = domain::ScrutinState::tallied;
    return true;
}

// In a demonstration what was proclaimed is shown at once.
void bring_results_forward(Office& office) {
    if (office.clock().now() >= store::read_calendar(office.db()).at(domain::CalendarEvent::results_shown)) return;
    office.db().transaction([&] {
        store::set_calendar(office.db(), domain::CalendarEvent::results_shown, office.clock().now());
        record(office, "calendar", "results_shown avancé à maintenant (démonstration)");
        return true;
    });
    say("Démonstration : l’affichage des résultats est avancé à maintenant.");
}

// What the chosen scrutins come to.
struct Proposal {
    std::vector<Outcome> decided;
    std::size_t before = 0, open_questions = 0;
    Stops stops;
};

util::Result<Proposal> propose(Office& office, std::vector<store::Scrutin>& scrutins, const Draws& draws) {
    SealKeeper keeper(office);
    Proposal proposal;
    for (store::Scrutin& scrutin : scrutins) {
        if (scrutin.state >= domain::ScrutinState::proclaimed) {
            ++proposal.before;
            continue;
        }
        const auto tallied = bring_to_tally(office, keeper, scrutin);
        if (!tallied) {
            proposal.stops.add(tallied.error());
            continue;
        }
        if (!*tallied) {
            ++proposal.open_questions;
            continue;
        }
        if (scrutin.state != domain::ScrutinState::tallied)
            return refused("le scrutin " + scrutin.code + " est « " + scrutin.state_word() + " » : il n’est pas dépouillé");
        const auto drawn = draws.find(scrutin.code);
        auto outcome = work_out(office, keeper, scrutin, drawn == draws.end() ? std::vector<std::size_t>() : drawn->second);
        if (!outcome) {
            proposal.stops.add(outcome.error());
        } else if (outcome->tie.empty()) {
            proposal.decided.push_back(std::move(*outcome));
        } else {
            write_down(office, *outcome);
            ++proposal.open_questions;
            say("Égalité à " + scrutin.code + " entre " + outcome->tie + " : le bureau tire au sort, puis --draw " + scrutin.code +
                "=NUMÉRO.");
        }
    }
    return proposal;
}

}  // namespace

util::Status proclaim(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    auto scrutins = scrutins_to_count(office, arguments);
    const auto draws = read_draws(arguments);
    if (!election) return election.error();
    if (!scrutins) return scrutins.error();
    if (!draws) return draws.error();
    for (const auto& [code, lists] : *draws) {
        const bool known = std::any_of(scrutins->begin(), scrutins->end(),
                                       [&, &wanted = code](const store::Scrutin& scrutin) { return scrutin.code == wanted; });
        if (!known) return util::failure(util::Fault::not_found, "--draw : aucun scrutin de code « " + code + " »");
    }

    auto proposal = propose(office, *scrutins, *draws);
    if (!proposal) return proposal.error();
    Stops& stops = proposal->stops;
    std::size_t done = 0;
    if (!proposal->decided.empty()) {
        for (const Outcome& outcome : proposal->decided) show(outcome);
        if (const util::Status sure = confirm(proposal->decided.size(), arguments.has("--yes"), election->demonstration); !sure)
            return sure;
    }
    for (Outcome& outcome : proposal->decided) {
        if (write_down(office, outcome)) ++done;
        else stops.add(refused("scrutin " + outcome.all.code + " : son état a changé pendant la proclamation"));
    }
    if (done > 0 && election->demonstration) bring_results_forward(office);
    say(counted(done, "scrutin proclamé", "scrutins proclamés") +
        (proposal->before > 0 ? ", " + counted(proposal->before, "l’était déjà", "l’étaient déjà") : "") + ".");
    if (done > 0) say_journal(office);
    if (!stops.empty()) return stops.outcome();
    if (proposal->open_questions > 0) {
        return refused(counted(proposal->open_questions, "scrutin ne peut pas encore être proclamé",
                               "scrutins ne peuvent pas encore être proclamés"));
    }
    return util::Done{};
}

}  // namespace scrutinctl
