// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading a whole trustees record with every check of SPECIFICATION.md 5.4 and 10.13 to 10.17: what a verifier, the
// ceremony's last step and the office tool share.
#pragma once

#include <algorithm>

#include "crypto/trustees/trustee.hpp"

namespace crypto {

// A JSON array of signed messages or proofs, any length up to the holders' limit.
template <class T, class Read>
std::vector<T> read_list(Reader& in, Read read) {
    std::vector<T> list;
    in.literal("[");
    while (in.ok() && !in.peek("]") && list.size() <= k_max_holders) {
        if (!list.empty()) in.literal(",");
        list.push_back(read(in));
    }
    in.literal("]");
    return list;
}

// The content of a Pedersen item (5.4), opened: `threshold` and four lists.
template <class G>
struct PedersenText {
    std::uint64_t threshold = 0;
    std::vector<SignedMessage<G>> certs, coefexps;
    std::vector<Proof<G>> signatures;
    std::vector<TrusteeKey<G>> verification_keys;
};

template <class G>
PedersenText<G> read_pedersen(Reader& in) {
    PedersenText<G> p;
    in.literal(R"({"threshold":)");
    p.threshold = in.number();
    in.literal(R"(,"certs":)");
    p.certs = read_list<SignedMessage<G>>(in, read_signed_message<G>);
    in.literal(R"(,"coefexps":)");
    p.coefexps = read_list<SignedMessage<G>>(in, read_signed_message<G>);
    in.literal(R"(,"signatures":)");
    p.signatures = read_list<Proof<G>>(in, read_proof<G>);
    in.literal(R"(,"verification_keys":)");
    p.verification_keys = read_list<TrusteeKey<G>>(in, read_trustee_key<G>);
    in.literal("}");
    return p;
}

template <class G>
std::string write_pedersen(const PedersenText<G>& p) {
    const auto list = [](const auto& items, auto write) {
        std::string text = "[";
        for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "" : ",") + write(items[i]);
        return text + "]";
    };
    return R"({"threshold":)" + std::to_string(p.threshold) + R"(,"certs":)" + list(p.certs, write_signed_message<G>) +
           R"(,"coefexps":)" + list(p.coefexps, write_signed_message<G>) + R"(,"signatures":)" +
           list(p.signatures, write_proof<G>) + R"(,"verification_keys":)" + list(p.verification_keys, write_trustee_key<G>) + "}";
}

// Checks 10.14 to 10.17, and the keys of section 5.3: sub-key = prod_i A_i0, key j = prod_i prod_k A_ik^(j^k).
template <class G>
Checked<TrusteeItem<G>> check_pedersen(const PedersenText<G>& p, bool& form_2_5_1) {
    const std::size_t n = p.certs.size();
    if (p.threshold < 1 || p.threshold >= n) return Refusal{CeremonyCheck::record_threshold};
    if (n > k_max_holders) return Refusal{CeremonyCheck::too_many_holders};
    if (p.coefexps.size() != n || p.signatures.size() != n || p.verification_keys.size() != n)
        return Refusal{CeremonyCheck::lists_differ};
    TrusteeItem<G> item;
    item.threshold = static_cast<std::size_t>(p.threshold);
    for (std::size_t i = 0; i < n; ++i) {
        auto cert = check_cert<G>(p.certs[i], n, p.threshold, i + 1);
        if (!cert) return cert.refusal();
        item.certs.push_back(std::move(*cert));
    }
    if (has_equal_keys(item.certs)) return Refusal{CeremonyCheck::equal_cert_keys};
    std::vector<typename G::Element> product(item.threshold, G::identity());  // prod_i A_ik
    for (std::size_t i = 0; i < n; ++i) {
        const auto& vk = item.certs[i].verification.point;
        const auto coefexps = check_coefexps<G>(p.coefexps[i], p.threshold, vk, i + 1);
        if (!coefexps) return coefexps.refusal();
        if (!verify_knowledge<G>(pki_prefix(certs_message(item.certs, texts_of(*coefexps))), vk, p.signatures[i]))
            return Refusal{CeremonyCheck::certs_signature, CeremonySubject::coefexps, i + 1};
        for (std::size_t k = 0; k < item.threshold; ++k) product[k] = G::multiply(product[k], (*coefexps)[k].point);
    }
    if (leading_cancel<G>(product)) return Refusal{CeremonyCheck::cancelled_degree};
    item.sub_key = product[0];
    for (std::size_t j = 0; j < n; ++j) {
        const auto& key = p.verification_keys[j];
        const auto bad = [&](CeremonyCheck check) { return Refusal{check, CeremonySubject::verification_key, j + 1}; };
        if (const auto fault = fault_of_key(key)) return bad(*fault);
        if (!G::equal(evaluate_in_exponent_var<G>(product, j + 1), key.key.point)) return bad(CeremonyCheck::off_the_polynomials);
        if (key.is_signed != p.verification_keys[0].is_signed) return Refusal{CeremonyCheck::mixed_signatures};
        if (!key.is_signed) form_2_5_1 = true;
        else if (!verify_knowledge<G>(pki_prefix(key.key.text), item.certs[j].verification.point, key.signature))
            return bad(CeremonyCheck::signature);
        item.keys.push_back(key);
    }
    return item;
}

// Refuses for the first thing wrong.
template <class G>
Checked<Trustees<G>> read_trustees(std::string_view record) {
    Reader in(record);
    Trustees<G> trustees;
    trustees.public_key = G::identity();
    in.literal("[");
    while (in.ok() && !in.peek("]") && trustees.items.size() <= k_max_holders) {
        const std::size_t at = trustees.items.size();
        if (at != 0) in.literal(",");
        TrusteeItem<G> item;
        if (in.skip(R"(["Single",)")) {
            const auto key = read_trustee_key<G>(in);
            in.literal("]");
            if (!in.ok()) break;
            if (key.is_signed) return Refusal{.check = CeremonyCheck::signed_single_key, .item = at};
            if (const auto fault = fault_of_key(key)) return Refusal{.check = *fault, .item = at};
            item.sub_key = key.key.point;
            item.keys.push_back(key);
        } else {
            in.literal(R"(["Pedersen",)");
            const auto text = read_pedersen<G>(in);
            in.literal("]");
            if (!in.ok()) break;
            auto checked = check_pedersen<G>(text, trustees.form_2_5_1);
            if (!checked) {
                Refusal refusal = checked.refusal();
                refusal.item = at;
                return refusal;
            }
            item = std::move(*checked);
        }
        trustees.public_key = G::multiply(trustees.public_key, item.sub_key);
        trustees.items.push_back(std::move(item));
    }
    in.literal("]");
    if (!in.at_end()) return Refusal{.check = CeremonyCheck::record_form, .number = in.position()};
    if (trustees.items.empty()) return Refusal{CeremonyCheck::nobody};
    std::vector<std::string_view> keys;
    for (const auto& item : trustees.items)
        for (const auto& key : item.keys) {
            keys.push_back(key.key.text);
            if (item.threshold == 1) break;  // where one decrypts, all have the same key
        }
    std::sort(keys.begin(), keys.end());
    if (std::adjacent_find(keys.begin(), keys.end()) != keys.end()) return Refusal{CeremonyCheck::equal_keys};
    if (is_identity<G>(trustees.public_key)) return Refusal{CeremonyCheck::identity_as_election_key};
    return trustees;
}

}  // namespace crypto
