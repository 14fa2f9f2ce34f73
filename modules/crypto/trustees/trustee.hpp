// SPDX-License-Identifier: AGPL-3.0-or-later
// The trustees record (SPECIFICATION.md 5.1, 5.4, checks 10.13 to 10.17): reading with every check, keys by owner, the
// combined key. Secrets live in trustees/key.hpp and trustees/ceremony_steps.hpp.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/elgamal.hpp"
#include "crypto/schnorr.hpp"
#include "crypto/trustees/refusal.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace crypto {

// More holders than any bureau has; bounds the work that a hostile record can ask for.
inline constexpr std::size_t k_max_holders = 255;

// {"message":M,"signature":PROOF}, section 5.2.
template <class G>
struct SignedMessage {
    std::string message;
    Proof<G> signature;
};

template <class G>
std::string write_signed_message(const SignedMessage<G>& s) {
    return R"({"message":)" + util::json_quote(s.message) + R"(,"signature":)" + write_proof(s.signature) + "}";
}
template <class G>
SignedMessage<G> read_signed_message(Reader& in) {
    SignedMessage<G> s;
    in.literal(R"({"message":)");
    s.message = in.string();
    in.literal(R"(,"signature":)");
    s.signature = read_proof<G>(in);
    in.literal("}");
    return s;
}

inline std::string pki_prefix(std::string_view message) { return "sigmsg|" + std::string(message) + "|"; }

template <class G>
SignedMessage<G> sign_message(std::string message, const typename G::Scalar& sk) {
    auto signature = prove_knowledge<G>(pki_prefix(message), sk);
    return {std::move(message), signature};
}
template <class G>
[[nodiscard]] bool verify_message(const SignedMessage<G>& s, const typename G::Element& vk) {
    return verify_knowledge<G>(pki_prefix(s.message), vk, s.signature);
}

// The message of a cert (5.4, 3.x and 2.5.1 forms: with its context).
template <class G>
struct Cert {
    SignedMessage<G> bytes;
    std::uint64_t size = 0, threshold = 0, index = 0;
    Encoded<G> verification, encryption;
};

// The signature of a trustee's key itself (5.1): prefix pok| GROUP | enc(X) |.
template <class G>
std::string pok_prefix(std::string_view key_text) {
    return "pok|" + std::string(G::k_name) + "|" + std::string(key_text) + "|";
}

// A Single item, or a verification key of a Pedersen item.
template <class G>
struct TrusteeKey {
    Proof<G> pok;
    Encoded<G> key;
    bool is_signed = false;
    Proof<G> signature;  // verification keys of the 3.x form
    std::string name;
};

template <class G>
struct TrusteeItem {
    std::size_t threshold = 0;  // 0: Single
    std::vector<TrusteeKey<G>> keys;
    std::vector<Cert<G>> certs;
    typename G::Element sub_key;  // the item's factor of the election key
};

template <class G>
struct Trustees {
    std::vector<TrusteeItem<G>> items;
    typename G::Element public_key;
    bool form_2_5_1 = false;  // verification keys without signature: not readable by 3.0

    struct Place {
        std::size_t item, index;  // index inside the item, from 0
    };
    // Owner k of a partial decryption, from 1 over the flattened items.
    std::optional<Place> find_owner(std::uint64_t owner) const {
        if (owner == 0) return std::nullopt;
        for (std::size_t item = 0; item < items.size(); ++item) {
            if (owner <= items[item].keys.size()) return Place{item, static_cast<std::size_t>(owner) - 1};
            owner -= items[item].keys.size();
        }
        return std::nullopt;
    }
    const Encoded<G>& key_of(const Place& place) const { return items[place.item].keys[place.index].key; }
};

// --- Pieces ---------------------------------------------------------------------------------------------------------
template <class G>
std::string write_cert_message(std::uint64_t size, std::uint64_t threshold, std::uint64_t index, std::string_view vk,
                               std::string_view ek) {
    return R"({"context":{"group":")" + std::string(G::k_name) + R"(","size":)" + std::to_string(size) + R"(,"threshold":)" +
           std::to_string(threshold) + R"(,"index":)" + std::to_string(index) + R"(},"verification":")" + std::string(vk) +
           R"(","encryption":")" + std::string(ek) + "\"}";
}

// Context for `index` (from 1) of `size`, group and threshold, keys that are members and not the identity, own signature.
template <class G>
Checked<Cert<G>> check_cert(SignedMessage<G> bytes, std::uint64_t size, std::uint64_t threshold, std::uint64_t index) {
    const auto bad = [&](CeremonyCheck check) { return Refusal{check, CeremonySubject::cert, index}; };
    Reader in(bytes.message);
    Cert<G> cert;
    in.literal(R"({"context":{"group":)");
    const std::string_view group = in.plain_string();
    in.literal(R"(,"size":)");
    cert.size = in.number();
    in.literal(R"(,"threshold":)");
    cert.threshold = in.number();
    in.literal(R"(,"index":)");
    cert.index = in.number();
    in.literal(R"(},"verification":)");
    cert.verification = read_element<G>(in);
    in.literal(R"(,"encryption":)");
    cert.encryption = read_element<G>(in);
    in.literal("}");
    if (!in.at_end()) return bad(CeremonyCheck::signed_form);
    if (group != G::k_name || cert.size != size || cert.threshold != threshold || cert.index != index)
        return bad(CeremonyCheck::context);
    for (const auto* key : {&cert.verification, &cert.encryption}) {
        if (!G::is_member_var(key->point)) return bad(CeremonyCheck::key_outside_group);
        if (is_identity<G>(key->point)) return bad(CeremonyCheck::identity_as_key);
    }
    if (!verify_message(bytes, cert.verification.point)) return bad(CeremonyCheck::signature);
    cert.bytes = std::move(bytes);
    return cert;
}

