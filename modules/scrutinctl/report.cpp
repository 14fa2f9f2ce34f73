// SPDX-License-Identifier: AGPL-3.0-or-later
// schema check, status, participation, reassort report: they read, and change nothing.
#include <cstdio>

#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_count.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

std::string number(std::uint64_t value) { return util::french_number(static_cast<long long>(value)); }

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t length = util::count_code_points(text);
    return length < width ? text + std::string(width - length, ' ') : text + " ";
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return "–";
    const std::uint64_t hundredths = part * 10'000 / whole;
    return std::to_string(hundredths / 100) + "," + (hundredths % 100 < 10 ? "0" : "") + std::to_string(hundredths % 100) + " %";
}

std::string mark_of(const store::Scrutin& scrutin) {
    const bool is_suspended = scrutin.stop.is_suspended() && scrutin.state == domain::ScrutinState::open;
    return scrutin.state_word() + (scrutin.stop.is_annulled() ? " (annulé)" : is_suspended ? " (suspendu)" : "");
}

}  // namespace

util::Status schema_check(Office& office, const Arguments&) {
    const domain::SchemaVersion schema = store::schema_version(office.db());
    if (!domain::why_schema_unfit(schema).empty()) {
        return util::failure(util::Fault::unavailable,
                             "le schéma est en version " + std::to_string(schema.version) + ", ce programme attend la version " +
                                 std::to_string(domain::k_schema_version) + " : voir sql/migrations/README.md");
    }
    say("Schéma en version " + std::to_string(schema.version) + ", base de données joignable.");
    return util::Done{};
}

util::Status status(Office& office, const Arguments& arguments) {
    const auto election = the_election(office);
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!election) return election.error();
    if (!scrutins) return scrutins.error();
    say(election->title + (election->demonstration ? " (démonstration)" : ""));
    say(padded("scrutin", 26) + padded("état", 18) + padded("groupe", 15) + padded("inscrits", 12) + padded("émargements", 13) +
        padded("bulletins", 12) + "déchiffrements");
    for (const store::Scrutin& scrutin : *scrutins) {
        const store::Attendance counts = store::attendance(office.db(), scrutin.id);
        say(padded(scrutin.code, 26) + padded(mark_of(scrutin), 18) + padded(scrutin.crypto_group, 15) +
            padded(number(counts.inscrits), 12) + padded(number(counts.emargements), 13) + padded(number(counts.ballots), 12) +
            std::to_string(store::partials(office.db(), scrutin.id).size()));
    }
    return util::Done{};
}

util::Status participation(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    std::uint64_t inscrits = 0, votants = 0;
    for (const store::Scrutin& scrutin : *scrutins) {
        const store::Attendance counts = store::attendance(office.db(), scrutin.id);
        say(padded(scrutin.code, 26) + padded(number(counts.emargements) + " / " + number(counts.inscrits), 24) +
            percent(counts.emargements, counts.inscrits));
        inscrits += counts.inscrits;
        votants += counts.emargements;
    }
    say(padded("ensemble", 26) + padded(number(votants) + " / " + number(inscrits), 24) + percent(votants, inscrits));
    return util::Done{};
}

namespace {

// Who asks for a code means to vote: many codes and few votes are somebody who makes us send messages.
void say_conversion(Office& office) {
    constexpr std::uint64_t k_enough = 50, k_least_percent = 20;
    const util::Instant opens = store::read_calendar(office.db()).at(domain::CalendarEvent::vote_opens);
    const auto before = office.clock().now() - std::chrono::hours{1};  // time to read the message and to vote
    const auto seen = store::reassort_conversion(office.db(), opens, before);
    if (seen.electors == 0) return;
    say("Codes envoyés pendant le vote, depuis plus d’une heure : à " + counted(seen.electors, "électeur", "électeurs") +
        ", dont " + percent(seen.voted, seen.electors) + " ont voté.");
    if (seen.electors >= k_enough && seen.voted * 100 < seen.electors * k_least_percent)
        say("ALERTE : peu de ces codes servent. Quelqu’un fait peut-être envoyer des messages pour leur coût : voyez dans les journaux (« reassort ») "
            "quelles connexions les demandent, et prévenez l’opérateur.");
}

}  // namespace

util::Status reassort_report(Office& office, const Arguments&) {
    std::uint64_t sent = 0, refused_tries = 0;
    for (const store::ReassortDay& day : store::reassort_days(office.db())) {
        const char* const label = day.outcome == "sent"       ? "envoyés"
                                  : day.outcome == "shown"    ? "affichés"
                                  : day.outcome == "mismatch" ? "essais refusés"
                                  : day.outcome == "frozen"   ? "gelés par l’électeur"
                                                              : "rouverts par le bureau";
        say(day.day + "  " + padded(label, 22) + number(day.count));
        if (day.outcome == "sent" || day.outcome == "shown") sent += day.count;
        else if (day.outcome != "reopened") refused_tries += day.count;
    }
    say("Codes de vote réémis : " + number(sent) + " ; essais sans envoi : " + number(refused_tries) + ".");
    say_conversion(office);
    return util::Done{};
}

}  // namespace scrutinctl
