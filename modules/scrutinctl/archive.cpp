// SPDX-License-Identifier: AGPL-3.0-or-later
// archive: what the law has kept for two years (CGFP, R211-580), in one private folder: each scrutin's bundle, the tables of both databases, and
// the files that the office adds (sources, backups). It has its name once it is whole; stopped anywhere, it is gone on with. Also until when it
// is kept, and its destruction, both in the journal of acts.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "domain/local_time.hpp"
#include "scrutinctl/archive_facts.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/bundle.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/digest_list.hpp"
#include "scrutinctl/office_turn.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/stops.hpp"
#include "scrutinctl/table_file.hpp"
#include "util/digest.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_digest_digits = 64;

constexpr const char* k_archive_words =
    "Archive d’une élection (CGFP, article R211-580), à conserver sous scellés. Elle nomme les électeurs et dit qui a voté : elle ne se publie pas.\n\n"
    "  archive.txt   de quelle élection, jusqu’à quand elle se conserve, et tous les nombres\n"
    "  scrutins/     le dossier de chaque scrutin ; son LISEZMOI.txt dit ce qu’il contient et comment le vérifier\n"
    "  tables/       les tables des deux bases : listes électorales et leurs changements, candidatures, réclamations et demandes d’assistance avec leurs\n"
    "                réponses, lots de notices, codes refaits, émargements, urne, journaux, scellements, résultats\n"
    "  pieces/       ce que le bureau des élections y a joint : sources, sauvegardes\n"
    "  SHA256SUMS    l’empreinte de chaque fichier\n\n"
    "Vérifier sans le portail :   sha256sum -c SHA256SUMS ; scrutin-verify bundle scrutins/CODE\n"
    "Tout remettre dans un serveur d’essai et tout rejouer, depuis les sources :   modules/launcher/restore.sh CE-DOSSIER --digest EMPREINTE\n\n"
    "Tables et colonnes qui n’y sont pas, et pourquoi :\n";

std::string archive_words() {
    std::string words = k_archive_words;
    for (const store::LeftOut& left : store::left_out())
        words += "  " + std::string(left.name) + " : " + std::string(left.reason) + "\n";
    return words;
}

// Everything that is to be in the archive can be had now.
util::Status check_archivable(Office& office, const std::vector<store::Scrutin>& scrutins) {
    Stops stops;
    for (const store::Scrutin& scrutin : scrutins) {
        if (scrutin.state < domain::ScrutinState::proclaimed && !scrutin.stop.is_annulled())
            stops.add(refused("scrutin " + scrutin.code + " : pas encore proclamé, pas d’archive"));
        else if (const auto counts = store::attendance(office.db(), scrutin.id); counts.waiting > 0)
            stops.add(refused("scrutin " + scrutin.code + " : " +
                              counted(counts.waiting, "bulletin attend", "bulletins attendent") + " encore d’entrer dans l’urne"));
    }
    return stops.outcome();
}

util::Status copy_pieces(const Arguments& arguments, const fs::path& folder) {
    fs::remove_all(folder);
    for (const std::string& piece : arguments.all("--piece")) {
        const fs::path from(piece), to = folder / from.filename();
        if (!fs::is_regular_file(from)) return bad_input("--piece " + piece + " : ce n’est pas un fichier");
        if (util::is_taken(to)) return bad_input("--piece " + piece + " : deux pièces du même nom");
        fs::create_directories(folder);
        fs::copy_file(from, to);
    }
    return util::Done{};
}

// A bundle has its name once it was verified: those of a run that was stopped stay.
util::Status write_bundles(Office& office, const std::vector<store::Scrutin>& scrutins, const HolderNames& holders,
                           const fs::path& out) {
    fs::create_directories(out);
    std::size_t there = 0;
    for (const store::Scrutin& scrutin : scrutins) {
        if (scrutin.stop.is_annulled()) say("Scrutin " + scrutin.code + " : annulé, jamais dépouillé ; ses tables seulement.");
        else if (fs::exists(out / scrutin.code)) ++there;
        else if (const util::Status made = make_bundle(office, scrutin, holders, out); !made) return made;
    }
    if (there > 0) say(counted(there, "dossier était déjà fait", "dossiers étaient déjà faits") + " : l’archive continue.");
    return util::Done{};
}

