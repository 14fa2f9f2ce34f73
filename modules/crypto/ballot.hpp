// SPDX-License-Identifier: AGPL-3.0-or-later
// Ballots (SPECIFICATION.md 6): strict reading and every check but the list of credentials. Making one: ballot_maker.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/election_record.hpp"
#include "crypto/hash.hpp"
#include "crypto/proofs.hpp"

namespace crypto {

template <class G>
struct Answer {
    std::vector<Ciphertext<G>> choices;
    std::vector<std::vector<Proof<G>>> individual_proofs;  // two per ciphertext
    std::vector<Proof<G>> overall_proof;
    std::vector<Proof<G>> blank_proof;  // two, or none without the blank option
};

template <class G>
struct Ballot {
    std::string election_uuid, election_hash;
    Encoded<G> credential;
    std::vector<Answer<G>> answers;
    std::string signature_hash;
    Proof<G> signature;
};

// What a ballot is judged against.
template <class G>
struct BallotContext {
    const ElectionRecord& election;
    typename G::Element y;  // the election public key
};

// The first check that fails: its name, and where in the ballot ("answers[0].choices[3].alpha").
struct BallotFault {
    std::string check, where;
};

// --- Writing --------------------------------------------------------------------------------------------------------
template <class G>
std::string write_proofs(const std::vector<Proof<G>>& proofs) {
    std::string text = "[";
    for (std::size_t i = 0; i < proofs.size(); ++i) {
        if (i != 0) text += ',';
        text += write_proof(proofs[i]);
    }
    return text + "]";
}

template <class G>
std::string write_answer(const Answer<G>& answer) {
    std::string text = R"({"choices":[)";
    for (std::size_t i = 0; i < answer.choices.size(); ++i) {
        if (i != 0) text += ',';
        text += write_ciphertext(answer.choices[i]);
    }
    text += R"(],"individual_proofs":[)";
    for (std::size_t i = 0; i < answer.individual_proofs.size(); ++i) {
        if (i != 0) text += ',';
        text += write_proofs(answer.individual_proofs[i]);
    }
    text += R"(],"overall_proof":)" + write_proofs(answer.overall_proof);
    if (!answer.blank_proof.empty()) text += R"(,"blank_proof":)" + write_proofs(answer.blank_proof);
    return text + "}";
}

// Without the signature key: what s_hash is the hash of (section 6.3).
template <class G>
std::string write_unsigned(const Ballot<G>& ballot) {
    std::string text = R"({"election_uuid":")" + ballot.election_uuid + R"(","election_hash":")" + ballot.election_hash +
                       R"(","credential":")" + ballot.credential.text + R"(","answers":[)";
    for (std::size_t i = 0; i < ballot.answers.size(); ++i) {
        if (i != 0) text += ',';
        text += write_answer(ballot.answers[i]);
    }
    return text + "]}";
}

template <class G>
std::string write_signed(std::string unsigned_text, const Ballot<G>& ballot) {
    unsigned_text.pop_back();
    return unsigned_text + R"(,"signature":{"hash":")" + ballot.signature_hash + R"(","proof":)" + write_proof(ballot.signature) +
           "}}";
}

// --- Reading (section 6.4): lengths come from the election, so that nothing but the one right form goes through ------
template <class G>
std::vector<Proof<G>> read_proofs(Reader& in, std::size_t count) {
    std::vector<Proof<G>> proofs;
    in.literal("[");
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        if (i != 0) in.literal(",");
        proofs.push_back(read_proof<G>(in));
    }
    in.literal("]");
    return proofs;
}

template <class G>
Answer<G> read_answer(Reader& in, const QuestionRecord& question) {
    Answer<G> answer;
    const std::size_t n = question.choices();
    in.literal(R"({"choices":[)");
    for (std::size_t i = 0; i < n && in.ok(); ++i) {
        if (i != 0) in.literal(",");
        answer.choices.push_back(read_ciphertext<G>(in, read_writing<G>));
    }
    in.literal(R"(],"individual_proofs":[)");
    for (std::size_t i = 0; i < n && in.ok(); ++i) {
        if (i != 0) in.literal(",");
        answer.individual_proofs.push_back(read_proofs<G>(in, 2));
    }
    in.literal(R"(],"overall_proof":)");
    answer.overall_proof = read_proofs<G>(in, question.overall_proofs());
    if (question.blank) {
        in.literal(R"(,"blank_proof":)");
        answer.blank_proof = read_proofs<G>(in, 2);
    }
    in.literal("}");
    return answer;
}

