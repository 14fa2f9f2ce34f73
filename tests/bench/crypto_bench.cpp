// SPDX-License-Identifier: AGPL-3.0-or-later
// bench: crypto, without instance
// Measures the voting protocol. Every figure is a ratio taken in this run: to one multiplication by libsodium
// (crypto_scalarmult_ed25519_noclamp, "unit"), or to belenios-tool on the same archive. Unit and work alternate in short bursts and
// the smallest times are compared, since clocks of shared machines drift.
//   crypto-bench [--json FILE]
//   crypto-bench --ballots N [--group NAME]     memory of verify on a finished election of N ballots instead, see memory_bench.cpp
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "bench_support.hpp"
#include "crypto/archive/companion.hpp"
#include "crypto/archive/verify.hpp"
#include "crypto/ballot_fast.hpp"
#include "crypto/decryption_binding.hpp"
#include "crypto/groups.hpp"
#include "crypto/trustees/key.hpp"
#include "util/json.hpp"

namespace {

using namespace bench;

constexpr const char* k_engines[] = {"plain", "avx2", "ifma"};

util::Json figures = util::Json::object();

void tell(const std::string& key, double value, const char* meaning) {
    std::printf("%-26s %8.2f  %s\n", key.c_str(), value, meaning);
    std::fflush(stdout);
    figures[key] = value;
}

// As the verifier does it: reading, every check, y's table at its full width.
double check_units(const Election& ed, const std::vector<std::string>& ballots) {
    const auto record = *crypto::read_election_record(ed.election->record());
    const crypto::BallotContext<crypto::Ed25519> context{record, *crypto::Ed25519::decode_var(record.public_key)};
    const crypto::FastChecker<crypto::Ed25519> checker(context, 8);
    std::size_t at = 0;
    return in_units(
        [&] {
            const std::string& text = ballots[at++ % ballots.size()];
            crypto::BallotFault fault;
            const auto ballot = crypto::read_ballot<crypto::Ed25519>(text, record, fault);
            if (!ballot || checker.check(*ballot, text, true)) std::abort();
        },
        300);
}

// In a child of its own, since the engine is chosen once: "name figure".
int tell_own_engine() {
    const Election ed("Ed25519", 8, 20);
    std::printf("%s %f\n", std::string(crypto::ed25519::engine().name).c_str(), check_units(ed, ed.make_ballots(0, 20)));
    return 0;
}

void measure_engines() {
    for (const std::string name : k_engines) {
        const Outcome outcome = run({k_self, "--own-engine"}, "PORTAIL_ED25519_ENGINE=" + name);
        if (outcome.status != 0) throw std::runtime_error("the measure of one engine failed: " + outcome.output);
        if (outcome.output.starts_with(name + " "))
            tell("ed25519_check_units_" + name, std::stod(outcome.output.substr(name.size())), "the same, by this engine");
        else std::printf("  this processor has no %s engine\n", name.c_str());
    }
}

double verify_seconds(const std::filesystem::path& path, unsigned jobs) {
    return seconds([&] {
        if (!crypto::verify_archive(path, {.jobs = jobs}).all_passed()) std::abort();
    });
}

// CPU time of this thread and of the others together.
struct Spent {
    double own, others;
};
Spent spent() {
    const auto seconds_of = [](int who) {
        rusage usage{};
        getrusage(who, &usage);
        const auto of = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
        };
        return of(usage.ru_utime) + of(usage.ru_stime);
    };
    const double own = seconds_of(RUSAGE_THREAD);
    return {own, seconds_of(RUSAGE_SELF) - own};
}

// Two cores of a shared machine may be two threads of one, or busy with others: what independent multiplications gain from the
// second one is measured in the same rounds, and bounds what any program can gain. The third figure does without the second core:
// the work of one thread against that of the busier of two, which is what the parts that only one thread can do leave to be gained.
void measure_scaling(const std::filesystem::path& archive) {
    double one = 1e9, two = 1e9, machine_one = 1e9, machine_two = 1e9, work = 1e9, busier = 1e9;
    const auto multiply = [](unsigned threads) {
        return seconds([&] {
            on_threads(threads, threads, [](std::size_t) {
                for (int i = 0; i < 800; ++i) unit();
            });
        });
    };
    for (int round = 0; round < 25; ++round) {
        const Spent start = spent();
        one = std::min(one, verify_seconds(archive, 1));
        const Spent middle = spent();
        two = std::min(two, verify_seconds(archive, 2));
        const Spent end = spent();
        work = std::min(work, middle.own - start.own);
        busier = std::min(busier, std::max(end.own - middle.own, end.others - middle.others));
        machine_one = std::min(machine_one, multiply(1));
        machine_two = std::min(machine_two, multiply(2));
    }
    tell("verify_scaling", one / two, "verify with 2 threads against 1, 300 ballots");
    tell("machine_scaling", 2 * machine_one / machine_two,
         "independent libsodium multiplications, likewise: this machine's own limit");
    tell("verify_scaling_work", work / busier, "CPU time of 1 thread of verify against the busier of 2: its own limit");
}

