// SPDX-License-Identifier: AGPL-3.0-or-later
// What nobody can spare of a vote: the check of one ballot, and one transaction that writes émargement, waiting ballot and mail. No page, no
// session, no limit, no receipt. casts.mjs asks, which says where the ballots are and has made empty copies of the three tables.
//   cast-bound-bench check|write|both FILE SOCKET SCHEMA THREADS FIRST
// FILE: {"elections": [record, …], "ballots": [[index of its election, text], …]}. FIRST: the number of the first vote that is written. On standard output one JSON object: how many a second, and
// this program's microseconds of processor for each.
#include <pwd.h>
#include <sodium.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "bench_support.hpp"
#include "crypto/protocol.hpp"
#include "db/connection.hpp"
#include "domain/waiting_ballot.hpp"
#include "util/bytes.hpp"
#include "util/json.hpp"

namespace {

using bench::seconds;

struct Ballot {
    std::size_t election;
    std::string text, sealed;
};

std::string log_key() {
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    std::string key(crypto_sign_PUBLICKEYBYTES, '\0');
    crypto_sign_keypair(reinterpret_cast<unsigned char*>(key.data()), secret);
    return util::to_base64url(key);
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec); };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

// The rows of a vote and as long; `number` is in all their keys.
void write_vote(db::Connection& db, std::uint64_t number, const std::string& sealed) {
    static const std::string body(900, 'a');
    const auto key = [&](std::string_view what) { return util::sha256_hex(std::string(what) + std::to_string(number)); };
    db.transaction([&] {
        db.execute("INSERT INTO emargement (scrutin_id, voter_id, voted_at) VALUES (1, ?, '2026-01-01 00:00:00')", {number});
        db.execute("INSERT INTO inbox (scrutin_id, ballot_tag, credential_tag, sealed) VALUES (1, ?, ?, ?)",
                   {key("ballot"), key("credential"), sealed});
        db.execute(
            "INSERT INTO outbox (id, idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at) VALUES "
            "(?, ?, 'email', 'prenom.nom@ac-poitiers.example', 'Votre vote est enregistré', ?, 1, '2026-01-01 00:00:00', "
            "'2026-01-01 00:20:00')",
            {number * 0x9E3779B97F4A7C15 >> 17, key("mail"), body});
        return true;
    });
}

}  // namespace

int main(int count, char** words) {
    const std::string_view mode = count == 7 ? words[1] : "";
    if (mode != "check" && mode != "write" && mode != "both") {
        std::fputs("usage: cast-bound-bench check|write|both FILE SOCKET SCHEMA THREADS FIRST\n", stderr);
        return 2;
    }
    std::ifstream file(words[2]);
    const auto given = util::parse_json(std::string(std::istreambuf_iterator<char>(file), {})).value();
    std::vector<std::shared_ptr<const crypto::Election>> elections;
    for (const auto& record : given.at("elections")) elections.push_back(*crypto::Election::parse(record.get<std::string>()));
    const std::string key = log_key(), hash(64, '0');
    std::vector<Ballot> ballots;
    for (const auto& ballot : given.at("ballots")) {
        const auto text = ballot[std::size_t{1}].get<std::string>();
        ballots.push_back({ballot[std::size_t{0}].get<std::size_t>(), text, domain::seal_waiting_ballot(key, hash, text)});
    }
    const passwd* self = getpwuid(geteuid());
    db::Settings settings;
    settings.socket = words[3];
    settings.user = self->pw_name;
    settings.schema = words[4];
    const auto threads = static_cast<unsigned>(std::strtoul(words[5], nullptr, 10));

    // Each thread has a connection as a worker has it: open, its statements prepared.
    std::atomic<std::uint64_t> votes{std::strtoull(words[6], nullptr, 10)};
    const auto check = [&](std::size_t i) {
        if (!elections[ballots[i].election]->check_ballot(ballots[i].text)) std::abort();
    };
    std::atomic<std::size_t> next{0};
    std::atomic<unsigned> ready{0};
    std::atomic<bool> go{false};
    std::vector<std::thread> crew;
    for (std::size_t i = 0; i < ballots.size() && i < 20; ++i) check(i);
    for (unsigned i = 0; i < threads; ++i) {
        crew.emplace_back([&] {
            db::Connection db(settings);  // belongs to its thread
            write_vote(db, votes++, ballots[0].sealed);
            ++ready;
            go.wait(false);
            for (std::size_t at; (at = next++) < ballots.size();) {
                if (mode != "write") check(at);
                if (mode != "check") write_vote(db, votes++, ballots[at].sealed);
            }
        });
    }
    while (ready < threads) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const double before = cpu_seconds();
    const double wall = seconds([&] {
        go = true;
        go.notify_all();
        for (auto& thread : crew) thread.join();
    });
    const double cpu = cpu_seconds() - before;
    const auto n = static_cast<double>(ballots.size());
    std::printf("%s\n", util::Json({{"per_second", n / wall}, {"client_us", cpu * 1e6 / n}}).dump().c_str());
    return 0;
}
