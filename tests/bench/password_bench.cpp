// SPDX-License-Identifier: AGPL-3.0-or-later
// Microseconds of processor for one password (domain/secret_hash.hpp) and nothing else, on standard output: the least that a sign-in can
// cost on this machine now. opening.mjs and sign_ins.mjs ask.
//   password-bench [PASSES KIB]      of other parameters than today's
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "domain/argon2id.hpp"
#include "domain/secret_hash.hpp"

int main(int count, char** words) {
    constexpr int k_hashes = 40;
    const auto hash = domain::hash_secret("pepper", "Bulletin-vert-92");
    const auto passes = static_cast<std::uint32_t>(count == 3 ? std::atoi(words[1]) : 0);
    const auto kib = static_cast<std::uint32_t>(count == 3 ? std::atoi(words[2]) : 0);
    const auto one = [&] {
        if (passes == 0) return domain::verify_secret("pepper", "Bulletin-vert-92", hash);
        return domain::argon2id("Bulletin-vert-92", {}, passes, kib)[0] + 1 > 0;
    };
    bool all = one();  // the memory is got once, as in a worker
    const std::clock_t before = std::clock();
    for (int i = 0; i < k_hashes; ++i) all = one() && all;
    std::printf("%.1f\n", static_cast<double>(std::clock() - before) * 1e6 / CLOCKS_PER_SEC / k_hashes);
    return all ? 0 : 1;
}
