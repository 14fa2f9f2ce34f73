// SPDX-License-Identifier: AGPL-3.0-or-later
// bundle: everything that a scrutin left, checked in one folder without a network: each file by its digest, the archive with its second proofs
// and the end of its public log, the text of the seal, the chain of the journal and its signature, and that minutes and proclamation say what
// the archive proves. What the journal's chain hashes is written here anew, from its description, and not taken from the office's code.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "auditor/bundle_texts.hpp"
#include "auditor/commands.hpp"
#include "auditor/sealed_facts.hpp"
#include "cli/progress.hpp"
#include "cli/sentence.hpp"
#include "cli/small_file.hpp"
#include "crypto/archive/verify.hpp"
#include "crypto/log_end.hpp"
#include "crypto/protocol.hpp"
#include "util/bytes.hpp"
#include "util/digest.hpp"
#include "util/text.hpp"

namespace auditor {

using namespace cli;

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t k_most_page = 64 << 20, k_most_journal = std::uintmax_t{1} << 30;
constexpr std::string_view k_list = "SHA256SUMS";

// What does not hold, all of it.
class Findings {
public:
    void add(const std::string& sentence) { sentences_.push_back(sentence); }
    void want(bool holds, const std::string& sentence) {
        if (!holds) add(sentence);
    }
    bool none() const { return sentences_.empty(); }
    std::size_t count() const { return sentences_.size(); }
    void say_all() const {
        for (const std::string& sentence : sentences_) say("Refus : " + util::printable(sentence, 1000));
    }

private:
    std::vector<std::string> sentences_;
};

std::string read_text(const fs::path& path, std::uintmax_t most, Findings& found) {
    auto text = read_small_file(path, most);
    if (!text) found.add(path.filename().string() + " manque ou ne se lit pas");
    return std::move(text).value_or("");
}

// Every file is in the list, once, with its digest, and every line has its file.
void check_digests(const fs::path& folder, const std::string& list, Findings& found) {
    std::map<std::string, std::string> listed;
    for (const std::string& line : util::split(list, '\n')) {
        if (line.empty()) continue;
        const bool is_line = line.size() > 66 && line.substr(64, 2) == "  " && util::from_hex(line.substr(0, 64)).has_value();
        if (!is_line || !listed.emplace(line.substr(66), line.substr(0, 64)).second)
            found.add("SHA256SUMS : une ligne n’en est pas une, ou vient deux fois");
    }
    found.want(list.empty() || list.ends_with('\n'), "SHA256SUMS : il est coupé");
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_directory() && !entry.is_symlink()) continue;
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        if (name == k_list) continue;
        const auto line = listed.find(name);
        if (line == listed.end() || !entry.is_regular_file() || entry.is_symlink()) {
            found.add(name + " n’est pas dans SHA256SUMS, ou n’est pas un fichier ordinaire");
            continue;
        }
        found.want(util::sha256_hex_of_file(entry.path()) == line->second, name + " n’a pas l’empreinte que SHA256SUMS lui donne");
        listed.erase(line);
    }
    for (const auto& [name, digest] : listed) found.add(name + " est dans SHA256SUMS et n’est pas là");
}

// The one archive of the folder.
fs::path find_archive(const fs::path& folder, Findings& found) {
    std::vector<fs::path> archives;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder / "archive", error))
        if (entry.path().extension() == ".bel") archives.push_back(entry.path());
    found.want(archives.size() == 1, "archive/ : une archive .bel est attendue");
    return archives.size() == 1 ? archives.front() : fs::path();
}

crypto::VerifyReport check_archive(const fs::path& path, Findings& found) {
    std::uint64_t seen = 0;
    std::optional<Progress> progress;
    crypto::VerifyReport report = crypto::verify_archive(path, {}, [&](std::uint64_t done, std::uint64_t total) {
        if (!progress) progress.emplace("Octets vérifiés", total);
        progress->advance(done - seen);
        seen = done;
    });
    progress.reset();
    if (report.unreadable) found.add("archive illisible");
    for (const auto& failure : report.failures) found.add("archive : " + crypto::to_line(failure));
    found.want(report.unreadable || report.finished, "archive : le résultat n’y est pas");
    if (!report.unreadable)
        found.want(report.second_proofs > 0 || !report.rules.bound_decryption, "archive : ses secondes preuves manquent");
    return report;
}

