// SPDX-License-Identifier: AGPL-3.0-or-later
// verify: our own check of an archive, stricter than any version of the reference tool. Needs no database.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <utility>

#include "auditor/commands.hpp"
#include "auditor/verify_words.hpp"
#include "cli/progress.hpp"
#include "cli/sentence.hpp"
#include "cli/small_file.hpp"
#include "crypto/archive/verify.hpp"
#include "crypto/log_end.hpp"
#include "util/bytes.hpp"

namespace auditor {

using namespace cli;

namespace {

// Why a name cannot be read, so that the auditor need not guess; empty when it can.
std::string_view why_closed(const std::filesystem::path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::directory) return "c’est un dossier ; donnez le fichier .bel lui-même";
    if (status.type() == std::filesystem::file_type::not_found) return "ce fichier n’existe pas";
    if (error) return "ce nom ne mène à aucun fichier, ou vous n’avez pas le droit de le suivre";
    if (status.type() != std::filesystem::file_type::regular) return "ce n’est pas un fichier ordinaire";
    return ::access(path.c_str(), R_OK) == 0 ? "" : "vous n’avez pas le droit de le lire";
}

// The verifier's sentence with the file's name as it was given, never put into French.
std::string unreadable_words(const std::string& text, const Arguments& arguments) {
    std::vector<std::string> names = arguments.all("--since");
    for (const std::string& name : arguments.all("--proofs")) names.push_back(name);
    names.push_back(arguments.positional[0]);
    std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    const std::string_view closed = "cannot read ";
    const std::size_t at = text.starts_with(closed) ? closed.size() : 0;
    for (const std::string& name : names) {
        if (name.empty() || !text.substr(at).starts_with(name)) continue;
        const std::string_view why = why_closed(name);
        return verify_words(text.substr(0, at)) + name + verify_words(text.substr(at + name.size())) +
               (why.empty() ? "" : " : " + std::string(why));
    }
    return verify_words(text);
}

// Fingerprints have one writing in the portal, 64 hexadecimal digits, and another in Belenios, 43 characters; both are taken and told.
std::string belenios_writing(const std::string& fingerprint) {
    const auto bytes = util::from_hex(fingerprint);
    return bytes && bytes->size() == 32 ? util::to_base64_unpadded(*bytes) : fingerprint;
}
std::string both_writings(const std::string& fingerprint) {
    const auto bytes = util::from_base64_unpadded(fingerprint);
    return bytes && bytes->size() == 32 ? util::to_hex(*bytes) + " (" + fingerprint + ")" : fingerprint;
}

// Against the end of the public log, where its two files stand beside the archive (crypto/log_end.hpp).
void compare_with_log(const std::filesystem::path& archive, crypto::VerifyReport& report) {
    if (report.unreadable || !report.all_passed() || !report.closed) return;
    const auto folder = archive.parent_path();
    const std::string name = crypto::checkpoint_name(report.uuid);
    const auto note = read_small_file(folder / name, 64 << 10);
    const auto seal = read_small_file(folder / crypto::seal_text_name(report.uuid), 8 << 20);
    if (!note || !seal) return;
    const auto fault = crypto::compare_log_end(report, *seal, *note);
    if (fault) report.failures.push_back({"public log", name, std::string(crypto::what_of(*fault)), ""});
    else report.remarks.push_back("the public log ended with these ballots, in this order");
}

// Exit codes of verify alone (see main.cpp): 1 for an archive that fails, 2 for a file that is none.
util::Status verdict(const crypto::VerifyReport& report, const Arguments& arguments) {
    if (report.unreadable)
        return util::failure(util::Fault::not_found, "archive illisible : " + unreadable_words(*report.unreadable, arguments));
    if (report.all_passed()) return util::Done{};
    return util::failure(util::Fault::forbidden,
                         counted(report.failures.size() + report.further_failures, "contrôle refusé", "contrôles refusés"));
}

}  // namespace

util::Status verify(const Arguments& arguments) {
    crypto::VerifyOptions options;
    const auto jobs = arguments.number("--jobs", 0, 0, 1024);
    if (!jobs) return jobs.error();
    options.jobs = static_cast<unsigned>(*jobs);
    if (const auto revotes = arguments.get("--revotes")) {
        if (*revotes != "admis" && *revotes != "refuses") return bad_input("--revotes : « admis » ou « refuses » est attendu");
        options.revotes = *revotes == "admis" ? crypto::Revotes::allowed : crypto::Revotes::refused;
    }
    if (const auto since = arguments.get("--since")) options.since = *since;
    if (const auto proofs = arguments.get("--proofs")) options.companion = *proofs;
    if (arguments.has("--attendance")) {
        const auto attendance = arguments.number("--attendance", 0, 0, 100'000'000);
        if (!attendance) return attendance.error();
        options.attendance = *attendance;
    }
    if (const auto fingerprint = arguments.get("--credentials")) options.credentials_fingerprint = belenios_writing(*fingerprint);
    options.trackers = arguments.all("--tracker");

    std::uint64_t seen = 0;
    std::optional<Progress> progress;
    crypto::VerifyReport report =
        crypto::verify_archive(arguments.positional[0], options, [&](std::uint64_t done, std::uint64_t total) {
            if (!progress) progress.emplace("Octets vérifiés", total);
            progress->advance(done - seen);
            seen = done;
        });
    progress.reset();
    compare_with_log(arguments.positional[0], report);
    if (arguments.has("--json")) {
        std::cout << crypto::to_json(report) << std::endl;
        return verdict(report, arguments);
    }
    if (report.unreadable) return verdict(report, arguments);
    if (!report.uuid.empty()) {  // empty: its Setup event could not be read
        say(report.name + " (" + report.group + ", " + report.uuid + ")");
        say("Électeurs : " + std::to_string(report.credentials) + " ; bulletins : " + std::to_string(report.ballots) +
            " ; comptés : " + std::to_string(report.counted) +
            (report.finished ? " ; résultat publié"
             : report.closed ? " ; vote clos"
                             : " ; vote en cours"));
    }
    if (report.second_proofs > 0) say("Secondes preuves : " + std::to_string(report.second_proofs));
    for (const auto& [label, hash] : {std::pair("Empreinte de l’élection", &report.fingerprint),
                                      std::pair("Empreinte de la liste des clés publiques", &report.credentials_fingerprint),
                                      std::pair("Dernier événement", &report.head)})
        if (!hash->empty()) say(std::string(label) + " : " + both_writings(*hash));
    for (std::size_t q = 0; q < report.result.size(); ++q) {
        for (std::size_t a = 0; a < report.result[q].size(); ++a) {
            const std::string& label = report.answers[q][a];
            say("  " + (label.empty() ? std::string("Vote blanc") : label) + " : " + std::to_string(report.result[q][a]));
        }
    }
    for (const std::string& remark : report.remarks) say("Remarque : " + verify_words(remark));
    for (const crypto::VerifyFailure& failure : report.failures) say("Refus : " + failure_line(failure));
    if (report.further_failures != 0)
        say("Refus : et " + counted(report.further_failures, "autre, non montré", "autres, non montrés"));
    if (report.all_passed()) say("all checks passed");  // the words of the reference tool
    return verdict(report, arguments);
}

}  // namespace auditor
