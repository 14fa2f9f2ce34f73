// SPDX-License-Identifier: AGPL-3.0-or-later
// Run under valgrind: signs, encrypts, proves and decrypts in one group with secrets marked undefined. Any branch or address that
// depends on one is an error of the run. What is public by then (commitments, responses, factors) is marked so in the library.
// Usage: crypto-secrecy GROUP [--leak]. --leak branches on the elector's choice, to show that the run notices.
#include <cstdio>
#include <cstring>
#include <string_view>

#include "crypto/ballot_maker.hpp"
#include "crypto/groups.hpp"
#include "crypto/tally.hpp"
#include "util/ensure.hpp"

namespace {

crypto::ElectionRecord make_election() {
    crypto::ElectionRecord election;
    election.uuid = "11111111111111";
    election.fingerprint = crypto::sha_b64("election");
    election.questions.push_back({"?", {"a", "b"}, true, 1, 1});
    return election;
}

template <class G>
int play(bool leak) {
    using S = typename G::Scalar;
    const auto election = make_election();
    // Secrets of the trustee, the elector, and the choice itself.
    const auto x = crypto::SecretScalar<S>::random_nonzero(), sk = crypto::SecretScalar<S>::random_nonzero();
    const auto y = crypto::encoded<G>(G::generator_power_secret(*x));
    std::size_t choice = 2;
    crypto::mark_secret(&choice, sizeof choice);
    std::vector<std::uint64_t> plain;
    for (std::size_t i = 0; i < 3; ++i) plain.push_back(crypto::equal_small(i, choice));
    if (leak && plain[0] == 1) std::puts("a blank vote");

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

}  // namespace

int main(int count, char** arguments) {
    const std::string_view group = count > 1 ? arguments[1] : "";
    const bool leak = count > 2 && std::strcmp(arguments[2], "--leak") == 0;
    return crypto::with_group(group, [&]<class G>(crypto::GroupTag<G>) { return play<G>(leak); }, [] { return 2; });
}