// The proclamation says what the archive proves: blank first, then the lists in their order.
void compare_result(const crypto::VerifyReport& report, const Proclaimed& result, Findings& found) {
    if (report.result.size() != 1 || report.result.front().size() != result.lists.size() + 1) {
        found.add("proclamation.txt n’a pas autant de listes que l’archive");
        return;
    }
    const auto& votes = report.result.front();
    found.want(votes.front() == result.blancs, "proclamation.txt : les blancs ne sont pas ceux de l’archive");
    std::uint64_t valid = 0;
    for (std::size_t i = 0; i < result.lists.size(); ++i) {
        found.want(votes[i + 1] == result.lists[i].votes,
                   "proclamation.txt : les voix de la liste " + std::to_string(i + 1) + " ne sont pas celles de l’archive");
        found.want(report.answers.size() == 1 && report.answers.front().size() > i + 1 &&
                       report.answers.front()[i + 1] == result.lists[i].name,
                   "proclamation.txt : la liste " + std::to_string(i + 1) + " n’a pas le nom que l’archive lui donne");
        valid += result.lists[i].votes;
    }
    found.want(result.votants == report.counted && result.exprimes == valid && result.blancs + valid == result.votants &&
                   result.inscrits == report.credentials,
               "proclamation.txt : inscrits, votants ou exprimés ne sont pas ceux de l’archive");
}

// The minutes' tables have the proclamation's figures.
void compare_minutes(const std::string& page, const Proclaimed& result, Findings& found) {
    const auto rows = table_rows(page);
    const auto has = [&](const std::vector<std::string>& start) {
        return std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
            return row.size() >= start.size() && std::equal(start.begin(), start.end(), row.begin());
        });
    };
    const auto figure = [](std::uint64_t value) { return util::french_number(static_cast<long long>(value)); };
    const std::vector<std::pair<std::string, std::uint64_t>> counts{
        {"Inscrits", result.inscrits},           {"Votants", result.votants},     {"Votes blancs", result.blancs},
        {"Suffrages exprimés", result.exprimes}, {"Émargements", result.votants}, {"Bulletins dans l’urne", result.votants}};
    for (const auto& [what, value] : counts)
        found.want(has({what, figure(value)}), "proces-verbal.html : « " + what + " » n’est pas " + figure(value));
    for (std::size_t i = 0; i < result.lists.size(); ++i) {
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& one) {
            return one.size() == 5 && one[0] == std::to_string(i + 1) && one[1] == result.lists[i].name &&
                   one[2] == figure(result.lists[i].votes) && one[4] == figure(result.lists[i].seats);
        });
        found.want(row != rows.end(), "proces-verbal.html : voix ou sièges de la liste " + std::to_string(i + 1) +
                                          " ne sont pas ceux de la proclamation");
    }
}

