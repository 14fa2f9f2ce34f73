// SPDX-License-Identifier: AGPL-3.0-or-later
// Microseconds of processor for one password (domain/secret_hash.hpp) and nothing else, on standard output: the least that a sign-in can
// cost on this machine now. opening.mjs asks.
#include <cstdio>
#include <ctime>

#include "domain/secret_hash.hpp"

int main() {
    constexpr int k_hashes = 40;
    const auto hash = domain::hash_secret("pepper", "Bulletin-vert-92");
    const std::clock_t before = std::clock();
    bool all = true;
    for (int i = 0; i < k_hashes; ++i) all = domain::verify_secret("pepper", "Bulletin-vert-92", hash) && all;
    std::printf("%.1f\n", static_cast<double>(std::clock() - before) * 1e6 / CLOCKS_PER_SEC / k_hashes);
    return all ? 0 : 1;
}