void measure_ed25519(const Folder& folder) {
    const Election ed("Ed25519", 8, 300);
    const auto ballots = ed.make_ballots(0, 300);
    tell("ed25519_check_units", check_units(ed, ballots), "check of a 9-way Ed25519 ballot, in libsodium multiplications");
    const auto tally = [&] {
        std::size_t next = 0;
        if (!ed.election->tally([&]() -> std::optional<std::string> {
                if (next == 50) return std::nullopt;
                return ballots[next++];
            }))
            std::abort();
    };
    tell("ed25519_tally_units", in_units(tally) / 50, "tally of a checked 9-way Ed25519 ballot, in the same unit");
    const auto code = crypto::make_full_code();
    const std::string uuids[] = {crypto::make_uuid(), crypto::make_uuid(), crypto::make_uuid(), crypto::make_uuid()};
    const auto derive = [&] {
        for (const auto& uuid : uuids)
            if (!crypto::derive_public_key("Ed25519", uuid, code.view())) std::abort();
    };
    tell("credential_units", in_units(derive, 300), "public keys of one credential in 4 scrutins, Ed25519, in the same unit");
    ed.write(folder.path() / "ed.bel", ballots);
    measure_scaling(folder.path() / "ed.bel");
}

void measure_2048(const Folder& folder) {
    if (run({"belenios-tool", "--version"}).status != 0) {
        std::puts("belenios-tool is not installed: b2048_check_vs_tool not measured");
        return;
    }
    constexpr std::size_t k_ballots = 40;
    const Election b("BELENIOS-2048", 8, k_ballots);
    // The tool takes the one archive of a folder.
    const auto alone = folder.path() / "b2048";
    std::filesystem::create_directory(alone);
    const auto archive = alone / (b.uuid + ".bel");
    b.write(archive, b.make_ballots(0, k_ballots));
    double ours = 1e9, theirs = 1e9;
    for (int round = 0; round < 4; ++round) {
        ours = std::min(ours, verify_seconds(archive, 1));
        theirs = std::min(theirs, seconds([&] {
                              if (run({"belenios-tool", "election", "verify", "--dir", alone.string()}).status != 0) std::abort();
                          }));
    }
    std::printf("  (per ballot: %.1f ms here, %.1f ms for belenios-tool)\n", ours / k_ballots * 1e3, theirs / k_ballots * 1e3);
    tell("b2048_check_vs_tool", theirs / ours, "times faster than belenios-tool election verify, same archive, one thread");
}

// What the second proof of a decryption costs for each ciphertext, beside the first; the office checks both once for each holder.
template <class G>
void measure_second_proof(const std::string& prefix) {
    const Election own(std::string(G::k_name), 8, 5);
    const auto ballots = own.make_ballots(0, 5);
    std::size_t next = 0;
    const auto tally =
        *own.election->tally([&]() { return next == ballots.size() ? std::nullopt : std::optional<std::string>(ballots[next++]); });
    const auto record = *crypto::read_election_record(own.election->record());
    const auto trustees = *crypto::read_trustees<G>(own.trustees);
    const auto rows = *crypto::read_encrypted_tally<G>(tally.encrypted_tally, record);
    const auto& X = trustees.key_of({0, 0});
    const auto x = std::move(*crypto::open_trustee_key<G>(own.trustee_key.view(), X));
    const auto partial = *own.election->partial_decrypt(own.trustees, tally.encrypted_tally, 1, own.trustee_key);
    std::string why;
    const auto factors = *crypto::check_partial<G>(record, rows, X, partial, why);
    const std::string setup(64, '0');
    const crypto::BindingStatement<G> statement{setup, tally.encrypted_tally, 1, X, rows, factors};
    const auto proof = crypto::prove_binding<G>(statement, *x);
    const auto each = static_cast<double>(own.election->choices());
    tell(prefix + "_second_proof_make", in_units([&] { (void)crypto::prove_binding<G>(statement, *x); }) / each,
         "second proof of a decryption made, for each ciphertext, in libsodium multiplications");
    tell(prefix + "_second_proof_check", in_units([&] {
                                             if (!crypto::verify_binding<G>(statement, proof)) std::abort();
                                         }) / each,
         "the same checked");
    tell(prefix + "_first_proof_check", in_units([&] {
                                            if (!crypto::check_partial<G>(record, rows, X, partial, why)) std::abort();
                                        }) / each,
         "the proof of version 1 checked, likewise");
}