template <class G>
std::optional<Ballot<G>> read_ballot(std::string_view text, const ElectionRecord& election, BallotFault& fault) {
    Reader in(text);
    Ballot<G> ballot;
    in.literal(R"({"election_uuid":)");
    ballot.election_uuid = in.plain_string();
    in.literal(R"(,"election_hash":)");
    ballot.election_hash = in.plain_string();
    in.literal(R"(,"credential":)");
    ballot.credential = read_writing<G>(in);
    in.literal(R"(,"answers":[)");
    for (std::size_t i = 0; i < election.questions.size() && in.ok(); ++i) {
        if (i != 0) in.literal(",");
        ballot.answers.push_back(read_answer<G>(in, election.questions[i]));
    }
    in.literal(R"(],"signature":{"hash":)");
    ballot.signature_hash = in.plain_string();
    in.literal(R"(,"proof":)");
    ballot.signature = read_proof<G>(in);
    in.literal("}}");
    if (!in.at_end()) {
        fault = {"canonical form", "byte " + std::to_string(in.position())};
        return std::nullopt;
    }
    std::vector<Encoded<G>*> elements{&ballot.credential};
    for (auto& answer : ballot.answers)
        for (auto& choice : answer.choices) {
            elements.push_back(&choice.alpha);
            elements.push_back(&choice.beta);
        }
    if (const std::size_t bad = decode_writings<G>(elements); bad != elements.size()) {
        fault = {"canonical form",
                 bad == 0 ? "credential" : (bad % 2 == 1 ? "alpha " : "beta ") + elements[bad]->text.substr(0, 80)};
        return std::nullopt;
    }
    return ballot;
}

// --- Checks (sections 6.2, 6.3 and 10) ------------------------------------------------------------------------------
// Z = phi | enc(credential), section 2.
template <class G>
std::string ballot_binding(const ElectionRecord& election, const Ballot<G>& ballot) {
    return election.fingerprint + "|" + ballot.credential.text;
}

template <class G>
std::optional<BallotFault> check_answer(const BallotContext<G>& context, const QuestionRecord& question, const std::string& Z,
                                        const Answer<G>& answer, const std::string& place) {
    for (std::size_t i = 0; i < answer.choices.size(); ++i) {
        const std::string where = place + ".choices[" + std::to_string(i) + "]";
        if (!G::is_member_var(answer.choices[i].alpha.point)) return BallotFault{"membership", where + ".alpha"};
        if (!G::is_member_var(answer.choices[i].beta.point)) return BallotFault{"membership", where + ".beta"};
    }
    for (std::size_t i = 0; i < answer.choices.size(); ++i)
        if (!verify_individual<G>(context.y, Z, answer.choices[i], answer.individual_proofs[i]))
            return BallotFault{"individual proof", place + ".individual_proofs[" + std::to_string(i) + "]"};
    const std::string Z2 = whole_answer(Z, answer.choices);
    auto sum = neutral_pair<G>();
    for (std::size_t i = question.blank ? 1 : 0; i < answer.choices.size(); ++i) multiply_into(sum, answer.choices[i]);
    const std::string overall = place + ".overall_proof";
    if (!question.blank) {
        if (!verify_overall<G>(context.y, Z2, sum, question.min, question.max, answer.overall_proof))
            return BallotFault{"overall proof", overall};
        return std::nullopt;
    }
    const auto& first = answer.choices[0];
    if (!verify_blank<G>(context.y, Z2, first, sum, answer.blank_proof)) return BallotFault{"blank proof", place + ".blank_proof"};
    if (!verify_overall_blank<G>(context.y, Z2, first, sum, question.min, question.max, answer.overall_proof))
        return BallotFault{"overall proof", overall};
    return std::nullopt;
}

// What needs no proof: canonical form, uuid, election hash, identity, hash of the signature.
template <class G>
std::optional<BallotFault> check_form(const BallotContext<G>& context, const Ballot<G>& ballot, std::string_view text) {
    const std::string unsigned_text = write_unsigned(ballot);
    if (write_signed(unsigned_text, ballot) != text) return BallotFault{"canonical form", "rebuilt bytes differ"};
    if (ballot.election_uuid != context.election.uuid) return BallotFault{"election uuid", "election_uuid"};
    if (ballot.election_hash != context.election.fingerprint) return BallotFault{"election hash", "election_hash"};
    if (is_identity<G>(ballot.credential.point)) return BallotFault{"identity as credential", "credential"};
    if (sha_b64(unsigned_text) != ballot.signature_hash) return BallotFault{"signature hash", "signature.hash"};
    return std::nullopt;
}

// Everything of sections 6 and 10 that one ballot shows by itself, in the plainest way; ballot_fast.hpp does the same faster.
// `text` is what the ballot was read from. `credential_known`: the key stands in a list whose members were tested.
template <class G>
std::optional<BallotFault> check_ballot(const BallotContext<G>& context, const Ballot<G>& ballot, std::string_view text,
                                        bool credential_known) {
    if (auto fault = check_form(context, ballot, text)) return fault;
    const auto& credential = ballot.credential.point;
    if (!credential_known && !G::is_member_var(credential)) return BallotFault{"membership", "credential"};
    if (!verify_knowledge<G>("sig|" + ballot.signature_hash + "|", credential, ballot.signature))
        return BallotFault{"signature", "signature.proof"};
    const std::string Z = ballot_binding(context.election, ballot);
    for (std::size_t i = 0; i < ballot.answers.size(); ++i) {
        const std::string place = "answers[" + std::to_string(i) + "]";
        if (auto fault = check_answer(context, context.election.questions[i], Z, ballot.answers[i], place)) return fault;
    }
    return std::nullopt;
}

}  // namespace crypto
