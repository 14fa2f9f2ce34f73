// SPDX-License-Identifier: AGPL-3.0-or-later
// check_ballot of ballot.hpp, faster (SPECIFICATION.md 11): every point of the ballot gets one chain of doublings for all its
// powers and its membership test, powers of g and y come from tables, and all commitments are written with one inversion. Same
// verdict, same fault: the plain code is the reference that the tests compare with.
#pragma once

#include "crypto/ballot.hpp"

namespace crypto {

template <FastGroup G>
class FastChecker {
public:
    // `width` of y's table: 8 to check many ballots, 5 where many elections stay in memory.
    FastChecker(const BallotContext<G>& context, unsigned width)
        : context_(context), g_(G::fixed_generator()), y_(G::make_fixed_base(context.y, width)) {}

    std::optional<BallotFault> check(const Ballot<G>& ballot, std::string_view text, bool credential_known) const {
        if (auto fault = check_form(context_, ballot, text)) return fault;
        Work work;
        // Every base with the challenges it is raised to, in the order in which the commitments take them back; the credential,
        // with its one challenge, last.
        for (std::size_t i = 0; i < ballot.answers.size(); ++i) gather(work, context_.election.questions[i], ballot.answers[i]);
        work.tasks.push_back({ballot.credential.point, {ballot.signature.challenge}, !credential_known});
        G::power_many_var(work.tasks);
        const PowerTask<G>& credential = work.tasks.back();
        work.commitments.push_back({&credential.powers[0], {{&g_, ballot.signature.response}}});
        for (std::size_t i = 0; i < ballot.answers.size(); ++i) commit(work, context_.election.questions[i], ballot.answers[i]);
        work.writings = G::encode_all(G::multiply_fixed_many_var(work.commitments));

        if (!credential_known && !credential.is_member) return BallotFault{"membership", "credential"};
        if (hash(work, "sig|" + ballot.signature_hash + "|", 1) != ballot.signature.challenge)
            return BallotFault{"signature", "signature.proof"};
        const std::string Z = ballot_binding(context_.election, ballot);
        work.task = 0;
        for (std::size_t i = 0; i < ballot.answers.size(); ++i)
            if (auto fault =
                    judge(work, context_.election.questions[i], Z, ballot.answers[i], "answers[" + std::to_string(i) + "]"))
                return fault;
        return std::nullopt;
    }

private:
    using Scalar = typename G::Scalar;

    struct Work {
        std::vector<PowerTask<G>> tasks;
        std::vector<FixedTask<G>> commitments;
        std::vector<std::string> writings;
        std::size_t task = 0, written = 0;  // the next to take
    };

    static PointPair<G> sum_of(const QuestionRecord& question, const Answer<G>& answer) {
        auto sum = neutral_pair<G>();
        for (std::size_t i = question.blank ? 1 : 0; i < answer.choices.size(); ++i) multiply_into(sum, answer.choices[i]);
        return sum;
    }

    // Per answer: alpha and beta of each choice, then of the sum. Exponents of choice 0 end with those of the blank branches.
    static void gather(Work& work, const QuestionRecord& question, const Answer<G>& answer) {
        for (std::size_t i = 0; i < answer.choices.size(); ++i) {
            std::vector<Scalar> challenges;
            for (const auto& proof : answer.individual_proofs[i]) challenges.push_back(proof.challenge);
            if (question.blank && i == 0) {
                challenges.push_back(answer.blank_proof[0].challenge);
                challenges.push_back(answer.overall_proof[0].challenge);
            }
            work.tasks.push_back({answer.choices[i].alpha.point, challenges, true});
            work.tasks.push_back({answer.choices[i].beta.point, challenges, true});
        }
        const auto sum = sum_of(question, answer);
        std::vector<Scalar> challenges;
        if (question.blank) challenges.push_back(answer.blank_proof[1].challenge);
        for (std::size_t j = question.blank ? 1 : 0; j < answer.overall_proof.size(); ++j)
            challenges.push_back(answer.overall_proof[j].challenge);
        work.tasks.push_back({sum.a, challenges, false});
        work.tasks.push_back({sum.b, challenges, false});
    }