// Whether any two of all their keys are equal.
template <class G>
bool has_equal_keys(const std::vector<Cert<G>>& certs) {
    std::vector<std::string_view> keys;
    for (const auto& cert : certs) {
        keys.push_back(cert.verification.text);
        keys.push_back(cert.encryption.text);
    }
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

template <class G>
std::string write_coefexps_message(const std::vector<std::string>& coefexps) {
    std::string text = R"({"coefexps":[)";
    for (std::size_t k = 0; k < coefexps.size(); ++k) {
        if (k != 0) text += ',';
        text += "\"" + coefexps[k] + "\"";
    }
    return text + "]}";
}

// The t coefficients g^a_k of a signed message: members, the first not the identity (section 1.4), signed by `vk`.
template <class G>
Checked<std::vector<Encoded<G>>> check_coefexps(const SignedMessage<G>& bytes, std::uint64_t threshold,
                                                const typename G::Element& vk, std::uint64_t index) {
    const auto bad = [&](CeremonyCheck check) { return Refusal{check, CeremonySubject::coefexps, index}; };
    Reader in(bytes.message);
    std::vector<Encoded<G>> coefexps;
    in.literal(R"({"coefexps":[)");
    // Of another degree, fewer holders than the threshold could decrypt, or more would be needed.
    if (in.ok() && static_cast<std::uint64_t>(std::count(bytes.message.begin(), bytes.message.end(), ',')) + 1 != threshold)
        return bad(CeremonyCheck::degree);
    for (std::uint64_t k = 0; k < threshold && in.ok(); ++k) {
        if (k != 0) in.literal(",");
        coefexps.push_back(read_element<G>(in));
    }
    in.literal("]}");
    if (!in.at_end()) return bad(CeremonyCheck::signed_form);
    for (const auto& A : coefexps)
        if (!G::is_member_var(A.point)) return bad(CeremonyCheck::element_outside_group);
    if (is_identity<G>(coefexps[0].point)) return bad(CeremonyCheck::identity_as_constant);
    if (!verify_message(bytes, vk)) return bad(CeremonyCheck::signature);
    return coefexps;
}

// M of `signatures` (5.4): certs_sig| and the compact JSON of all certs and one's own coefexps.
template <class G>
std::string certs_message(const std::vector<Cert<G>>& certs, const std::vector<std::string>& coefexps) {
    std::string text = R"(certs_sig|{"certs":[)";
    for (std::size_t i = 0; i < certs.size(); ++i) {
        if (i != 0) text += ',';
        text += write_signed_message(certs[i].bytes);
    }
    text += "],";
    return text + write_coefexps_message<G>(coefexps).substr(1);
}

template <class G>
std::vector<std::string> texts_of(const std::vector<Encoded<G>>& elements) {
    std::vector<std::string> texts;
    texts.reserve(elements.size());
    for (const auto& e : elements) texts.push_back(e.text);
    return texts;
}

// prod_k A_k^(j^k) by Horner's rule: where holder j's value of a shared polynomial should stand.
template <class G>
typename G::Element evaluate_in_exponent_var(const std::vector<typename G::Element>& A, std::uint64_t j) {
    const auto point = G::Scalar::from(j);
    auto value = A.back();
    for (std::size_t k = A.size() - 1; k-- > 0;) value = G::multiply(G::power_var(value, point), A[k]);
    return value;
}

// Whether the sum of all polynomials, in the exponent, is of a lower degree than the threshold wants: fewer holders would decrypt.
template <class G>
bool leading_cancel(const std::vector<typename G::Element>& sum) {
    return sum.size() > 1 && is_identity<G>(sum.back());
}

// {"pok":…,"public_key":…[,"signature":…][,"name":…]}
template <class G>
TrusteeKey<G> read_trustee_key(Reader& in) {
    TrusteeKey<G> key;
    in.literal(R"({"pok":)");
    key.pok = read_proof<G>(in);
    in.literal(R"(,"public_key":)");
    key.key = read_element<G>(in);
    if (in.skip(R"(,"signature":)")) {
        key.is_signed = true;
        key.signature = read_proof<G>(in);
    }
    if (in.skip(R"(,"name":)")) key.name = in.string();
    in.literal("}");
    return key;
}

template <class G>
std::string write_trustee_key(const TrusteeKey<G>& key) {
    std::string text = R"({"pok":)" + write_proof(key.pok) + R"(,"public_key":")" + key.key.text + "\"";
    if (key.is_signed) text += R"(,"signature":)" + write_proof(key.signature);
    if (!key.name.empty()) text += R"(,"name":)" + util::json_quote(key.name);
    return text + "}";
}

// Section 5.1: membership, identity, proof of possession. Gives what is wrong, or nothing.
template <class G>
std::optional<CeremonyCheck> fault_of_key(const TrusteeKey<G>& key) {
    if (!G::is_member_var(key.key.point)) return CeremonyCheck::public_key_outside_group;
    if (is_identity<G>(key.key.point)) return CeremonyCheck::identity_as_public_key;
    if (!verify_knowledge<G>(pok_prefix<G>(key.key.text), key.key.point, key.pok)) return CeremonyCheck::possession;
    return std::nullopt;
}

}  // namespace crypto
