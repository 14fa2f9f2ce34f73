// SPDX-License-Identifier: AGPL-3.0-or-later
// archive verify: an archive against an instance that its tables were put back into (modules/launcher/restore.sh makes one). Digests, rows, then all
// that proves itself: the journal, the seals, the public logs, the counts, the archives of ballots made anew. It reads, and changes nothing.
#include <unistd.h>

#include <system_error>

#include "auditor/commands.hpp"
#include "cli/progress.hpp"
#include "domain/proclamation.hpp"
#include "scrutinctl/archive_facts.hpp"
#include "scrutinctl/archive_file.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/count.hpp"
#include "scrutinctl/digest_list.hpp"
#include "scrutinctl/public_log.hpp"
#include "scrutinctl/store_audit.hpp"
#include "scrutinctl/table_file.hpp"
#include "util/bytes.hpp"
#include "util/digest.hpp"
#include "util/file.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;

// What differs, each said once; a stage that found something ends the verification, since what follows stands on it.
class ArchiveFaults {
public:
    void add(std::string sentence) { sentences_.push_back(std::move(sentence)); }
    void add(const util::Status& status) {
        if (!status) add(status.error().detail);
    }
    void want(bool holds, std::string sentence) {
        if (!holds) add(std::move(sentence));
    }
    bool none() const { return sentences_.empty(); }
    util::Failure failure() const {
        std::string text = counted(sentences_.size(), "différence dans l’archive :", "différences dans l’archive :");
        for (const std::string& sentence : sentences_) text += "\n  Refus : " + sentence;
        return refused(text);
    }

private:
    std::vector<std::string> sentences_;
};

