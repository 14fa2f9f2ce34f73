// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bench_support.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

extern char** environ;

namespace bench {

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void unit() {
    struct Factors {
        unsigned char scalar[32], point[32];
        Factors() {
            crypto_core_ed25519_scalar_random(scalar);
            crypto_scalarmult_ed25519_base_noclamp(point, scalar);
        }
    };
    static const Factors factors;
    unsigned char product[32];
    if (crypto_scalarmult_ed25519_noclamp(product, factors.scalar, factors.point) != 0) std::abort();
}

double in_units(const std::function<void()>& work, int rounds) {
    double best_unit = 1e9, best_work = 1e9;
    for (int round = 0; round < rounds; ++round) {
        best_unit = std::min(best_unit, seconds([] {
                                            for (int i = 0; i < 8; ++i) unit();
                                        }) / 8);
        best_work = std::min(best_work, seconds(work));
    }
    return best_work / best_unit;
}

void on_threads(unsigned threads, std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    const auto loop = [&] {
        for (std::size_t i; (i = next++) < count;) work(i);
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(loop);
    loop();
    for (auto& thread : others) thread.join();
}

namespace {

std::atomic<pid_t> child{0};

sigset_t interruptions() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
    return set;
}

}  // namespace

// Signals are taken by a thread that waits for them: it may use the file system, as a handler may not.
Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "portail-bench-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = pattern;
    static const sigset_t set = interruptions();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread([path = path_] {
        int signal = 0;
        sigwait(&set, &signal);
        if (const pid_t pid = child; pid != 0) kill(pid, SIGTERM);
        // A thread at work may be writing there: once more if it put a file back.
        std::error_code ignored;
        for (int i = 0; i < 5 && std::filesystem::exists(path, ignored); ++i) std::filesystem::remove_all(path, ignored);
        _exit(128 + signal);
    }).detach();
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Outcome run(const std::vector<std::string>& words, const std::string& setting) {
    std::vector<char*> arguments, environment;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    if (!setting.empty()) environment.push_back(const_cast<char*>(setting.c_str()));  // the first of a name counts
    for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
    environment.push_back(nullptr);

    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return {-1, {}};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t pid = 0;
    const int failed = posix_spawnp(&pid, arguments[0], &actions, &attributes, arguments.data(), environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    Outcome outcome{-1, {}};
    if (failed == 0) {
        child = pid;
        char buffer[4096];
        for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;)
            outcome.output.append(buffer, static_cast<std::size_t>(got));
        int status = 0;
        waitpid(pid, &status, 0);
        child = 0;
        outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    close(ends[0]);
    return outcome;
}

Election::Election(const std::string& group, std::size_t lists, std::size_t electors, const std::string& record)
    : trustees(record) {
    if (trustees.empty()) {
        auto key = crypto::make_single_trustee(group);
        trustee_key = std::move(key.private_key);
        trustees = *crypto::make_trustees_record({key.public_key});
    }
    crypto::Question question{"q", {}};
    for (std::size_t i = 0; i < lists; ++i) question.answers.push_back("Liste " + std::to_string(i + 1));
    election = *crypto::Election::parse(
        crypto::make_election_record(uuid, group, *crypto::election_public_key(group, trustees), "n", "d", question));
    std::vector<std::string> keys(electors);
    for (std::size_t i = 0; i < electors; ++i) codes.push_back(crypto::make_full_code());
    on_threads(std::thread::hardware_concurrency(), electors,
               [&](std::size_t i) { keys[i] = *crypto::derive_public_key(group, uuid, codes[i].view()); });
    creds = *crypto::make_public_creds(std::move(keys));
}

std::vector<std::string> Election::make_ballots(std::size_t from, std::size_t to) const {
    std::vector<std::string> ballots(to - from);
    on_threads(std::thread::hardware_concurrency(), ballots.size(), [&](std::size_t i) {
        ballots[i] = *election->make_ballot(codes[from + i].view(), (from + i) % election->choices());
    });
    return ballots;
}

void Election::write(const std::filesystem::path& path, const std::vector<std::string>& ballots) const {
    std::ofstream out(path, std::ios::binary);
    crypto::ArchiveWriter writer([&](std::string_view piece) { out << piece; }, 1'790'000'000);
    writer.setup(election->record(), trustees, creds);
    for (const auto& ballot : ballots) writer.ballot(ballot);
}

}  // namespace bench
