// SPDX-License-Identifier: AGPL-3.0-or-later
// minutes: the procès-verbal of each scrutin, as a page and as a PDF to sign. It reads, and notes in the journal what it wrote.
#include "scrutinctl/minutes.hpp"

#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/stops.hpp"
#include "scrutinctl/store_count.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"

namespace scrutinctl {

using namespace cli;

util::Result<MinutesFiles> make_minutes(Office& office, const store::Scrutin& scrutin, const HolderNames& holders,
                                        const std::string& bundle) {
    if (scrutin.state < domain::ScrutinState::sealed)
        return refused("scrutin " + scrutin.code + " : pas encore scellé, pas de procès-verbal");
    const auto election = the_election(office);
    if (!election) return election.error();
    SealKeeper keeper(office);
    auto sealed = keeper.sealed(scrutin);
    if (!sealed) return sealed.error();
    MinutesFacts facts{*election, scrutin, std::move(*sealed), store::attendance(office.db(), scrutin.id), {}, {}, {}, 0, ""};
    const CeremonyHolders ceremony = ceremony_holders(office, facts.sealed.seal);
    const auto named = holders_to_write(facts.sealed.seal, ceremony, holders);
    if (!named) return named.error();
    facts.holders = *named;
    facts.ceremony_fingerprint = ceremony.fingerprint;
    if (const auto stored = store::find_proclamation(office.db(), scrutin.id)) {
        facts.result = util::sha256_hex(stored->text) == stored->digest ? domain::read_proclamation(stored->text) : std::nullopt;
        const std::string entry = store::first_audit_detail(office.db(), "proclaim", scrutin.code);
        if (!facts.result || facts.result->code != scrutin.code || facts.result->lists.size() != facts.sealed.seal.lists.size() ||
            entry.find(" proclamation=" + stored->digest) == std::string::npos)
            return bad_input("scrutin " + scrutin.code +
                             " : la proclamation de la base n’est pas celle du journal des actes : prévenir le bureau de vote");
    }
    const std::vector<store::Scrutin> all = store::scrutins(office.db());
    store::each_audit_entry(office.db(), [&](const store::AuditEntry& entry) {
        facts.journal_size = entry.id;
        facts.journal_hash = entry.hash;
        if (is_entry_of(entry, scrutin, facts.sealed.seal.trustees, all)) facts.entries.push_back(entry);
    });
    facts.bundle = bundle;
    const PaperText text = minutes_text(facts);
    const web::Renderer renderer(office.settings().templates, election->edition, true);
    return MinutesFiles{text.html(renderer), text.pdf()};
}

util::Status write_minutes(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    const auto holders = read_holder_names(office, arguments);
    if (!scrutins) return scrutins.error();
    if (!holders) return holders.error();
    // A journal that somebody changed makes no minutes.
    if (const auto journal = check_journal(office); !journal) return journal.error();
    const std::filesystem::path folder = arguments.positional[0];
    std::filesystem::create_directories(folder);
    Stops stops;
    std::size_t written = 0;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state < domain::ScrutinState::sealed && !arguments.has("--scrutin")) continue;
        const auto files = make_minutes(office, scrutin, *holders);
        if (!files) {
            stops.add(files.error());
            continue;
        }
        util::replace_file(folder / (scrutin.code + ".pv.html"), files->html);
        util::replace_file(folder / (scrutin.code + ".pv.pdf"), files->pdf);
        record_alone(office, "minutes",
                     scrutin.code + " html=" + util::sha256_hex(files->html) + " pdf=" + util::sha256_hex(files->pdf));
        ++written;
    }
    if (written == 0 && stops.empty()) return refused("aucun des scrutins choisis n’est scellé");
    say(counted(written, "procès-verbal", "procès-verbaux") + " dans " + folder.string() +
        " : une page (.html) et un document à signer (.pdf) chacun ; leurs empreintes sont au journal des actes.");
    return stops.outcome();
}

}  // namespace scrutinctl
