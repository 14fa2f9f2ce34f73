// SPDX-License-Identifier: AGPL-3.0-or-later
// import: reads the whole folder once to find every fault, and, if there is none, once more to store it in one transaction.
#include <algorithm>
#include <filesystem>

#include "cli/progress.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_audit.hpp"
#include "scrutinctl/store_import.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;
constexpr std::size_t k_faults_shown = 50;

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

util::Failure faults_of(const ImportFaults& faults) {
    std::string text = counted(faults.count(), "erreur", "erreurs") + " : rien n’est importé.";
    for (std::size_t i = 0; i < std::min(faults.lines().size(), k_faults_shown); ++i) text += "\n  " + faults.lines()[i];
    if (faults.count() > k_faults_shown) text += "\n  … et " + number(faults.count() - k_faults_shown) + " autres.";
    return bad_input(std::move(text));
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

    ImportFaults faults;
    const ImportedElection election = read_election(folder, faults);
    std::uint64_t electors = 0, inscriptions = 0;
    {
        Progress progress("Contrôle des électeurs", 0);
        electors = read_electors(folder, election, faults, [&](const Elector& elector) {
            inscriptions += elector.rights.size();
            progress.advance();
        });
    }
    if (faults.count() > 0) return faults_of(faults);
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

    const util::SecretText pepper = office.secret("numen_pepper");
    std::string summary;
    db.transaction([&] {
        store::clear_election(db);
        store::insert_election(db, election);
        store::RollWriter writer(db, election, pepper.view());
        Progress progress("Écriture des électeurs", electors);
        ImportFaults late;
        read_electors(folder, election, late, [&](const Elector& elector) {
            writer.add(elector);
            progress.advance();
        });
        writer.finish();
        store::insert_delegates(db, election);
        summary.clear();
        for (const auto& [name, count] : store::count_rows(db))
            summary += (summary.empty() ? "" : ", ") + number(count) + " " + name;
        // The count printed is the count stored, and equals the count read; the files may have changed in between.
        const bool same =
            late.count() == 0 && store::count_rows(db)[5].second == electors && store::count_rows(db)[6].second == inscriptions;
        if (same) record(office, "import", digest + " " + summary);
        else summary.clear();
        return same;
    });
    if (summary.empty()) return bad_input("les fichiers ont changé pendant l’import : rien n’est écrit, recommencez");
    say("Importé : " + summary + ".");
    return util::Done{};
}

}  // namespace scrutinctl