ArchiveFacts write_tables(Office& office, const store::Election& election, const std::vector<store::Scrutin>& scrutins,
                          const fs::path& folder) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    ArchiveFacts facts;
    facts.title = election.title;
    facts.base_url = office.settings().base_url;
    facts.log_public_key = office.secret("log_public_key").view();
    facts.schema = store::schema_version(office.db()).version;
    for (const store::KeptTable& table : store::kept_tables()) {
        const std::string name(table.name);
        facts.tables[name] = write_table(office.db(), table, folder / (name + ".tsv"));
    }
    for (const store::Scrutin& scrutin : scrutins) {
        const auto counts = store::attendance(office.db(), scrutin.id);
        facts.scrutins[scrutin.code] = {scrutin.state_word(), counts.inscrits, counts.emargements, counts.ballots};
    }
    return facts;
}

void make_private(const fs::path& folder) {
    fs::permissions(folder, fs::perms::owner_all);
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        fs::permissions(entry.path(), entry.is_directory() ? fs::perms::owner_all : fs::perms::owner_read | fs::perms::owner_write);
}

// Before the name is given: a power cut afterwards finds the files whole.
void bring_to_disk(const fs::path& folder) {
    const int place = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = place >= 0 && ::syncfs(place) == 0;
    if (place >= 0) ::close(place);
    if (!synced) throw std::runtime_error(folder.string() + " : le disque refuse d’écrire");
}

// Two years from the last proclamation; of an election that was annulled whole, from its last annulment.
util::Result<util::Instant> archive_kept_until(Office& office, const std::vector<store::Scrutin>& scrutins) {
    std::optional<util::Instant> last = store::last_proclaimed_at(office.db());
    for (const store::Scrutin& scrutin : scrutins) {
        if (scrutin.stop.is_annulled()) last = last ? std::max(*last, scrutin.stop.since()) : scrutin.stop.since();
        else if (scrutin.state < domain::ScrutinState::proclaimed)
            return refused("scrutin " + scrutin.code + " : pas encore proclamé : la conservation n’a pas commencé");
    }
    if (!last) return refused("rien n’est encore proclamé : la conservation n’a pas commencé");
    return kept_until(*last);
}

}  // namespace

util::Status archive(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    if (!election) return election.error();
    const auto scrutins = chosen_scrutins(office, {});
    const auto holders = read_holder_names(office, arguments);
    if (!scrutins) return scrutins.error();
    if (!holders) return holders.error();
    fs::path folder = fs::path(arguments.positional[0]).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    if (util::is_taken(folder))
        return refused(folder.string() + " existe déjà : une archive n’est jamais changée ; donnez un autre nom");
    if (const util::Status ready = check_archivable(office, *scrutins); !ready) return ready;
    if (const auto journal = check_journal(office); !journal) return journal.error();
    const auto until = archive_kept_until(office, *scrutins);
    if (!until) return until.error();
    const fs::path beside = folder.string() + ".en-cours";
    fs::create_directories(beside);
    fs::permissions(beside, fs::perms::owner_all);
    if (const util::Status copied = copy_pieces(arguments, beside / "pieces"); !copied) return copied;
    if (const util::Status made = write_bundles(office, *scrutins, *holders, beside / k_archive_scrutins); !made) return made;
    ArchiveFacts facts = write_tables(office, *election, *scrutins, beside / k_archive_tables);
    facts.kept_until = util::to_sql(*until);
    util::replace_file(beside / k_archive_facts, write_archive_facts(facts), /*secret=*/true);
    util::replace_file(beside / "LISEZMOI.txt", archive_words(), /*secret=*/true);
    util::replace_file(beside / k_digest_list, list_digests(beside), /*secret=*/true);
    make_private(beside);
    bring_to_disk(beside);
    const std::string digest = util::sha256_hex_of_file(beside / k_digest_list).value_or("");
    std::uint64_t rows = 0;
    for (const auto& [name, count] : facts.tables) rows += count;
    record_alone(office, "archive",
                 digest + " " + counted(scrutins->size(), "scrutin", "scrutins") + ", " + counted(rows, "ligne", "lignes"));
    fs::rename(beside, folder);
    bring_to_disk(folder);
    say(folder.string() + " : " + counted(scrutins->size(), "scrutin", "scrutins") + ", " +
        counted(facts.tables.size(), "table", "tables") + ", " + counted(rows, "ligne", "lignes") + ".");
    say("À conserver sous scellés jusqu’au " + domain::paris_date(*until) + ", ou jusqu’à la décision définitive du juge.");
    say("    EMPREINTE DE L’ARCHIVE, à porter au procès-verbal :   " + digest);
    return util::Done{};
}

