// SPDX-License-Identifier: AGPL-3.0-or-later
// verify: our own check of an archive, stricter than any version of the reference tool. Needs no database.
#include <iostream>

#include "crypto/verify.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/progress.hpp"
#include "scrutinctl/verify_words.hpp"

namespace scrutinctl {

namespace {

// Exit codes of verify alone (see main.cpp): 1 for an archive that fails, 2 for a file that is none.
util::Status verdict(const crypto::VerifyReport& report) {
    if (report.unreadable) return util::failure(util::Fault::not_found, "archive illisible : " + verify_words(*report.unreadable));
    if (report.all_passed()) return util::Done{};
    return util::failure(util::Fault::forbidden, counted(report.failures.size() + report.further_failures, "contrôle refusé",
                                                         "contrôles refusés"));
}

}  // namespace

util::Status verify(Office&, const Arguments& arguments) {
    crypto::VerifyOptions options;
    const auto jobs = arguments.number("--jobs", 0, 0, 1024);
    if (!jobs) return jobs.error();
    options.jobs = static_cast<unsigned>(*jobs);
    if (const auto revotes = arguments.get("--revotes")) {
        if (*revotes != "admis" && *revotes != "refuses") return bad_input("--revotes : « admis » ou « refuses » est attendu");
        options.revotes = *revotes == "admis" ? crypto::Revotes::allowed : crypto::Revotes::refused;
    }
    if (const auto since = arguments.get("--since")) options.since = *since;
    if (arguments.has("--attendance")) {
        const auto attendance = arguments.number("--attendance", 0, 0, 100'000'000);
        if (!attendance) return attendance.error();
        options.attendance = *attendance;
    }
    if (const auto fingerprint = arguments.get("--credentials")) options.credentials_fingerprint = *fingerprint;
    options.trackers = arguments.all("--tracker");

    std::uint64_t seen = 0;
    std::optional<Progress> progress;
    const crypto::VerifyReport report =
        crypto::verify_archive(arguments.positional[0], options, [&](std::uint64_t done, std::uint64_t total) {
            if (!progress) progress.emplace("Octets vérifiés", total);
            progress->advance(done - seen);
            seen = done;
        });
    progress.reset();
    if (arguments.has("--json")) {
        std::cout << crypto::to_json(report) << std::endl;
        return verdict(report);
    }
    if (report.unreadable) return verdict(report);
    say(report.name + " (" + report.group + ", " + report.uuid + ")");
    say("Électeurs : " + std::to_string(report.credentials) + " ; bulletins : " + std::to_string(report.ballots) +
        " ; comptés : " + std::to_string(report.counted) +
        (report.finished ? " ; résultat publié"
         : report.closed ? " ; vote clos"
                         : " ; vote en cours"));
    say("Empreinte de l’élection : " + report.fingerprint);
    say("Dernier événement : " + report.head);
    for (std::size_t q = 0; q < report.result.size(); ++q) {
        for (std::size_t a = 0; a < report.result[q].size(); ++a) {
            const std::string& label = report.answers[q][a];
            say("  " + (label.empty() ? std::string("Vote blanc") : label) + " : " + std::to_string(report.result[q][a]));
        }
    }
    for (const std::string& remark : report.remarks) say("Remarque : " + verify_words(remark));
    for (const crypto::VerifyFailure& failure : report.failures) say("Refus : " + failure_line(failure));
    if (report.all_passed()) say("all checks passed");  // the words of the reference tool
    return verdict(report);
}

}  // namespace scrutinctl
