// SPDX-License-Identifier: AGPL-3.0-or-later
// integrity: everything that the office can compare, scrutin by scrutin, at any moment, told on the screen and, if asked, on a page to sign. It reads,
// and changes nothing of the election.
#include <algorithm>

#include "domain/local_time.hpp"
#include "paper/sheet.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/count.hpp"
#include "scrutinctl/papers.hpp"
#include "scrutinctl/public_log.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "scrutinctl/stops.hpp"
#include "util/file.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

// What was compared, and what was found.
struct Comparison {
    std::string what;
    util::Status found;
};

struct Looked {
    store::Scrutin scrutin;
    std::vector<Comparison> comparisons;  // none: not sealed yet

    bool holds() const {
        return std::all_of(comparisons.begin(), comparisons.end(), [](const auto& one) { return one.found.has_value(); });
    }
};

// Each by itself: what one finds does not hide the next.
Looked look_at(Office& office, SealKeeper& keeper, const store::Scrutin& scrutin) {
    Looked looked{scrutin, {}};
    if (scrutin.state < domain::ScrutinState::sealed) return looked;
    const auto sealed = keeper.require(scrutin);
    looked.comparisons.push_back(
        {"tables et programmes, avec ce qui est scellé", sealed ? util::Status(util::Done{}) : sealed.error()});
    looked.comparisons.push_back({"bulletins et émargements, en nombre", check_counters(office, scrutin)});
    // The log's key is the seal's own, also where tables differ from it.
    const auto kept = sealed ? sealed : keeper.sealed(scrutin);
    if (kept) looked.comparisons.push_back({"urne et journal public signé", check_public_log(office, scrutin, kept->seal.log_key)});
    if (office.settings().papers.empty()) return looked;
    if (kept) looked.comparisons.push_back({"logos servis, avec ce qui est scellé", check_logos(office, scrutin, kept->seal)});
    looked.comparisons.push_back({"pièces publiées, avec leurs empreintes au journal", check_papers(office, scrutin)});
    return looked;
}

std::string state_in_words(const Comparison& comparison) {
    return comparison.what + " : " + (comparison.found ? "concordent" : comparison.found.error().detail);
}

// One page that says what was compared, when, by whom, and what was found; for the minutes.
std::string page_of(Office& office, const store::Election& election, const std::vector<Looked>& all,
                    const std::vector<Comparison>& whole) {
    paper::Sheet sheet("Contrôle d’intégrité : " + election.title);
    if (election.demonstration) sheet.on_each_page(election.title + " (démonstration)");
    sheet.heading("Contrôle d’intégrité");
    sheet.paragraph(election.title + (election.demonstration ? " (démonstration)" : ""));
    sheet.paragraph("Fait " + domain::paris_full(hour_of_acts(office)) + " par " + office.actor() + ".");
    for (const Comparison& one : whole) sheet.item(one.found ? "Oui" : "NON", state_in_words(one));
    for (const Looked& looked : all) {
        sheet.section(looked.scrutin.title + " (" + looked.scrutin.code + ")");
        if (looked.comparisons.empty()) {
            sheet.paragraph("Pas encore scellé.");
            continue;
        }
        const store::Attendance counts = store::attendance(office.db(), looked.scrutin.id);
        sheet.paragraph("État « " + looked.scrutin.state_word() + " », " +
                        counted(counts.emargements, "émargement", "émargements") + ", " +
                        counted(counts.ballots, "bulletin", "bulletins") + ".");
        for (const Comparison& one : looked.comparisons) sheet.item(one.found ? "Oui" : "NON", state_in_words(one));
    }
    sheet.section("Signatures");
    sheet.paragraph("Président :");
    sheet.paragraph("Délégués :");
    return sheet.bytes();
}

}  // namespace

util::Status integrity(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!election) return election.error();
    if (!scrutins) return scrutins.error();
    SealKeeper keeper(office);
    Stops stops;
    std::size_t held = 0, not_sealed = 0;
    std::vector<Looked> all;
    for (const store::Scrutin& scrutin : *scrutins) {
        all.push_back(look_at(office, keeper, scrutin));
        const Looked& looked = all.back();
        if (looked.comparisons.empty()) ++not_sealed;
        else if (looked.holds()) ++held;
        for (const Comparison& one : looked.comparisons)
            if (!one.found) stops.add(one.found.error());
    }
    const auto journal = check_journal(office);
    std::vector<Comparison> whole{
        {"journal des actes, de la première entrée à la dernière", journal ? util::Status(util::Done{}) : journal.error()}};
    if (not_sealed == 0) whole.push_back({"élection entière, avec son sceau", keeper.require_election()});
    if (!office.settings().papers.empty())
        whole.push_back({"dossier des fichiers servis, où rien n’est de trop", check_no_other_file(office)});
    for (const Comparison& one : whole)
        if (!one.found) stops.add(one.found.error());
    if (const auto file = arguments.get("--page")) {
        util::replace_file(*file, page_of(office, *election, all, whole));
        say(*file + " : ce qui a été comparé et trouvé, à joindre au procès-verbal.");
    }
    say(counted(held, "scrutin intact", "scrutins intacts") + " : scellement, émargements, urne et journal public concordent" +
        (not_sealed > 0 ? " ; " + counted(not_sealed, "scrutin pas encore scellé", "scrutins pas encore scellés") : "") + ".");
    return stops.outcome();
}

}  // namespace scrutinctl
