// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/opened_ballot.hpp"

#include <algorithm>

#include "crypto/ballot.hpp"
#include "crypto/groups.hpp"
#include "util/text.hpp"

namespace crypto {

namespace {

util::Failure no_ballot(std::string what) { return util::failure(util::Fault::invalid, std::move(what)); }

bool is_made_of(std::string_view text, std::size_t least, std::size_t most, std::string_view others, bool letters) {
    return text.size() >= least && text.size() <= most && std::all_of(text.begin(), text.end(), [&](char c) {
               return (c >= '0' && c <= '9') || (letters && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) ||
                      others.find(c) != std::string_view::npos;
           });
}

bool is_short_number(std::string_view text, std::size_t most) {
    return is_made_of(text, 1, most, "", false) && (text.size() == 1 || text[0] != '0');
}

// The scalars of a seed, one after another.
template <class S>
class Draw {
public:
    explicit Draw(std::string_view seed) : prefix_("ballot_seed|" + std::string(seed) + "|") {}
    S operator()() {
        const std::string text = prefix_ + std::to_string(index_++) + "|";
        return S::reduce_wide(util::sha256(text + "0") + util::sha256(text + "1"));
    }

private:
    std::string prefix_;
    std::uint64_t index_ = 0;
};

// What a branch « (a, b) encrypts M » is about: a = g^r, b = y^r g^m.
template <class S>
struct Known {
    S r, m;
    unsigned M;
};

// Section 17: w, then a challenge and a response for each branch but the true one, in order.
template <class G>
std::vector<Proof<G>> remake_or(const typename G::Element& y, Draw<typename G::Scalar>& draw, std::string_view prefix,
                                const std::vector<Known<typename G::Scalar>>& branches, std::size_t actual) {
    using S = typename G::Scalar;
    const S w = draw();
    std::vector<Proof<G>> proofs(branches.size());
    std::vector<typename G::Element> commitments;
    S sum;
    for (std::size_t j = 0; j < branches.size(); ++j) {
        const auto& [r, m, M] = branches[j];
        S u = w, shift;
        if (j != actual) {
            const S c = draw(), e = draw();
            proofs[j] = {c, e};
            sum = sum + c;
            u = e + r * c;
            shift = (m - S::from(M)) * c;
        }
        commitments.push_back(G::power_var(G::generator(), u));
        commitments.push_back(G::power2_var(y, u, G::generator(), shift));
    }
    const S c = hash_to_scalar<G>(prefix, commitments) - sum;
    proofs[actual] = {c, w - branches[actual].r * c};
    return proofs;
}

template <class G>
Answer<G> remake_answer(const BallotContext<G>& context, const QuestionRecord& question, const std::string& Z, std::size_t choice,
                        Draw<typename G::Scalar>& draw) {
    using S = typename G::Scalar;
    const std::size_t first = question.blank ? 1 : 0;
    Answer<G> answer;
    S r0, rS;
    auto sum = neutral_pair<G>();
    for (std::size_t i = 0; i < question.choices(); ++i) {
        const std::size_t m = i + 1 - first == choice ? 1 : 0;
        const S r = draw(), plain = S::from(m);
        answer.choices.push_back(
            {encoded<G>(G::power_var(G::generator(), r)), encoded<G>(G::power2_var(context.y, r, G::generator(), plain))});
        answer.individual_proofs.push_back(
            remake_or<G>(context.y, draw, individual_prefix(Z, answer.choices[i]), {{r, plain, 0}, {r, plain, 1}}, m));
        if (i < first) {
            r0 = r;
            continue;
        }
        rS = rS + r;
        multiply_into(sum, answer.choices[i]);
    }
    const bool is_blank = question.blank && choice == 0;
    const S m0 = S::from(is_blank ? 1 : 0), mS = S::from(is_blank ? 0 : 1);
    const std::string Z2 = whole_answer(Z, answer.choices);
    std::vector<Known<S>> range;
    if (question.blank) range.push_back({r0, m0, 1});
    for (unsigned M = question.min; M <= question.max; ++M) range.push_back({rS, mS, M});
    const std::size_t actual = is_blank ? 0 : 1 - question.min + first;
    const std::string prefix = question.blank ? overall_blank_prefix(Z2) : overall_prefix<G>(Z2, sum);
    answer.overall_proof = remake_or<G>(context.y, draw, prefix, range, actual);
    if (question.blank)
        answer.blank_proof = remake_or<G>(context.y, draw, blank_prefix(Z2), {{r0, m0, 0}, {rS, mS, 0}}, is_blank ? 1 : 0);
    return answer;
}

template <class G>
util::Result<RemadeBallot> remake(const ElectionRecord& election, const OpenedBallot& opened) {
    const auto y = parse_key<G>(election.public_key);
    const auto credential = parse_key<G>(opened.credential);
    const auto challenge = G::Scalar::parse(opened.challenge), response = G::Scalar::parse(opened.response);
    if (!y || !credential || !challenge || !response) return no_ballot("a key or a number is out of its group");
    const BallotContext<G> context{election, y->point};
    Ballot<G> ballot;
    ballot.election_uuid = election.uuid;
    ballot.election_hash = election.fingerprint;
    ballot.credential = *credential;
    Draw<typename G::Scalar> draw(opened.seed);
    const std::string Z = ballot_binding(election, ballot);
    ballot.answers.push_back(remake_answer(context, election.questions[0], Z, opened.choice, draw));
    std::string text = write_unsigned(ballot);
    ballot.signature_hash = sha_b64(text);
    ballot.signature = {*challenge, *response};
    text = write_signed(std::move(text), ballot);
    const std::string& answer = opened.choice == 0 ? std::string() : election.questions[0].answers[opened.choice - 1];
    return RemadeBallot{election.name, answer, text, sha_b64(text)};
}

}  // namespace

std::optional<OpenedBallot> OpenedBallot::parse(std::string_view text) {
    std::string line;
    for (const char c : text)
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') line += c;
    line.erase(0, line.rfind('#') + 1);  // npos + 1: nothing
    const auto f = util::split(line, '~');
    if (f.size() != 8 || f[0] != "b1") return std::nullopt;
    if (!is_made_of(f[1], 1, 64, "_.-", true) || !is_made_of(f[2], 43, 43, "_-", true) ||
        !is_made_of(f[3], 1, 700, "abcdef", false) || !is_short_number(f[4], 4) || !is_made_of(f[5], 43, 43, "_-", true) ||
        !is_short_number(f[6], 91) || !is_short_number(f[7], 91))
        return std::nullopt;
    OpenedBallot opened{f[1], f[2], f[3], std::stoul(f[4]), f[5], f[6], f[7]};
    std::replace(opened.fingerprint.begin(), opened.fingerprint.end(), '-', '+');
    std::replace(opened.fingerprint.begin(), opened.fingerprint.end(), '_', '/');
    return opened;
}

util::Result<RemadeBallot> remake_ballot(std::string_view election_record, const OpenedBallot& opened) {
    const auto election = read_election_record(election_record);
    if (!election) return no_ballot("not an election record");
    if (election->fingerprint != opened.fingerprint) return no_ballot("another election");
    if (election->questions.size() != 1) return no_ballot("more than one question");
    const QuestionRecord& question = election->questions[0];
    if (opened.choice > question.answers.size() || (opened.choice == 0 && !question.blank)) return no_ballot("no such choice");
    if (question.min > 1 || question.max < 1) return no_ballot("one choice is not a vote there");
    return with_group(
        election->group, [&]<class G>(GroupTag<G>) { return remake<G>(*election, opened); },
        [&]() -> util::Result<RemadeBallot> { return no_ballot("unknown group"); });
}

}  // namespace crypto
