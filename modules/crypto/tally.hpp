// SPDX-License-Identifier: AGPL-3.0-or-later
// Tally, partial decryptions, combination (SPECIFICATION.md 7). Ballots come in checked.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "crypto/ballot.hpp"
#include "crypto/trustees/record.hpp"

namespace crypto {

// Products of ciphertexts, one row per question.
template <class G>
using TallyRows = std::vector<std::vector<PointPair<G>>>;

template <class G>
TallyRows<G> empty_tally(const ElectionRecord& election) {
    TallyRows<G> rows;
    for (const auto& question : election.questions) rows.emplace_back(question.choices(), neutral_pair<G>());
    return rows;
}

// C_j := C_j * choices_j^weight.
template <class G>
void add_ballot(TallyRows<G>& rows, const Ballot<G>& ballot, std::uint64_t weight) {
    for (std::size_t q = 0; q < rows.size(); ++q)
        for (std::size_t i = 0; i < rows[q].size(); ++i) {
            const auto& c = ballot.answers[q].choices[i];
            if (weight == 1) {
                multiply_into(rows[q][i], c);
                continue;
            }
            const auto times = G::Scalar::from(weight);
            rows[q][i].a = G::multiply(rows[q][i].a, G::power_var(c.alpha.point, times));
            rows[q][i].b = G::multiply(rows[q][i].b, G::power_var(c.beta.point, times));
        }
}

template <class G>
void merge_tally(TallyRows<G>& rows, const TallyRows<G>& other) {
    for (std::size_t q = 0; q < rows.size(); ++q)
        for (std::size_t i = 0; i < rows[q].size(); ++i)
            rows[q][i] = {G::multiply(rows[q][i].a, other[q][i].a), G::multiply(rows[q][i].b, other[q][i].b)};
}

template <class G>
std::string write_encrypted_tally(const TallyRows<G>& rows) {
    std::string text = "[";
    for (const auto& row : rows) {
        text += text.size() > 1 ? ",[" : "[";
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i == 0 ? "" : ",") + write_ciphertext<G>({encoded<G>(row[i].a), encoded<G>(row[i].b)});
        text += "]";
    }
    return text + "]";
}

// Canonical form, the election's dimensions, members.
template <class G>
std::optional<TallyRows<G>> read_encrypted_tally(std::string_view text, const ElectionRecord& election) {
    Reader in(text);
    TallyRows<G> rows;
    in.literal("[");
    for (const auto& question : election.questions) {
        if (!rows.empty()) in.literal(",");
        auto& row = rows.emplace_back();
        in.literal("[");
        for (std::size_t i = 0; i < question.choices() && in.ok(); ++i) {
            if (i != 0) in.literal(",");
            auto c = read_ciphertext<G>(in);
            if (!in.ok() || !G::is_member_var(c.alpha.point) || !G::is_member_var(c.beta.point)) return std::nullopt;
            row.push_back({std::move(c.alpha.point), std::move(c.beta.point)});
        }
        in.literal("]");
    }
    in.literal("]");
    if (!in.at_end()) return std::nullopt;
    return rows;
}

// Numbers up to 2^30-1 are JSON numbers, larger ones decimal strings (section 7.1).
std::string write_count(std::uint64_t count);
std::string write_sized(std::uint64_t num_tallied, std::uint64_t total_weight, std::string_view encrypted_tally);

// --- Partial decryptions (section 7.2) ------------------------------------------------------------------------------
template <class G>
std::string decryption_prefix(const ElectionRecord& election, const Encoded<G>& X) {
    return "decrypt|" + election.fingerprint + "|" + X.text + "|";
}

// Section 7.2: factor alpha^x, and the proof that it has the exponent of X: A = g^w, B = alpha^w.
template <class G>
Proof<G> prove_decryption(const std::string& prefix, const typename G::Element& alpha, const typename G::Scalar& x) {
    const auto w = SecretScalar<typename G::Scalar>::random();
    const auto A = G::generator_power_secret(*w);
    const auto B = G::power_secret(alpha, *w);
    const auto c = hash_to_scalar<G>(prefix, {A, B});
    const SecretScalar<typename G::Scalar> hidden(x * c);
    const Proof<G> proof{c, *w - *hidden};
    mark_public(&proof, sizeof proof);
    return proof;
}
// Section 7.2: A = g^e X^c, B = alpha^e factor^c.
template <class G>
[[nodiscard]] bool verify_decryption(const std::string& prefix, const typename G::Element& X, const typename G::Element& alpha,
                                     const typename G::Element& factor, const Proof<G>& proof) {
    const auto& [c, e] = proof;
    const auto A = G::power2_var(G::generator(), e, X, c);
    const auto B = G::power2_var(alpha, e, factor, c);
    return hash_to_scalar<G>(prefix, {A, B}) == c;
}