// An archive of 300 ballots, counted by two of three holders, all of whom replied.
void measure_companion(const Folder& folder) {
    const auto ceremony = crypto::run_ceremony("Ed25519", 3, 2);
    const Election ed("Ed25519", 8, 300, ceremony.record);
    const auto ballots = ed.make_ballots(0, 300);
    std::size_t next = 0;
    const auto tally =
        *ed.election->tally([&]() { return next == ballots.size() ? std::nullopt : std::optional<std::string>(ballots[next++]); });
    crypto::Companion companion{ed.uuid,
                                crypto::setup_event_hash(ed.election->record(), ed.trustees, crypto::sha_hex(ed.creds)),
                                crypto::sha_hex(tally.encrypted_tally),
                                {}};
    std::vector<std::pair<unsigned, std::string>> partials;
    for (unsigned owner = 1; owner <= 3; ++owner) {
        const auto& key = ceremony.keys[owner - 1];
        const auto partial = *ed.election->partial_decrypt(ed.trustees, tally.encrypted_tally, owner, key);
        companion.decryptions.push_back(
            {owner, crypto::sha_hex(partial),
             *ed.election->bind_decryption(companion.setup, ed.trustees, tally.encrypted_tally, owner, key, partial)});
        partials.emplace_back(owner, partial);
    }
    const auto path = folder.path() / "counted.bel", beside = folder.path() / "companion.json";
    {
        std::ofstream out(path, std::ios::binary);
        crypto::ArchiveWriter archive([&](std::string_view piece) { out << piece; }, 1'790'000'000);
        archive.setup(ed.election->record(), ed.trustees, ed.creds);
        for (const auto& ballot : ballots) archive.ballot(ballot);
        archive.end_ballots();
        archive.encrypted_tally(tally.encrypted_tally, tally.sized);
        for (const auto& [owner, partial] : partials) archive.partial_decryption(partial, crypto::make_owned(owner, partial));
        archive.result(ed.election->combine(ed.trustees, tally, partials)->result);
    }
    std::ofstream(beside, std::ios::binary) << crypto::write_companion(companion);
    double with = 1e9, without = 1e9;
    for (int round = 0; round < 25; ++round) {
        with = std::min(with, seconds([&] {
                            if (crypto::verify_archive(path, {.jobs = 1, .companion = beside}).second_proofs != 3) std::abort();
                        }));
        without = std::min(without, verify_seconds(path, 1));
    }
    tell("verify_with_companion", with / without,
         "verify of 300 ballots and 3 decryptions with their second proofs, against without");
}

}  // namespace

int main(int count, char** arguments) {
    std::string json_file, group = "Ed25519";
    std::size_t ballots = 0;
    const std::vector<std::string> words(arguments + 1, arguments + count);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool last = i + 1 == words.size();
        if (words[i] == "--own-engine") return tell_own_engine();
        if (words[i] == "--verify" && !last) return verify_and_tell(words[++i]);
        if (words[i] == "--json" && !last) json_file = words[++i];
        else if (words[i] == "--group" && !last) group = words[++i];
        else if (words[i] == "--ballots" && !last) ballots = std::strtoull(words[++i].c_str(), nullptr, 10);
        else {
            std::fputs("usage: crypto-bench [--json FILE] | --ballots N [--group NAME]\n", stderr);
            return 2;
        }
    }
    if (ballots != 0) return measure_memory(group, ballots);
    std::printf("engine: %s\n", std::string(crypto::ed25519::engine().name).c_str());
    const Folder folder;
    measure_ed25519(folder);
    measure_engines();
    measure_2048(folder);
    measure_second_proof<crypto::Ed25519>("ed25519");
    measure_second_proof<crypto::Belenios2048>("b2048");
    measure_companion(folder);
    if (!json_file.empty()) std::ofstream(json_file) << figures.dump(1) << "\n";
    return 0;
}