    // Section 6.1: A = g^e a^c, B = y^e b^c g^(-M c); a^c and b^c are power `k` of the task and the one after it.
    void commit_branch(Work& work, std::size_t task, std::size_t k, const Proof<G>& proof, unsigned M) const {
        work.commitments.push_back({&work.tasks[task].powers[k], {{&g_, proof.response}}});
        work.commitments.push_back({&work.tasks[task + 1].powers[k], {{&y_, proof.response}}});
        if (M != 0) work.commitments.back().terms.push_back({&g_, -(proof.challenge * Scalar::from(M))});
    }

    void commit(Work& work, const QuestionRecord& question, const Answer<G>& answer) const {
        const std::size_t first = work.task, sum = first + 2 * answer.choices.size();
        for (std::size_t i = 0; i < answer.choices.size(); ++i)
            for (unsigned M = 0; M < 2; ++M) commit_branch(work, first + 2 * i, M, answer.individual_proofs[i][M], M);
        if (question.blank) {
            commit_branch(work, first, 2, answer.blank_proof[0], 0);
            commit_branch(work, sum, 0, answer.blank_proof[1], 0);
            commit_branch(work, first, 3, answer.overall_proof[0], 1);
        }
        const std::size_t own = question.blank ? 1 : 0;  // branches and powers of the sum that come before
        for (std::size_t j = own; j < answer.overall_proof.size(); ++j)
            commit_branch(work, sum, j, answer.overall_proof[j], question.min + static_cast<unsigned>(j - own));
        work.task = sum + 2;
    }

    // H over the next `count` commitments.
    static Scalar hash(Work& work, std::string_view prefix, std::size_t count) {
        const std::span<const std::string> all(work.writings);
        const Scalar h = hash_writings<G>(prefix, all.subspan(work.written, count));
        work.written += count;
        return h;
    }
    static bool holds(Work& work, std::string_view prefix, const std::vector<Proof<G>>& proofs) {
        Scalar sum;
        for (const auto& proof : proofs) sum = sum + proof.challenge;
        return hash(work, prefix, 2 * proofs.size()) == sum;
    }

    static std::optional<BallotFault> judge(Work& work, const QuestionRecord& question, const std::string& Z,
                                            const Answer<G>& answer, const std::string& place) {
        for (std::size_t i = 0; i < answer.choices.size(); ++i) {
            const std::string where = place + ".choices[" + std::to_string(i) + "]";
            if (!work.tasks[work.task + 2 * i].is_member) return BallotFault{"membership", where + ".alpha"};
            if (!work.tasks[work.task + 2 * i + 1].is_member) return BallotFault{"membership", where + ".beta"};
        }
        work.task += 2 * answer.choices.size() + 2;
        for (std::size_t i = 0; i < answer.choices.size(); ++i)
            if (!holds(work, individual_prefix(Z, answer.choices[i]), answer.individual_proofs[i]))
                return BallotFault{"individual proof", place + ".individual_proofs[" + std::to_string(i) + "]"};
        const std::string Z2 = whole_answer(Z, answer.choices);
        if (question.blank && !holds(work, blank_prefix(Z2), answer.blank_proof))
            return BallotFault{"blank proof", place + ".blank_proof"};
        const std::string prefix = question.blank ? overall_blank_prefix(Z2) : overall_prefix<G>(Z2, sum_of(question, answer));
        if (!holds(work, prefix, answer.overall_proof)) return BallotFault{"overall proof", place + ".overall_proof"};
        return std::nullopt;
    }

    const BallotContext<G> context_;
    const typename G::FixedBase& g_;
    const typename G::FixedBase y_;
};

}  // namespace crypto