// A folder of this process, gone with it.
class WorkFolder {
public:
    WorkFolder() {
        std::string name = (fs::temp_directory_path() / "portail-archive.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
        path_ = name;
    }
    ~WorkFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

void compare_rows(Office& office, const fs::path& folder, const ArchiveFacts& facts, ArchiveFaults& faults) {
    const auto tables = store::kept_tables();
    for (const store::KeptTable& table : tables) {
        const std::string name(table.name);
        const auto same = compare_table(office.db(), table, folder / k_archive_tables / (name + ".tsv"));
        const auto told = facts.tables.find(name);
        if (!same) faults.add(same.error().detail);
        else if (told == facts.tables.end() || told->second != *same)
            faults.add("table " + name + " : " + counted(*same, "ligne", "lignes") + ", archive.txt en dit " +
                       (told == facts.tables.end() ? "rien" : std::to_string(told->second)));
    }
    faults.want(facts.tables.size() == tables.size(), "archive.txt ne nomme pas les tables de cette version");
}

void compare_counts(Office& office, const store::Scrutin& scrutin, const ArchiveFacts& facts, ArchiveFaults& faults) {
    const auto counts = store::attendance(office.db(), scrutin.id);
    const auto told = facts.scrutins.find(scrutin.code);
    const ArchiveFacts::Counts found{scrutin.state_word(), counts.inscrits, counts.emargements, counts.ballots};
    faults.want(told != facts.scrutins.end() && told->second == found,
                "scrutin " + scrutin.code + " : inscrits, émargements ou bulletins ne sont pas ceux d’archive.txt");
}

// The proclaimed text is the journal's and the bundle's; the figures shown are its own.
void compare_result(Office& office, const store::Scrutin& scrutin, const fs::path& bundle, ArchiveFaults& faults) {
    const std::string which = "scrutin " + scrutin.code + " : ";
    const auto stored = store::find_proclamation(office.db(), scrutin.id);
    const auto text = stored ? domain::read_proclamation(stored->text) : std::nullopt;
    if (!stored || !text) return faults.add(which + "sa proclamation manque ou ne se lit pas");
    const std::string entry = store::first_audit_detail(office.db(), "proclaim", scrutin.code);
    faults.want(util::sha256_hex(stored->text) == stored->digest &&
                    entry.find(" proclamation=" + stored->digest) != std::string::npos,
                which + "sa proclamation n’est pas celle du journal des actes");
    faults.want(util::read_file(bundle / "proclamation.txt") == stored->text,
                which + "sa proclamation n’est pas celle de son dossier");
    const auto shown = store::shown_result(office.db(), scrutin.id);
    bool same = shown && shown->inscrits == text->inscrits && shown->votants == text->votants && shown->blancs == text->blancs &&
                shown->exprimes == text->exprimes && shown->lists.size() == text->lists.size();
    for (std::size_t i = 0; same && i < text->lists.size(); ++i)
        same = shown->lists[i].votes == text->lists[i].votes && shown->lists[i].seats == text->lists[i].seats;
    faults.want(same, which + "les résultats de la base ne sont pas ceux de sa proclamation");
    const auto counts = store::attendance(office.db(), scrutin.id);
    faults.want(text->inscrits == counts.inscrits && text->votants == counts.emargements,
                which + "inscrits ou votants proclamés ne sont pas ceux de la liste et des émargements");
}

// The archive of ballots, made anew from the tables that were put back, is the bundle's, byte for byte.
void compare_ballots(Office& office, const store::Scrutin& scrutin, const SealKeeper::Sealed& sealed, const fs::path& bundle,
                     ArchiveFaults& faults) {
    const WorkFolder work;
    const auto archive = write_archive(office, scrutin, sealed, work.path());
    if (!archive) return faults.add(archive.error().detail);
    const auto made = util::sha256_hex_of_file(archive->path);
    faults.want(made && made == util::sha256_hex_of_file(bundle / "archive" / archive->path.filename()),
                "scrutin " + scrutin.code + " : l’archive refaite à partir des tables n’est pas celle de son dossier");
}

void replay_scrutin(Office& office, SealKeeper& keeper, const store::Scrutin& scrutin, const fs::path& bundle,
                    ArchiveFaults& faults) {
    const auto sealed = keeper.require_tables(scrutin);
    if (!sealed) return faults.add(sealed.error().detail);
    faults.add(check_public_log(office, scrutin, sealed->seal.log_key));
    if (scrutin.stop.is_annulled()) return;
    faults.add(check_counters(office, scrutin));
    compare_result(office, scrutin, bundle, faults);
    compare_ballots(office, scrutin, *sealed, bundle, faults);
}

// The bundle is the one that the journal has the digest of, and what it holds verifies.
void check_one_bundle(Office& office, const store::Scrutin& scrutin, const fs::path& bundle, ArchiveFaults& faults) {
    const auto digest = util::sha256_hex_of_file(bundle / k_digest_list);
    bool noted = false;
    for (const store::NotedAct& act : store::acts_of(office.db(), "bundle"))
        noted = noted || (digest && act.detail.starts_with(scrutin.code + " " + *digest));
    faults.want(noted, "scrutin " + scrutin.code + " : son dossier n’est pas un de ceux dont le journal a l’empreinte");
    Arguments check;
    check.positional = {bundle.string()};
    if (!auditor::check_bundle(check))
        faults.add("scrutin " + scrutin.code + " : son dossier ne se vérifie pas (« Refus » ci-dessus)");
}

}  // namespace

util::Status archive_verify(Office& office, const Arguments& arguments) {
    const fs::path folder = arguments.positional[0];
    const auto facts = read_archive_facts(folder);
    if (!facts) return facts.error();
    const std::string digest = util::sha256_hex_of_file(folder / k_digest_list).value_or("");
    ArchiveFaults faults;
    if (const auto wanted = arguments.get("--digest")) faults.want(*wanted == digest, "ce n’est pas l’archive de --digest");
    for (std::string& sentence : compare_digests(folder)) faults.add(std::move(sentence));
    if (!faults.none()) return faults.failure();
    faults.want(office.settings().base_url == facts->base_url && office.secret("log_public_key").view() == facts->log_public_key,
                "l’instance n’a pas l’adresse ou la clé du journal qu’archive.txt nomme");
    compare_rows(office, folder, *facts, faults);
    const std::vector<store::Scrutin> scrutins = store::scrutins(office.db());
    for (const store::Scrutin& scrutin : scrutins) compare_counts(office, scrutin, *facts, faults);
    faults.want(!scrutins.empty() && scrutins.size() == facts->scrutins.size(), "archive.txt ne nomme pas les scrutins de la base");
    if (!faults.none()) return faults.failure();
    say("Empreintes et lignes : celles de l’archive.");
    const auto journal = check_journal(office);
    if (!journal) faults.add(journal.error().detail);
    SealKeeper keeper(office);
    for (const store::Scrutin& scrutin : scrutins)
        replay_scrutin(office, keeper, scrutin, folder / k_archive_scrutins / scrutin.code, faults);
    faults.add(keeper.require_election());
    if (!faults.none()) return faults.failure();
    say("Journal des actes (" + counted(journal->entries, "entrée", "entrées") +
        "), scellements, journaux publics, urnes, émargements et résultats : tout concorde.");
    {
        Progress progress("Dossiers des scrutins", scrutins.size());
        for (const store::Scrutin& scrutin : scrutins) {
            if (!scrutin.stop.is_annulled()) check_one_bundle(office, scrutin, folder / k_archive_scrutins / scrutin.code, faults);
            progress.advance();
        }
    }
    if (!faults.none()) return faults.failure();
    say("Archive vérifiée : " + counted(scrutins.size(), "scrutin", "scrutins") + ". EMPREINTE   " + digest);
    return util::Done{};
}

}  // namespace scrutinctl
