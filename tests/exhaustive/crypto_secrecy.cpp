// SPDX-License-Identifier: AGPL-3.0-or-later
// Run under valgrind: signs, encrypts, proves and decrypts with secrets marked undefined. Any branch or address that depends on
// one is an error of the run. What is public by then (commitments, responses, factors) is marked so in the library.
#include <cstdio>

#include "crypto/ballot_maker.hpp"
#include "crypto/group_ed25519.hpp"
#include "crypto/tally.hpp"
#include "util/ensure.hpp"

namespace {

using G = crypto::Ed25519;
using S = G::Scalar;

crypto::ElectionRecord make_election() {
    crypto::ElectionRecord election;
    election.uuid = "11111111111111";
    election.fingerprint = crypto::sha_b64("election");
    election.questions.push_back({"?", {"a", "b"}, true, 1, 1});
    return election;
}

}  // namespace

int main() {
    const auto election = make_election();
    // Secrets of the trustee, the elector, and the choice itself.
    const auto x = crypto::SecretScalar<S>::random_nonzero(), sk = crypto::SecretScalar<S>::random_nonzero();
    const auto y = crypto::encoded<G>(G::generator_power_secret(*x));
    std::size_t choice = 2;
    crypto::mark_secret(&choice, sizeof choice);
    std::vector<std::uint64_t> plain;
    for (std::size_t i = 0; i < 3; ++i) plain.push_back(crypto::equal_small(i, choice));

    const crypto::BallotContext<G> context{election, y.point};
    const std::string text = crypto::make_ballot<G>(context, *sk, {plain});

    // From here on all is public but x.
    crypto::BallotFault fault;
    const auto ballot = crypto::read_ballot<G>(text, election, fault);
    ENSURE(ballot && !crypto::check_ballot<G>(context, *ballot, text, false));
    auto rows = crypto::empty_tally<G>(election);
    crypto::add_ballot(rows, *ballot, 1);
    const std::string partial = crypto::decrypt_partially<G>(election, rows, y, *x);
    std::string why;
    const auto factors = crypto::check_partial<G>(election, rows, y, partial, why);
    ENSURE(factors.has_value());
    ENSURE(crypto::is_identity<G>(crypto::opened<G>(rows[0][0], (*factors)[0][0])));
    ENSURE(G::equal(crypto::opened<G>(rows[0][2], (*factors)[0][2]), G::generator()));
    std::puts("ok");
    return 0;
}