util::Status archive_show(Office& office, const Arguments&) {
    const auto scrutins = chosen_scrutins(office, {});
    if (!scrutins) return scrutins.error();
    const auto until = archive_kept_until(office, *scrutins);
    if (!until) return until.error();
    const auto destroyed = store::acts_of(office.db(), "archive-destroyed");
    std::size_t kept = 0;
    for (const store::NotedAct& made : store::acts_of(office.db(), "archive")) {
        const std::string digest = made.detail.substr(0, k_digest_digits);
        say(domain::paris_full(made.at) + "  archive " + digest + " (" + made.actor + ")");
        const auto end =
            std::find_if(destroyed.begin(), destroyed.end(), [&](const auto& one) { return one.detail.starts_with(digest); });
        if (end == destroyed.end()) ++kept;
        else say("    détruite " + domain::paris_full(end->at) + end->detail.substr(k_digest_digits) + " (" + end->actor + ")");
    }
    const bool is_due = hour_of_acts(office) >= *until;
    say(counted(kept, "archive", "archives") + " à conserver jusqu’au " + domain::paris_date(*until) +
        (is_due ? ", date passée : à détruire devant témoin, sauf contestation en cours (« scrutinctl archive destroyed »)."
                : " (deux ans), ou jusqu’à la décision définitive du juge ; à détruire ensuite."));
    return util::Done{};
}

util::Status archive_destroyed(Office& office, const Arguments& arguments) {
    const std::string& digest = arguments.positional[0];
    const std::string witness(util::trim(arguments.get("--temoin").value_or("")));
    if (witness.empty() || !util::is_printable_line(witness, 160))
        return bad_input("--temoin NOM est attendu : une destruction se fait devant quelqu’un, que le journal nomme");
    const auto election = the_election(office);
    if (!election) return election.error();
    const auto scrutins = chosen_scrutins(office, {});
    if (!scrutins) return scrutins.error();
    const auto is_of = [&](const store::NotedAct& act) {
        return digest.size() == k_digest_digits && act.detail.starts_with(digest);
    };
    const auto made = store::acts_of(office.db(), "archive"), destroyed = store::acts_of(office.db(), "archive-destroyed");
    if (std::none_of(made.begin(), made.end(), is_of))
        return util::failure(util::Fault::not_found,
                             "le journal n’a pas d’archive de cette empreinte (64 chiffres ; « scrutinctl archive show »)");
    if (std::any_of(destroyed.begin(), destroyed.end(), is_of)) {
        say("La destruction de cette archive est déjà au journal ; rien n’est ajouté.");
        return util::Done{};
    }
    const auto until = archive_kept_until(office, *scrutins);
    if (!until) return until.error();
    if (hour_of_acts(office) < *until && !election->demonstration)
        return refused("cette archive se conserve jusqu’au " + domain::paris_date(*until) + " (CGFP, R211-580) : rien n’est noté");
    record_alone(office, "archive-destroyed", digest + " ; devant " + witness);
    say("Noté au journal des actes : archive détruite devant " + witness + ".");
    return util::Done{};
}

}  // namespace scrutinctl
