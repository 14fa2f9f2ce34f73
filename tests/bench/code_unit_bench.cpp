// SPDX-License-Identifier: AGPL-3.0-or-later
// Microseconds of processor for what nobody can spare of one elector's codes, on standard output: an envelope's key (PBKDF2, 2,000 rounds) and
// four public credentials (one fixed-base multiplication each, Ed25519). codes.sh asks.
#include <cstdio>
#include <ctime>

#include "crypto/protocol.hpp"
#include "domain/envelope_key.hpp"

int main() {
    constexpr int k_pairs = 500;
    const auto credential = crypto::make_full_code();
    domain::EnvelopeKey one, other;
    const domain::EnvelopeKeyToDerive keys[] = {{one, "ABCDEFGH23456789", "0123456789abcdef"},
                                                {other, "23456789ABCDEFGH", "0123456789abcdef"}};
    bool all = true;
    const std::clock_t before = std::clock();
    for (int i = 0; i < k_pairs; ++i) {
        domain::derive_envelope_keys(keys);
        for (int scrutin = 0; scrutin < 2 * 4; ++scrutin)
            all = crypto::derive_public_key("Ed25519", "AAAAAAAAAAAAAA", credential.view()).has_value() && all;
    }
    std::printf("%.1f\n", static_cast<double>(std::clock() - before) * 1e6 / CLOCKS_PER_SEC / (2 * k_pairs));
    return all ? 0 : 1;
}