template <class G>
using Factors = std::vector<std::vector<typename G::Element>>;

template <class G>
std::string decrypt_partially(const ElectionRecord& election, const TallyRows<G>& rows, const Encoded<G>& X,
                              const typename G::Scalar& x) {
    const std::string prefix = decryption_prefix<G>(election, X);
    std::string factors = "[", proofs = "[";
    for (std::size_t q = 0; q < rows.size(); ++q) {
        factors += q == 0 ? "[" : ",[";
        proofs += q == 0 ? "[" : ",[";
        for (std::size_t i = 0; i < rows[q].size(); ++i) {
            const char* comma = i == 0 ? "" : ",";
            factors += comma + ("\"" + G::encode(G::power_secret(rows[q][i].a, x)) + "\"");
            proofs += comma + write_proof(prove_decryption<G>(prefix, rows[q][i].a, x));
        }
        factors += "]";
        proofs += "]";
    }
    return R"({"decryption_factors":)" + factors + R"(],"decryption_proofs":)" + proofs + "]}";
}

// A record as it is written, nothing checked but its one writing.
template <class G>
struct PartialText {
    Factors<G> factors;
    std::vector<std::vector<Proof<G>>> proofs;
};

// Of the tally's dimensions.
template <class G>
std::optional<PartialText<G>> read_partial(const TallyRows<G>& rows, std::string_view record, std::string& why) {
    Reader in(record);
    PartialText<G> partial;
    in.literal(R"({"decryption_factors":[)");
    for (const auto& row : rows) {
        if (!partial.factors.empty()) in.literal(",");
        auto& own = partial.factors.emplace_back();
        in.literal("[");
        for (std::size_t i = 0; i < row.size() && in.ok(); ++i) {
            if (i != 0) in.literal(",");
            own.push_back(read_element<G>(in).point);
        }
        in.literal("]");
    }
    in.literal(R"(],"decryption_proofs":[)");
    for (const auto& row : rows) {
        if (!partial.proofs.empty()) in.literal(",");
        partial.proofs.push_back(read_proofs<G>(in, row.size()));
    }
    in.literal("]}");
    if (in.at_end()) return partial;
    why = "not canonical at byte " + std::to_string(in.position());
    return std::nullopt;
}

// The factors, if the record is canonical, of the tally's dimensions, made of members, and every proof holds.
template <class G>
std::optional<Factors<G>> check_partial(const ElectionRecord& election, const TallyRows<G>& rows, const Encoded<G>& X,
                                        std::string_view record, std::string& why) {
    auto partial = read_partial<G>(rows, record, why);
    if (!partial) return std::nullopt;
    const std::string prefix = decryption_prefix<G>(election, X);
    for (std::size_t q = 0; q < rows.size(); ++q)
        for (std::size_t i = 0; i < rows[q].size(); ++i) {
            const std::string where = "[" + std::to_string(q) + "][" + std::to_string(i) + "]";
            if (!G::is_member_var(partial->factors[q][i])) {
                why = "membership of decryption_factors" + where;
                return std::nullopt;
            }
            if (!verify_decryption<G>(prefix, X.point, rows[q][i].a, partial->factors[q][i], partial->proofs[q][i])) {
                why = "decryption_proofs" + where;
                return std::nullopt;
            }
        }
    return std::move(partial->factors);
}

// The value at `at` of the polynomial through the points of `present` is the sum of lagrange(j) * value_j.
template <class S>
S lagrange(const std::vector<std::uint64_t>& present, std::uint64_t j, std::uint64_t at) {
    S numerator = S::from(1), denominator = S::from(1);
    for (const auto k : present)
        if (k != j) {
            numerator = numerator * (S::from(at) - S::from(k));
            denominator = denominator * (S::from(j) - S::from(k));
        }
    return numerator * denominator.inverse();
}

