// SPDX-License-Identifier: AGPL-3.0-or-later
// Run under valgrind: signs, encrypts, proves and decrypts in one group with secrets marked undefined, or holds a whole ceremony of
// keys. Any branch or address that depends on one is an error of the run. What is public by then (commitments, responses, factors) is
// marked so in the library. Seeds are not marked, what is derived from them is.
// Usage: crypto-secrecy GROUP [--ceremony] [--leak]. --leak shows that the run notices: it branches on the elector's choice, or writes a
// share as public numbers are written.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "crypto/ballot_maker.hpp"
#include "crypto/trustees/ceremony_steps.hpp"
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

// Three holders, two decrypt: keys, channels, shares, the final key and what is proved with it.
template <class G>
int play_ceremony(bool leak) {
    using S = typename G::Scalar;
    const auto need = [](auto result) {
        ENSURE(result.has_value());
        return std::move(*result);
    };
    const std::string seeds[] = {crypto::random_base58(22), crypto::random_base58(22), crypto::random_base58(22)};
    std::vector<std::string> texts, polynomials, commitments, public_keys;
    for (std::uint64_t j = 1; j <= 3; ++j) texts.push_back(crypto::make_cert<G>(seeds[j - 1], 3, 2, j));
    const auto certs = need(crypto::check_certs<G>(texts, 2));
    for (const auto& seed : seeds) {
        polynomials.push_back(need(crypto::make_polynomial<G>(seed, certs)));
        commitments.push_back(need(crypto::commit_to_polynomial<G>(polynomials.back())));
    }
    const auto checked = need(crypto::check_polynomials<G>(certs, commitments, polynomials));
    std::vector<util::SecretText> files;
    for (std::size_t j = 1; j <= 3; ++j) {
        const auto output = need(crypto::finish_share<G>(seeds[j - 1], certs, commitments, crypto::make_vinput(checked, j)));
        public_keys.push_back(output.public_key);
        files.push_back(crypto::write_holder_file(seeds[j - 1], output.private_key));
    }
    const std::string record = need(crypto::assemble_record<G>(certs, checked, public_keys));
    std::vector<std::string> confirmations;
    for (const auto& file : files) confirmations.push_back(need(crypto::confirm_record<G>(record, file.view())));
    ENSURE(crypto::check_record_confirmations<G>(record, confirmations).has_value());
    // A bare key, as a single trustee keeps it.
    const auto single = crypto::make_single_key<G>();
    const auto text = leak ? util::SecretText(single.x->text()) : single.x->text_secret();
    const auto opened = crypto::open_trustee_key<G>(crypto::join_secret({"\"", text.view(), "\""}).view(), single.key.key);
    const bool same = opened.has_value() && **opened == *single.x;
    crypto::mark_public(&same, sizeof same);
    ENSURE(same && !S::parse_secret("01").has_value());
    std::puts("ok");
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::string_view group = count > 1 ? arguments[1] : "";
    const auto has = [&](const char* option) {
        return std::any_of(arguments, arguments + count, [&](const char* word) { return std::strcmp(word, option) == 0; });
    };
    const bool leak = has("--leak"), ceremony = has("--ceremony");
    return crypto::with_group(
        group, [&]<class G>(crypto::GroupTag<G>) { return ceremony ? play_ceremony<G>(leak) : play<G>(leak); }, [] { return 2; });
}