void check_journal_file(const fs::path& folder, const SealedFacts& facts, const std::string& proclamation,
                        const std::string& archive, Findings& found) {
    const std::string text = read_text(folder / "journal.txt", k_most_journal, found);
    const std::string note = read_text(folder / "journal.checkpoint", 64 << 10, found);
    const auto journal = read_journal(text);
    if (!journal.fault.empty()) found.add("journal.txt : " + journal.fault);
    // How many entries stand up to the one that says it; 0: none does.
    const auto place_of = [&](std::string_view action, const std::string& what) -> std::size_t {
        const auto entry = std::find_if(journal.entries.begin(), journal.entries.end(), [&](const JournalLine& line) {
            return line.action == action && line.detail.starts_with(facts.code + " ") &&
                   line.detail.find(what) != std::string::npos;
        });
        return entry == journal.entries.end() ? 0 : static_cast<std::size_t>(entry - journal.entries.begin()) + 1;
    };
    const std::size_t proclaimed = place_of("proclaim", " proclamation=" + util::sha256_hex(proclamation));
    found.want(place_of("seal", " election=" + facts.fingerprint) > 0,
               "journal.txt : le scellement n’y est pas celui de l’élection");
    found.want(place_of("tally", " archive=" + archive) > 0, "journal.txt : l’archive dépouillée n’est pas celle-ci");
    found.want(proclaimed > 0, "journal.txt : la proclamation n’y est pas celle-ci");
    const auto fault = compare_journal_head(journal, note, facts.log_key, proclaimed);
    if (!fault.empty()) found.add("journal.checkpoint : " + fault);
}

}  // namespace

util::Status check_bundle(const Arguments& arguments) {
    const fs::path folder = arguments.positional[0];
    const auto list = read_small_file(folder / k_list, k_most_page);
    if (!list)
        return util::failure(util::Fault::not_found,
                             folder.string() + " : ce dossier n’a pas de liste SHA256SUMS, ou elle ne se lit pas");
    Findings found;
    const std::string digest = util::sha256_hex(*list);
    if (const auto wanted = arguments.get("--digest"); wanted && *wanted != digest)
        found.add("SHA256SUMS n’a pas l’empreinte donnée par --digest");
    check_digests(folder, *list, found);

    const fs::path archive = find_archive(folder, found);
    const std::string proclamation = read_text(folder / "proclamation.txt", k_most_page, found);
    const std::string page = read_text(folder / "proces-verbal.html", k_most_page, found);
    const auto result = read_proclaimed(proclamation);
    if (!result) found.add("proclamation.txt ne se lit pas");
    const auto source = Source::of((folder / "scellement").string());
    const auto facts =
        source ? read_sealed(*source, "", arguments.get("--fingerprint")) : util::Result<SealedFacts>(source.error());
    if (!facts) found.add("scellement/ : " + facts.error().detail);
    if (facts) {
        const std::string programs = read_text(folder / "programmes.txt", k_most_page, found);
        found.want(util::sha256_hex(programs) == facts->programs, "programmes.txt n’est pas la liste scellée");
    }
    if (!archive.empty()) {
        const crypto::VerifyReport report = check_archive(archive, found);
        const std::string archive_digest = util::sha256_hex_of_file(archive).value_or("");
        if (!report.unreadable && facts) {
            found.want(report.election == facts->election, "l’archive n’est pas celle de l’élection scellée");
            const std::string seal = read_text(folder / "scellement/texte", k_most_page, found);
            const std::string note = read_text(archive.parent_path() / crypto::checkpoint_name(report.uuid), 64 << 10, found);
            if (report.all_passed() && report.closed)
                if (const auto fault = crypto::compare_log_end(report, seal, note))
                    found.add("journal public : " + std::string(crypto::what_of(*fault)));
            check_journal_file(folder, *facts, proclamation, archive_digest, found);
        }
        if (result && !report.unreadable) {
            compare_result(report, *result, found);
            found.want(result->archive == archive_digest, "proclamation.txt nomme une autre archive");
            found.want(!facts || (result->code == facts->code && result->uuid == facts->uuid),
                       "proclamation.txt est d’un autre scrutin");
        }
        if (result) compare_minutes(page, *result, found);
    }
    found.say_all();
    if (facts) say("Empreinte de l’élection, à comparer avec l’affiche : " + facts->fingerprint);
    say("Empreinte du dossier (SHA-256 de SHA256SUMS), à comparer avec celle qui fut annoncée : " + digest);
    if (!found.none()) return util::failure(util::Fault::forbidden, counted(found.count(), "contrôle refusé", "contrôles refusés"));
    say("all checks passed");
    return util::Done{};
}

}  // namespace auditor
