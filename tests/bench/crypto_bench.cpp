// SPDX-License-Identifier: AGPL-3.0-or-later
// Measures the voting protocol. Every figure is a ratio taken in this run: to one multiplication by libsodium
// (crypto_scalarmult_ed25519_noclamp, "unit"), or to belenios-tool on the same archive. Unit and work alternate in short bursts and
// the smallest times are compared, since clocks of shared machines drift. Usage: crypto-bench [--json FILE]
#include <sodium.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "crypto/ballot_fast.hpp"
#include "crypto/groups.hpp"
#include "crypto/protocol.hpp"
#include "crypto/verify.hpp"
#include "util/json.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double seconds(const std::function<void()>& work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// One multiplication of a point by a scalar, in libsodium.
void unit() {
    static unsigned char scalar[32], point[32], product[32];
    static const bool ready = [] {
        crypto_core_ed25519_scalar_random(scalar);
        crypto_scalarmult_ed25519_base_noclamp(point, scalar);
        return true;
    }();
    if (!ready || crypto_scalarmult_ed25519_noclamp(product, scalar, point) != 0) std::abort();
}

// The work in units: smallest of many bursts of each, in turn.
double in_units(const std::function<void()>& work, int rounds = 60) {
    double best_unit = 1e9, best_work = 1e9;
    for (int round = 0; round < rounds; ++round) {
        best_unit = std::min(best_unit, seconds([] { for (int i = 0; i < 8; ++i) unit(); }) / 8);
        best_work = std::min(best_work, seconds(work));
    }
    return best_work / best_unit;
}

struct Election {
    std::string uuid = crypto::make_uuid();
    std::string trustees, creds;
    std::shared_ptr<const crypto::Election> election;
    std::vector<std::string> ballots;

    Election(const std::string& group, std::size_t lists, std::size_t votes) {
        const auto key = crypto::make_single_trustee(group);
        trustees = *crypto::make_trustees_record({key.public_key});
        crypto::Question question{"q", {}};
        for (std::size_t i = 0; i < lists; ++i) question.answers.push_back("Liste " + std::to_string(i + 1));
        election = *crypto::Election::parse(crypto::make_election_record(uuid, group, *crypto::election_public_key(group, trustees), "n", "d", question));
        std::vector<std::string> keys;
        for (std::size_t i = 0; i < votes; ++i) {
            const auto code = crypto::make_full_code();
            keys.push_back(*crypto::derive_public_key(group, uuid, code.view()));
            ballots.push_back(*election->make_ballot(code.view(), i % (lists + 1)));
        }
        creds = *crypto::make_public_creds(keys);
    }
    // A running election: what there is to check is its ballots.
    void write(const std::filesystem::path& path) const {
        std::ofstream out(path, std::ios::binary);
        crypto::ArchiveWriter writer([&](std::string_view piece) { out << piece; }, 1'790'000'000);
        writer.setup(election->record(), trustees, creds);
        for (const auto& ballot : ballots) writer.ballot(ballot);
    }
};

struct Figure {
    std::string key;
    double value;
    std::string meaning;
};

double verify_seconds(const std::filesystem::path& path, unsigned jobs) {
    return seconds([&] {
        if (!crypto::verify_archive(path, {.jobs = jobs}).all_passed()) std::abort();
    });
}

}  // namespace

int main(int count, char** arguments) {
    std::string json_file;
    for (int i = 1; i + 1 < count; ++i)
        if (std::string(arguments[i]) == "--json") json_file = arguments[i + 1];
    std::vector<Figure> figures;
    const auto tell = [&](const char* key, double value, const char* meaning) {
        std::printf("%-24s %8.2f  %s\n", key, value, meaning);
        std::fflush(stdout);
        figures.push_back({key, value, meaning});
    };
    std::printf("engine: %s\n", std::string(crypto::ed25519::engine().name).c_str());
    char pattern[] = "/tmp/portail-bench-XXXXXX";
    const std::filesystem::path folder = mkdtemp(pattern);

    {
        const Election ed("Ed25519", 8, 300);
        std::size_t at = 0;
        // As the verifier does it: reading, every check, y's table at its full width.
        const auto record = *crypto::read_election_record(ed.election->record());
        const crypto::BallotContext<crypto::Ed25519> context{record, *crypto::Ed25519::decode_var(record.public_key)};
        const crypto::FastChecker<crypto::Ed25519> checker(context, 8);
        const auto check = [&] {
            const std::string& text = ed.ballots[at++ % ed.ballots.size()];
            crypto::BallotFault fault;
            const auto ballot = crypto::read_ballot<crypto::Ed25519>(text, record, fault);
            if (!ballot || checker.check(*ballot, text, true)) std::abort();
        };
        tell("ed25519_check_units", in_units(check, 300), "check of a 9-way Ed25519 ballot, in libsodium multiplications");
        const auto tally = [&] {
            std::size_t next = 0;
            if (!ed.election->tally([&]() -> std::optional<std::string> {
                    if (next == 50) return std::nullopt;
                    return ed.ballots[next++];
                })) std::abort();
        };
        tell("ed25519_tally_units", in_units(tally) / 50, "tally of a checked 9-way Ed25519 ballot, in the same unit");
        const auto code = crypto::make_full_code();
        const std::string uuids[] = {crypto::make_uuid(), crypto::make_uuid(), crypto::make_uuid(), crypto::make_uuid()};
        const auto derive = [&] {
            for (const auto& uuid : uuids)
                if (!crypto::derive_public_key("Ed25519", uuid, code.view())) std::abort();
        };
        tell("credential_units", in_units(derive, 300), "public keys of one credential in 4 scrutins, Ed25519, in the same unit");
        ed.write(folder / "ed.bel");
        double one = 1e9, two = 1e9;
        for (int round = 0; round < 7; ++round) {
            one = std::min(one, verify_seconds(folder / "ed.bel", 1));
            two = std::min(two, verify_seconds(folder / "ed.bel", 2));
        }
        tell("verify_scaling", one / two, "verify with 2 threads against 1, 300 ballots");
    }
    if (std::system("command -v belenios-tool >/dev/null 2>&1") == 0) {
        const Election b("BELENIOS-2048", 8, 40);
        b.write(folder / (b.uuid + ".bel"));
        const std::string command = "cd " + folder.string() + " && rm -f ed.bel && belenios-tool election verify --dir . >/dev/null 2>&1";
        double ours = 1e9, theirs = 1e9;
        for (int round = 0; round < 3; ++round) {
            ours = std::min(ours, verify_seconds(folder / (b.uuid + ".bel"), 1));
            theirs = std::min(theirs, seconds([&] { if (std::system(command.c_str()) != 0) std::abort(); }));
        }
        std::printf("  (per ballot: %.1f ms here, %.1f ms for belenios-tool)\n", ours / 40 * 1e3, theirs / 40 * 1e3);
        tell("b2048_check_vs_tool", theirs / ours, "times faster than belenios-tool election verify, same archive, one thread");
    } else {
        std::puts("belenios-tool is not installed: b2048_check_vs_tool not measured");
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("peak memory %ld KiB\n", usage.ru_maxrss);
    std::filesystem::remove_all(folder);
    if (!json_file.empty()) {
        util::Json json = util::Json::object();
        for (const auto& figure : figures) json[figure.key] = figure.value;
        std::ofstream(json_file) << json.dump(1) << "\n";
    }
    return 0;
}
