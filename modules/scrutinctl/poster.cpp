// SPDX-License-Identifier: AGPL-3.0-or-later
// poster: the fingerprints of what is sealed, on paper, for schools and for the unions' sites: what an elector compares his screen with must
// come to him by another way than the screen.
#include "domain/local_time.hpp"
#include "domain/seal.hpp"
#include "paper/sheet.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "scrutinctl/select.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

void write_head(paper::Sheet& sheet, Office& office, const store::Election& election) {
    const domain::Calendar calendar = store::read_calendar(office.db());
    sheet.heading("Avant de voter, comparez");
    sheet.paragraph(election.title + (election.demonstration ? " (démonstration)" : ""));
    sheet.paragraph("Vote ouvert du " +
                    domain::period_for(nullptr, calendar.at(domain::CalendarEvent::vote_opens),
                                       calendar.at(domain::CalendarEvent::vote_closes)) +
                    ".");
    sheet.item("1.", "Allez sur " + office.settings().base_url + ", et sur aucune autre adresse.");
    sheet.item(
        "2.",
        "L’espace de vote montre une empreinte pour chaque scrutin : huit groupes de quatre signes. Comparez-la, au moins en "
        "partie, avec celle de cette affiche.");
    sheet.item(
        "3.",
        "Si elle est la même, vous votez bien dans l’urne qui a été scellée, avec les listes qui ont été scellées. Sinon, ne "
        "votez pas : prévenez l’assistance de votre académie ou le bureau de vote.");
    sheet.code(office.settings().base_url);
}

}  // namespace

util::Status poster(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    const auto all = what_is_sealed(office, arguments);
    if (!election) return election.error();
    if (!all) return all.error();
    paper::Sheet sheet("Affiche : " + election->title);
    if (election->demonstration) sheet.on_each_page(election->title + " (démonstration)");
    write_head(sheet, office, *election);
    for (const SealKeeper::Sealed& sealed : *all) {
        sheet.section(sealed.seal.title);
        sheet.reference(domain::short_fingerprint(util::sha256_hex(sealed.setup.election)));
    }
    util::replace_file(arguments.positional[0], sheet.bytes());
    say(arguments.positional[0] + " : " + counted(all->size(), "scrutin", "scrutins") +
        ". À afficher, et à remettre aux organisations syndicales.");
    return util::Done{};
}

}  // namespace scrutinctl
