// SPDX-License-Identifier: AGPL-3.0-or-later
// import: reads the whole folder once to find every fault, and, if there is none, once more to store it in one transaction.
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "cli/passphrase.hpp"
#include "cli/progress.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/import_diff.hpp"
#include "scrutinctl/papers.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_audit.hpp"
#include "scrutinctl/store_import.hpp"
#include "scrutinctl/store_import_diff.hpp"
#include "scrutinctl/store_members.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "util/text.hpp"
#include "web/store.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;
constexpr std::size_t k_kinds_shown = 50;
constexpr std::size_t k_faults_kept = 1'000'000;  // with --all

// A name for the folder's content: the same files give the same one.
std::string digest_of(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::string lines;
    for (const fs::path& file : files) {
        lines += fs::relative(file, folder).string() + " " + util::sha256_hex(util::read_file(file).value_or("")) + "\n";
    }
    return util::sha256_hex(lines);
}

std::string number(std::uint64_t value) { return util::french_number(static_cast<long long>(value)); }

// By kind, or one by one.
util::Failure faults_of(const ImportFaults& faults, bool all) {
    std::string text = counted(faults.count(), "erreur", "erreurs") + " : rien n’est importé.";
    if (all) {
        for (const std::string& line : faults.lines()) text += "\n  " + line;
        if (faults.count() > faults.lines().size())
            text += "\n  … et " + number(faults.count() - faults.lines().size()) + " autres.";
        return bad_input(std::move(text));
    }
    const std::size_t shown = std::min(faults.kinds().size(), k_kinds_shown);
    std::uint64_t told = 0;
    bool grouped = false;
    for (std::size_t i = 0; i < shown; ++i) {
        const ImportFaults::Kind& kind = faults.kinds()[i];
        text += "\n  " + ImportFaults::sentence_of(kind);
        told += kind.count;
        grouped |= kind.count > ImportFaults::k_places;
    }
    if (faults.count() > told) text += "\n  … et " + number(faults.count() - told) + " autres.";
    if (grouped || faults.count() > told) text += "\n  --all les donne une par une.";
    return bad_input(std::move(text));
}

// Of the election that is there, not of the files: a demonstration's script has no keyboard and replaces nothing real.
util::Status confirm(db::Connection& db, std::vector<std::string> changes, const Arguments& arguments) {
    say("Par rapport à l’élection en base (NUMEN et dates de naissance ne sont pas comparés : cette commande ne les relit pas) :");
    if (changes.empty()) changes.push_back("Électeurs, scrutins et listes sont les mêmes.");
    for (const std::string& line : changes) say("  " + line);
    if (arguments.has("--yes")) return util::Done{};
    if (web::store::read_election(db).demonstration && ::isatty(STDIN_FILENO) == 0) return util::Done{};
    const auto answer = ask_line("Remplacer l’élection en base par ces fichiers ? Tapez oui : ",
                                 "donnez --yes pour remplacer l’élection en base sans question : il n’y a pas de clavier");
    if (!answer) return answer.error();
    return *answer == "oui" ? util::Status(util::Done{}) : refused("rien n’est importé");
}

// Académies whose electors cannot find a lost mailbox's password by themselves; « Poitiers, Rouen ».
std::string without_recovery(const ImportedElection& election) {
    std::string names;
    for (const Academie& academie : election.academies)
        if (academie.recovery_url.empty()) names += (names.empty() ? "" : ", ") + academie.name;
    return names;
}

}  // namespace

util::Status import(Office& office, const Arguments& arguments) {
    const fs::path folder = arguments.positional[0];
    if (!fs::is_directory(folder)) return bad_input("le dossier " + folder.string() + " n’existe pas");

    const ImportFiles files(folder, arguments.get("--encoding").value_or(""));
    if (!files.encoding.empty() && !is_encoding(files.encoding)) return bad_input("--encoding : un de " + std::string(k_encodings));
    const bool all = arguments.has("--all");
    ImportFaults faults(all ? k_faults_kept : 0);
    const ImportedElection election = read_election(files, faults);
    std::uint64_t electors = 0, inscriptions = 0;
    {
        Progress progress("Contrôle des électeurs", 0);
        electors = read_electors(files, election, faults, [&](const Elector& elector) {
            inscriptions += elector.rights.size();
            progress.advance();
        });
    }
    for (const std::string& remark : faults.remarks()) say("À voir : " + remark + ".");
    if (faults.count() > 0) return faults_of(faults, all);
    say("Contrôle : " + number(election.scrutins.size()) + " scrutins, " + number(electors) + " électeurs, " +
        number(inscriptions) + " inscriptions, aucune erreur.");
    if (const std::string names = without_recovery(election); !names.empty())
        say("Sans adresse de récupération du mot de passe de messagerie : " + names + ". La page d’aide y renvoie à l’assistance.");
    if (arguments.has("--dry-run")) {
        say("Essai à blanc : rien n’est écrit.");
        return util::Done{};
    }

    db::Connection& db = office.db();
    const std::string digest = digest_of(folder);
    if (store::last_audit_detail(db, "import").starts_with(digest)) {
        say("Ce dossier est déjà importé tel quel ; rien n’est changé.");
        return util::Done{};
    }
    if (const util::Status told = require_reason(office, election.demonstration); !told) return told;
    if (const std::string reason = store::why_frozen(db); !reason.empty()) return refused(reason);

    if (const auto guests = store::guest_addresses(db); !guests.empty()) {
        std::string taken;
        ImportFaults unread(0);
        read_electors(files, election, unread, [&](const Elector& elector) {
            if (std::find(guests.begin(), guests.end(), elector.email) != guests.end()) taken = elector.email;
        });
        if (!taken.empty())
            return refused(
                "l’adresse " + taken +
                " est celle d’un expert du bureau en ligne qui n’est pas électeur : une personne n’a qu’un espace, donnez-lui une autre adresse "
                "dans l’un des deux fichiers");
    }
    if (store::has_roll(db)) {
        ImportDiff diff(db);
        {
            ImportFaults again(0);
            Progress progress("Comparaison des électeurs", electors);
            read_electors(files, election, again, [&](const Elector& elector) {
                diff.see(elector);
                progress.advance();
            });
        }
        if (const util::Status sure = confirm(db, diff.lines(election), arguments); !sure) return sure;
    }

    const util::SecretText pepper = office.secret("numen_pepper");
    std::string summary;
    db.transaction([&] {
        store::clear_election(db);
        store::insert_election(db, election);
        store::RollWriter writer(db, election, pepper.view());
        Progress progress("Écriture des électeurs", electors);
        ImportFaults late(0);
        read_electors(files, election, late, [&](const Elector& elector) {
            writer.add(elector);
            progress.advance();
        });
        writer.finish();
        store::insert_delegates(db, election);
        summary.clear();
        const auto counts = store::count_rows(db);  // once: millions of rows are gone through
        for (const auto& [name, count] : counts) summary += (summary.empty() ? "" : ", ") + number(count) + " " + name;
        // The count printed is the count stored, and equals the count read; the files may have changed in between.
        const bool same = late.count() == 0 && counts[5].second == electors && counts[6].second == inscriptions;
        if (same) record(office, "import", digest + " " + summary);
        else summary.clear();
        return same;
    });
    if (summary.empty()) return bad_input("les fichiers ont changé pendant l’import : rien n’est écrit, recommencez");
    remove_logos_of_nobody(office);
    say("Importé : " + summary + ".");
    return util::Done{};
}

}  // namespace scrutinctl
