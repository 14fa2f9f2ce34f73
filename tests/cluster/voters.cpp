// SPDX-License-Identifier: AGPL-3.0-or-later
// cluster-voters SOCKET PASSWORD_FILE SCRUTIN FIRST LAST THREADS: electors FIRST to LAST vote once each by the worker's own storing function
// (vote::store_vote), as its account. A line for each as its answer comes: « stored 17 », « closed 18 », « suspended 19 », « later 20 1290 », « unknown
// 21 2013 » (the answer was lost: it may have happened). Ballots are no ballots: nobody counts them. SIGTERM ends it between two votes.
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "util/bytes.hpp"
#include "util/clock.hpp"
#include "util/file.hpp"
#include "util/text.hpp"
#include "vote/store.hpp"

namespace {

std::atomic<bool> k_stop{false};
std::mutex k_output;

void tell(const std::string& word, unsigned elector, int code = 0) {
    const std::lock_guard lock(k_output);
    std::printf(code == 0 ? "%s %u\n" : "%s %u %d\n", word.c_str(), elector, code);
    std::fflush(stdout);
}

std::string word_of(vote::StoreOutcome outcome) {
    switch (outcome) {
        case vote::StoreOutcome::stored: return "stored";
        case vote::StoreOutcome::duplicate: return "duplicate";
        case vote::StoreOutcome::not_open: return "closed";
        case vote::StoreOutcome::suspended: return "suspended";
        case vote::StoreOutcome::opened: return "opened";
    }
    return "?";
}

vote::Vote vote_of(unsigned scrutin, unsigned elector) {
    const std::string name = std::to_string(scrutin) + "|" + std::to_string(elector);
    return {domain::ScrutinId{static_cast<std::uint16_t>(scrutin)},
            domain::VoterId{elector},
            std::chrono::floor<std::chrono::minutes>(util::SystemClock().now()),
            util::sha256_hex("ballot|" + name),
            util::sha256_hex("credential|" + name),
            {util::sha256_hex("ballot tag|" + name), util::sha256_hex("credential tag|" + name)},
            std::string(4096, 'x')};
}

void vote_all(const db::Settings& settings, unsigned scrutin, unsigned first, unsigned last, unsigned step) {
    constexpr std::chrono::milliseconds k_pause{20};
    db::Connection db(settings);
    for (unsigned elector = first; elector <= last && !k_stop; elector += step) {
        try {
            tell(word_of(vote::store_vote(db, vote_of(scrutin, elector))), elector);
        } catch (const db::Error& error) {
            tell(error.is_connection_lost() ? "unknown" : error.is_temporary() ? "later" : "error", elector, error.code());
            std::this_thread::sleep_for(k_pause);
        }
    }
}

}  // namespace

int main(int count, char** words) {
    if (count != 7) return 64;
    std::signal(SIGTERM, [](int) { k_stop = true; });
    db::Settings settings;
    settings.socket = words[1];
    settings.user = "portail-vote";
    settings.password = std::string(util::trim(util::read_file(words[2]).value_or("")));
    const auto number = [&](int at) { return static_cast<unsigned>(std::stoul(words[at])); };
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < number(6); ++t)
        threads.emplace_back(vote_all, settings, number(3), number(4) + t, number(5), number(6));
    for (std::thread& thread : threads) thread.join();
    return 0;
}
