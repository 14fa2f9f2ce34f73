// SPDX-License-Identifier: AGPL-3.0-or-later
// bench: vote, without instance
// The count of 100,000 checked ballots of nine choices (Ed25519): reading them and the product of their ciphertexts, one holder's part and the
// result. Processor time, and beside it the check of one of them and the unit of crypto_bench.cpp.
//   count-bench [--json FILE]        (./portail bench vote)
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "bench_support.hpp"
#include "crypto/protocol.hpp"
#include "util/json.hpp"

namespace {

double processor(const std::function<void()>& work) {
    const std::clock_t before = std::clock();
    work();
    return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int count, char** words) {
    constexpr std::size_t k_ballots = 100'000, k_different = 1000;
    const bench::Election ed("Ed25519", 8, k_different);
    const auto ballots = ed.make_ballots(0, k_different);
    crypto::Election::Tally tally;
    const double product = processor([&] {
        std::size_t next = 0;
        tally = *ed.election->tally([&]() -> std::optional<std::string> {
            if (next == k_ballots) return std::nullopt;
            return ballots[next++ % k_different];
        });
    });
    crypto::Election::Counts counts;
    const double opening = processor([&] {
        const auto part = *ed.election->partial_decrypt(ed.trustees, tally.encrypted_tally, 1, ed.trustee_key);
        counts = *ed.election->combine(ed.trustees, tally, {{1, part}});
    });
    std::uint64_t all = 0;
    for (const auto votes : counts.votes) all += votes;
    if (all != k_ballots) std::abort();
    const double check = processor([&] {
        for (const auto& ballot : ballots)
            if (!ed.election->check_ballot(ballot)) std::abort();
    });
    const double unit = processor([] {
        for (std::size_t i = 0; i < k_different; ++i) bench::unit();
    });
    std::printf(
        "count of %zu ballots: product %.2f s of processor, one part and the result %.3f s; check of one %.0f µs, unit %.1f µs\n",
        k_ballots, product, opening, check * 1e6 / k_different, unit * 1e6 / k_different);
    const util::Json figures{{"count_100k_cpu_seconds", product + opening},
                             {"count_ballot_units", product / unit * k_different / k_ballots},
                             {"count_ballot_to_check", product / k_ballots / (check / k_different)}};
    if (count == 3 && std::strcmp(words[1], "--json") == 0) std::ofstream(words[2]) << figures.dump(1) << "\n";
    return 0;
}
