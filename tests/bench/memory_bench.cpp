// SPDX-License-Identifier: AGPL-3.0-or-later
// Peak memory of verify on a large election, from keys to result: the archive is written as the ballots are made and tallied, so
// that this program itself holds no more than a slice of them.
#include <algorithm>
#include <cstdio>
#include <thread>

#include "bench_support.hpp"
#include "crypto/archive/verify.hpp"

namespace bench {

namespace {

// The high-water mark of this program alone: a child's rusage begins with what its parent had.
long peak_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
    return -1;
}

}  // namespace

int verify_and_tell(const std::filesystem::path& path) {
    crypto::VerifyReport report;
    const double taken = seconds([&] { report = crypto::verify_archive(path); });
    std::printf("%s, %llu ballots counted, %s: %.1f s, peak %.1f MiB\n", report.all_passed() ? "all checks passed" : "REFUSED",
                static_cast<unsigned long long>(report.counted), report.finished ? "finished" : "running", taken,
                static_cast<double>(peak_kib()) / 1024);
    for (const auto& failure : report.failures) std::puts(crypto::to_line(failure).c_str());
    return report.all_passed() ? 0 : 1;
}

int measure_memory(const std::string& group, std::size_t ballots) {
    const Folder folder;
    const auto path = folder.path() / "large.bel";
    std::printf("%s: %zu nine-way ballots on %u cores\n", group.c_str(), ballots, std::thread::hardware_concurrency());
    const double taken = seconds([&] {
        const Election made(group, 8, ballots);
        std::ofstream out(path, std::ios::binary);
        crypto::ArchiveWriter writer([&](std::string_view piece) { out << piece; }, 1'790'000'000);
        writer.setup(made.election->record(), made.trustees, made.creds);
        std::vector<std::string> slice;
        std::size_t at = 0, start = 0;
        const auto tally = *made.election->tally([&]() -> std::optional<std::string> {
            if (at == start + slice.size()) {
                if (at == ballots) return std::nullopt;
                start = at;
                slice = made.make_ballots(start, std::min(start + 1000, ballots));
            }
            writer.ballot(slice[at - start]);
            return slice[at++ - start];
        });
        writer.end_ballots();
        writer.encrypted_tally(tally.encrypted_tally, tally.sized);
        const auto partial = *made.election->partial_decrypt(made.trustees, tally.encrypted_tally, 1, made.trustee_key);
        writer.partial_decryption(partial, crypto::make_owned(1, partial));
        writer.result(made.election->combine(made.trustees, tally, {{1u, partial}})->result);
    });
    std::printf("made in %.0f s: %.1f MiB on disk\n", taken, static_cast<double>(std::filesystem::file_size(path)) / (1 << 20));
    std::fflush(stdout);
    const Outcome outcome = run({k_self, "--verify", path.string()});
    std::printf("verify: %s", outcome.output.c_str());
    return outcome.status;
}

}  // namespace bench
