// SPDX-License-Identifier: AGPL-3.0-or-later
// Making a ballot (SPECIFICATION.md 6.1 to 6.3), without a branch on the choice, the nonces or the key.
#pragma once

#include "crypto/ballot.hpp"

namespace crypto {

// `plain`: one 0 or 1 per ciphertext, blank first; it must satisfy the question, or the proofs will not hold.
template <class G>
Answer<G> make_answer(const BallotContext<G>& context, const QuestionRecord& question, const std::string& Z,
                      const std::vector<std::uint64_t>& plain) {
    using S = typename G::Scalar;
    Answer<G> answer;
    std::vector<SecretScalar<S>> r;
    const std::size_t first = question.blank ? 1 : 0;
    S rS;
    std::uint64_t mS = 0;
    auto sum = neutral_pair<G>();
    for (std::size_t i = 0; i < question.choices(); ++i) {
        r.push_back(SecretScalar<S>::random());
        answer.choices.push_back(encrypt<G>(context.y, *r[i], S::from(plain[i])));
        answer.individual_proofs.push_back(prove_individual<G>(context.y, Z, answer.choices[i], *r[i], plain[i]));
        if (i < first) continue;
        rS = rS + *r[i];
        mS += plain[i];
        multiply_into(sum, answer.choices[i]);
    }
    const std::string Z2 = whole_answer(Z, answer.choices);
    if (question.blank) {
        answer.blank_proof = prove_blank<G>(context.y, Z2, *r[0], plain[0], rS, mS);
        answer.overall_proof = prove_overall_blank<G>(context.y, Z2, question.min, question.max, *r[0], plain[0], rS, mS);
    } else {
        answer.overall_proof = prove_overall<G>(context.y, Z2, sum, question.min, question.max, rS, mS);
    }
    sodium_memzero(&rS, sizeof rS);
    return answer;
}

// `plain[i]`: the vector of question i. Gives the ballot's bytes.
template <class G>
std::string make_ballot(const BallotContext<G>& context, const typename G::Scalar& sk,
                        const std::vector<std::vector<std::uint64_t>>& plain) {
    Ballot<G> ballot;
    ballot.election_uuid = context.election.uuid;
    ballot.election_hash = context.election.fingerprint;
    ballot.credential = encoded<G>(G::generator_power_secret(sk));
    const std::string Z = ballot_binding(context.election, ballot);
    for (std::size_t i = 0; i < context.election.questions.size(); ++i)
        ballot.answers.push_back(make_answer(context, context.election.questions[i], Z, plain[i]));
    std::string text = write_unsigned(ballot);
    ballot.signature_hash = sha_b64(text);
    ballot.signature = prove_knowledge<G>("sig|" + ballot.signature_hash + "|", sk);
    return write_signed(std::move(text), ballot);
}

}  // namespace crypto