// Owners whose factors do not lie on one polynomial with those of the others: all are compared with the first t of their item, of which
// those not in `doubted` come first. Any t of factors that agree give one result. `by_owner`: of one total, members.
template <class G>
std::vector<std::uint64_t> disagreeing_owners(const Trustees<G>& trustees, const std::map<std::uint64_t, Factors<G>>& by_owner,
                                              const std::set<std::uint64_t>& doubted = {}) {
    std::vector<std::uint64_t> found;
    std::uint64_t before = 0;  // owners of earlier items
    for (const auto& item : trustees.items) {
        std::vector<std::uint64_t> base, rest;  // indices inside the item, from 1
        for (const bool doubt : {false, true})
            for (std::uint64_t j = 1; j <= item.keys.size(); ++j)
                if (by_owner.count(before + j) != 0 && (doubted.count(before + j) != 0) == doubt)
                    (base.size() < item.threshold ? base : rest).push_back(j);
        for (const auto m : item.threshold == 0 ? std::vector<std::uint64_t>{} : rest) {
            auto expected = by_owner.at(before + m);
            for (auto& row : expected)
                for (auto& f : row) f = G::identity();
            for (const auto j : base) {
                const auto lambda = lagrange<typename G::Scalar>(base, j, m);
                const auto& factors = by_owner.at(before + j);
                for (std::size_t q = 0; q < factors.size(); ++q)
                    for (std::size_t i = 0; i < factors[q].size(); ++i)
                        expected[q][i] = G::multiply(expected[q][i], G::power_var(factors[q][i], lambda));
            }
            const auto& own = by_owner.at(before + m);
            bool same = true;
            for (std::size_t q = 0; q < own.size(); ++q)
                for (std::size_t i = 0; i < own[q].size(); ++i) same = same && G::equal(expected[q][i], own[q][i]);
            if (!same) found.push_back(before + m);
        }
        before += item.keys.size();
    }
    return found;
}

// F = product over the items: Single = its factor; Pedersen = product of factor_j^lambda_j over the first t indices present.
// Nothing when an item lacks factors. `by_owner`: checked factors by owner number.
template <class G>
std::optional<Factors<G>> combine_factors(const Trustees<G>& trustees, const std::map<std::uint64_t, Factors<G>>& by_owner) {
    using S = typename G::Scalar;
    std::optional<Factors<G>> product;
    const auto multiply_in = [&](const Factors<G>& factors, const S* lambda) {
        if (!product) {
            product = factors;
            for (auto& row : *product)
                for (auto& f : row) f = G::identity();
        }
        for (std::size_t q = 0; q < factors.size(); ++q)
            for (std::size_t i = 0; i < factors[q].size(); ++i) {
                auto& f = (*product)[q][i];
                f = G::multiply(f, lambda == nullptr ? factors[q][i] : G::power_var(factors[q][i], *lambda));
            }
    };
    std::uint64_t first_owner = 1;
    for (const auto& item : trustees.items) {
        std::vector<std::uint64_t> present;  // indices inside the item, from 1
        for (std::uint64_t j = 1; j <= item.keys.size() && present.size() < std::max<std::size_t>(item.threshold, 1); ++j)
            if (by_owner.count(first_owner + j - 1) != 0) present.push_back(j);
        if (present.size() < std::max<std::size_t>(item.threshold, 1)) return std::nullopt;
        for (const auto j : present) {
            const auto& factors = by_owner.at(first_owner + j - 1);
            if (item.threshold == 0) {
                multiply_in(factors, nullptr);
                continue;
            }
            const S lambda = lagrange<S>(present, j, 0);
            multiply_in(factors, &lambda);
        }
        first_owner += item.keys.size();
    }
    return product;
}

// n with g^n = element, n <= limit: baby steps and giant steps, public values.
template <class G>
class DiscreteLog {
public:
    explicit DiscreteLog(std::uint64_t limit) : limit_(limit) {
        while (width_ * width_ <= limit) ++width_;
        std::vector<typename G::Element> steps;
        auto power = G::identity();
        for (std::uint64_t i = 0; i < width_; ++i) {
            steps.push_back(power);
            power = G::multiply(power, G::generator());
        }
        giant_ = G::invert_var(power);  // g^-width
        const auto texts = G::encode_all(steps);
        for (std::uint64_t i = 0; i < width_; ++i) baby_.emplace(texts[i], i);
    }
    std::optional<std::uint64_t> solve_var(typename G::Element element) const {
        for (std::uint64_t giant = 0; giant * width_ <= limit_; ++giant) {
            if (const auto it = baby_.find(G::encode(element)); it != baby_.end()) {
                const std::uint64_t n = giant * width_ + it->second;
                if (n <= limit_) return n;
                return std::nullopt;
            }
            element = G::multiply(element, giant_);
        }
        return std::nullopt;
    }

private:
    std::uint64_t limit_, width_ = 1;
    typename G::Element giant_ = G::identity();
    std::unordered_map<std::string, std::uint64_t> baby_;
};

// g^m = beta / F.
template <class G>
typename G::Element opened(const PointPair<G>& c, const typename G::Element& F) {
    return G::multiply(c.b, G::invert_var(F));
}

std::string write_result(const std::vector<std::vector<std::uint64_t>>& counts);

}  // namespace crypto
