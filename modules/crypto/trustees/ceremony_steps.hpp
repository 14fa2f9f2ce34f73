// SPDX-License-Identifier: AGPL-3.0-or-later
// The distributed key generation of SPECIFICATION.md 5.3, step by step, over texts; every step checks all it receives.
// Ours in addition: a commitment to one's coefexps before anybody shows theirs, and a signed confirmation of the final item.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/trustees/key.hpp"
#include "crypto/trustees/record.hpp"

namespace crypto {

// Reads a whole text with `read`, to its end.
template <class T, class Read>
std::optional<T> read_whole(std::string_view text, Read read) {
    while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    Reader in(text);
    T value = read(in);
    if (!in.at_end()) return std::nullopt;
    return value;
}

// --- Step 1: holder `index` of `size`: a seed and the cert ----------------------------------------------------------
template <class G>
std::string make_cert(std::string_view seed, std::uint64_t size, std::uint64_t threshold, std::uint64_t index) {
    const HolderKeys<G> own(seed);
    return write_signed_message(sign_message<G>(write_cert_message<G>(size, threshold, index, own.vk.text, own.ek.text), *own.sk));
}

// --- Step 2: everybody checks all certs -----------------------------------------------------------------------------
template <class G>
Checked<std::vector<Cert<G>>> check_certs(const std::vector<std::string>& texts, std::uint64_t threshold) {
    if (threshold < 1 || threshold >= texts.size()) return Refusal{CeremonyCheck::record_threshold};
    if (texts.size() > k_max_holders) return Refusal{CeremonyCheck::too_many_holders};
    std::vector<Cert<G>> certs;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto text = read_whole<SignedMessage<G>>(texts[i], read_signed_message<G>);
        if (!text) return Refusal{CeremonyCheck::canonical_form, CeremonySubject::cert, i + 1};
        auto cert = check_cert<G>(std::move(*text), texts.size(), threshold, i + 1);
        if (!cert) return cert.refusal();
        certs.push_back(std::move(*cert));
    }
    if (has_equal_keys(certs)) return Refusal{CeremonyCheck::equal_cert_keys};
    return certs;
}

// The place (from 1) of these keys among the certs; 0 when absent.
template <class G>
std::size_t find_holder(const std::vector<Cert<G>>& certs, const HolderKeys<G>& own) {
    for (std::size_t i = 0; i < certs.size(); ++i)
        if (certs[i].verification.text == own.vk.text && certs[i].encryption.text == own.ek.text) return i + 1;
    return 0;
}

// --- Step 3: a polynomial, its values sealed to each holder ---------------------------------------------------------
template <class G>
struct PolynomialText {
    std::string polynomial;            // sealed to oneself
    std::vector<std::string> secrets;  // sealed to each holder
    SignedMessage<G> coefexps;
    Proof<G> signature;
};

template <class G>
PolynomialText<G> read_polynomial(Reader& in) {
    PolynomialText<G> p;
    in.literal(R"({"polynomial":)");
    p.polynomial = in.string();
    in.literal(R"(,"secrets":)");
    p.secrets = read_list<std::string>(in, [](Reader& r) { return r.string(); });
    in.literal(R"(,"coefexps":)");
    p.coefexps = read_signed_message<G>(in);
    in.literal(R"(,"signature":)");
    p.signature = read_proof<G>(in);
    in.literal("}");
    return p;
}

inline std::string write_strings(const std::vector<std::string>& list) {
    std::string text = "[";
    for (std::size_t i = 0; i < list.size(); ++i) text += (i == 0 ? "" : ",") + util::json_quote(list[i]);
    return text + "]";
}

template <class G>
std::string write_polynomial(const PolynomialText<G>& p) {
    return R"({"polynomial":)" + util::json_quote(p.polynomial) + R"(,"secrets":)" + write_strings(p.secrets) + R"(,"coefexps":)" +
           write_signed_message(p.coefexps) + R"(,"signature":)" + write_proof(p.signature) + "}";
}

template <class G>
Checked<std::string> make_polynomial(std::string_view seed, const std::vector<Cert<G>>& certs) {
    using S = typename G::Scalar;
    const HolderKeys<G> own(seed);
    if (find_holder(certs, own) == 0) return Refusal{CeremonyCheck::no_cert_of_seed};
    const std::uint64_t t = certs[0].threshold;
    std::vector<SecretScalar<S>> a;
    std::vector<std::string> coefexps;
    util::SecretText polynomial(R"({"polynomial":[)");
    for (std::uint64_t k = 0; k < t; ++k) {
        a.push_back(SecretScalar<S>::random_nonzero());
        coefexps.push_back(G::generator_power_text_secret(*a.back()));
        polynomial = join_secret({polynomial.view(), k == 0 ? "\"" : ",\"", a.back()->text_secret().view(), "\""});
    }
    polynomial = join_secret({polynomial.view(), "]}"});
    PolynomialText<G> p;
    p.polynomial = send_channel<G>(*own.sk, own.ek, polynomial.view());
    for (std::size_t j = 1; j <= certs.size(); ++j) {
        S value;  // f_i(j), by Horner's rule
        for (std::uint64_t k = t; k-- > 0;) value = value * S::from(j) + *a[k];
        const util::SecretText secret = join_secret({R"({"secret":")", value.text_secret().view(), "\"}"});
        sodium_memzero(&value, sizeof value);
        p.secrets.push_back(send_channel<G>(*own.sk, certs[j - 1].encryption, secret.view()));
    }
    p.coefexps = sign_message<G>(write_coefexps_message<G>(coefexps), *own.sk);
    p.signature = prove_knowledge<G>(pki_prefix(certs_message(certs, coefexps)), *own.sk);
    return write_polynomial(p);
}

template <class G>
std::string commitment_to(const SignedMessage<G>& coefexps) {
    return sha_hex("coefexps|" + write_signed_message(coefexps));
}

// What a holder publishes before the polynomial itself: the hash of the signed coefexps. Values are uniform, so the hash hides.
template <class G>
std::optional<std::string> commit_to_polynomial(std::string_view polynomial) {
    const auto p = read_whole<PolynomialText<G>>(polynomial, read_polynomial<G>);
    if (!p) return std::nullopt;
    return commitment_to(p->coefexps);
}

// --- Step 4: the server checks what is public and routes ------------------------------------------------------------
// What everybody checks of the polynomial of holder i (from 0): committed to, of the degree, its own, for these certs.
template <class G>
Checked<std::vector<Encoded<G>>> check_coefexps_of(const std::vector<Cert<G>>& certs, std::size_t i, const std::string& commitment,
                                                   const SignedMessage<G>& signed_coefexps, const Proof<G>& signature) {
    if (commitment_to(signed_coefexps) != commitment)
        return Refusal{CeremonyCheck::not_as_committed, CeremonySubject::polynomial, i + 1};
    const auto& vk = certs[i].verification.point;
    auto coefexps = check_coefexps<G>(signed_coefexps, certs[i].threshold, vk, i + 1);
    if (!coefexps) return coefexps;
    if (!verify_knowledge<G>(pki_prefix(certs_message(certs, texts_of(*coefexps))), vk, signature))
        return Refusal{CeremonyCheck::certs_signature, CeremonySubject::polynomial, i + 1};
    return coefexps;
}

// Adds one to the sum of polynomials, in the exponent.
template <class G>
void add_polynomial(std::vector<typename G::Element>& sum, const std::vector<Encoded<G>>& coefexps) {
    sum.resize(std::max(sum.size(), coefexps.size()), G::identity());
    for (std::size_t k = 0; k < coefexps.size(); ++k) sum[k] = G::multiply(sum[k], coefexps[k].point);
}

template <class G>
Checked<std::vector<PolynomialText<G>>> check_polynomials(const std::vector<Cert<G>>& certs,
                                                          const std::vector<std::string>& commitments,
                                                          const std::vector<std::string>& texts) {
    if (texts.size() != certs.size() || commitments.size() != certs.size()) return Refusal{CeremonyCheck::polynomial_missing};
    std::vector<PolynomialText<G>> polynomials;
    std::vector<typename G::Element> sum;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto bad = [i](CeremonyCheck check) { return Refusal{check, CeremonySubject::polynomial, i + 1}; };
        auto p = read_whole<PolynomialText<G>>(texts[i], read_polynomial<G>);
        if (!p) return bad(CeremonyCheck::canonical_form);
        if (p->secrets.size() != certs.size()) return bad(CeremonyCheck::number_of_secrets);
        const auto coefexps = check_coefexps_of(certs, i, commitments[i], p->coefexps, p->signature);
        if (!coefexps) return coefexps.refusal();
        add_polynomial<G>(sum, *coefexps);
        polynomials.push_back(std::move(*p));
    }
    if (leading_cancel<G>(sum)) return Refusal{CeremonyCheck::cancelled_degree};
    return polynomials;
}

// The input of holder j (from 1).
template <class G>
std::string make_vinput(const std::vector<PolynomialText<G>>& polynomials, std::size_t j) {
    std::string secrets = "[", coefexps = "[", signatures = "[";
    for (std::size_t i = 0; i < polynomials.size(); ++i) {
        const char* comma = i == 0 ? "" : ",";
        secrets += comma + util::json_quote(polynomials[i].secrets[j - 1]);
        coefexps += comma + write_signed_message(polynomials[i].coefexps);
        signatures += comma + write_proof(polynomials[i].signature);
    }
    return R"({"polynomial":)" + util::json_quote(polynomials[j - 1].polynomial) + R"(,"secrets":)" + secrets + R"(],"coefexps":)" +
           coefexps + R"(],"signatures":)" + signatures + "]}";
}

// --- Step 5: holder j checks its shares and makes its key -----------------------------------------------------------
struct Voutput {
    std::string private_key;  // the sealed decryption key: a channel text
    std::string public_key;   // {"pok":…,"public_key":…,"signature":…}
};

inline std::string write_voutput(const Voutput& v) {
    return R"({"private_key":)" + util::json_quote(v.private_key) + R"(,"public_key":)" + v.public_key + "}";
}

// Whether the polynomial that came back opens, and is the one of these coefexps.
template <class G>
bool is_own_polynomial(const HolderKeys<G>& own, std::string_view sealed, const std::vector<std::string>& coefexps) {
    const auto message = receive_channel<G>(own, own.vk.point, sealed);
    if (!message) return false;
    SecretReader in(message->view());
    in.literal(R"({"polynomial":[)");
    for (std::size_t k = 0; k < coefexps.size() && in.ok(); ++k) {
        if (k != 0) in.literal(",");
        const SecretScalar<typename G::Scalar> a(read_scalar_secret<typename G::Scalar>(in));
        if (G::generator_power_text_secret(*a) != coefexps[k]) in.fail();
    }
    in.literal("]}");
    return in.at_end();
}

// `commitments`: as published by everybody before step 4.
template <class G>
Checked<Voutput> finish_share(std::string_view seed, const std::vector<Cert<G>>& certs, const std::vector<std::string>& commitments,
                              std::string_view vinput) {
    using S = typename G::Scalar;
    const HolderKeys<G> own(seed);
    const std::size_t j = find_holder(certs, own), n = certs.size();
    if (j == 0) return Refusal{CeremonyCheck::no_cert_of_seed};
    while (!vinput.empty() && vinput.back() == '\n') vinput.remove_suffix(1);
    Reader in(vinput);
    in.literal(R"({"polynomial":)");
    const std::string polynomial = in.string();
    in.literal(R"(,"secrets":)");
    const auto secrets = read_list<std::string>(in, [](Reader& r) { return r.string(); });
    in.literal(R"(,"coefexps":)");
    const auto signed_coefexps = read_list<SignedMessage<G>>(in, read_signed_message<G>);
    in.literal(R"(,"signatures":)");
    const auto signatures = read_list<Proof<G>>(in, read_proof<G>);
    in.literal("}");
    if (!in.at_end() || secrets.size() != n || signed_coefexps.size() != n || signatures.size() != n || commitments.size() != n)
        return Refusal{CeremonyCheck::input_form};
    S sum;
    std::vector<typename G::Element> polynomials;
    for (std::size_t i = 0; i < n; ++i) {
        const auto bad = [i](CeremonyCheck check) { return Refusal{check, CeremonySubject::share, i + 1}; };
        const auto coefexps = check_coefexps_of(certs, i, commitments[i], signed_coefexps[i], signatures[i]);
        if (!coefexps) return coefexps.refusal();
        const auto message = receive_channel<G>(own, certs[i].verification.point, secrets[i]);
        if (!message) return bad(CeremonyCheck::secret_unopened);
        SecretReader secret(message->view());
        secret.literal(R"({"secret":)");
        const SecretScalar<S> share(read_scalar_secret<S>(secret));
        secret.literal("}");
        if (!secret.at_end()) return bad(CeremonyCheck::secret_form);
        if (i + 1 == j && !is_own_polynomial<G>(own, polynomial, texts_of(*coefexps)))
            return Refusal{CeremonyCheck::own_polynomial_exchanged};
        std::vector<typename G::Element> A;
        for (const auto& e : *coefexps) A.push_back(e.point);
        if (!G::equal(G::generator_power_secret(*share), evaluate_in_exponent_var<G>(A, j)))
            return bad(CeremonyCheck::share_off_polynomial);
        add_polynomial<G>(polynomials, *coefexps);
        sum = sum + *share;
    }
    if (leading_cancel<G>(polynomials)) {
        sodium_memzero(&sum, sizeof sum);
        return Refusal{CeremonyCheck::cancelled_degree};
    }
    const SecretScalar<S> S_j(sum);
    sodium_memzero(&sum, sizeof sum);
    const bool zero = S_j->is_zero();
    mark_public(&zero, sizeof zero);
    if (zero) return Refusal{CeremonyCheck::zero_key};
    auto key = make_trustee_key<G>(*S_j);
    key.is_signed = true;
    key.signature = prove_knowledge<G>(pki_prefix(key.key.text), *own.sk);
    const util::SecretText message = join_secret({R"({"decryption_key":")", S_j->text_secret().view(), "\"}"});
    return Voutput{send_channel<G>(*own.sk, own.ek, message.view()), write_trustee_key(key)};
}

// --- Step 6: the server assembles the item and checks everything again ----------------------------------------------
template <class G>
Checked<std::string> assemble_record(const std::vector<Cert<G>>& certs, const std::vector<PolynomialText<G>>& polynomials,
                                     const std::vector<std::string>& public_keys) {
    if (polynomials.size() != certs.size() || public_keys.size() != certs.size()) return Refusal{CeremonyCheck::output_missing};
    PedersenText<G> p;
    p.threshold = certs[0].threshold;
    for (std::size_t i = 0; i < certs.size(); ++i) {
        const auto key = read_whole<TrusteeKey<G>>(public_keys[i], read_trustee_key<G>);
        if (!key || !key->is_signed) return Refusal{CeremonyCheck::canonical_form, CeremonySubject::output, i + 1};
        p.certs.push_back(certs[i].bytes);
        p.coefexps.push_back(polynomials[i].coefexps);
        p.signatures.push_back(polynomials[i].signature);
        p.verification_keys.push_back(*key);
    }
    std::string record = R"([["Pedersen",)" + write_pedersen(p) + "]]";
    const auto checked = read_trustees<G>(record);
    if (!checked) return checked.refusal();
    return record;
}

// --- Ours: each holder confirms the final record --------------------------------------------------------------------
inline std::string confirmation_message(std::string_view record) { return "confirm|" + sha_hex(record); }

// The item that holds this holder's cert and key, fully checked, or what is wrong.
template <class G>
Checked<std::string> confirm_record(std::string_view record, std::string_view holder_file) {
    const auto holder = read_holder_file(holder_file);
    if (!holder) return Refusal{CeremonyCheck::not_a_key_file};
    const HolderKeys<G> own(holder->seed.view());
    const auto trustees = read_trustees<G>(record);
    if (!trustees) return trustees.refusal();
    for (const auto& item : trustees->items) {
        const std::size_t j = find_holder(item.certs, own);
        if (j == 0) continue;
        if (!open_trustee_key<G>(holder_file, item.keys[j - 1].key)) return Refusal{CeremonyCheck::own_key_exchanged};
        return write_signed_message(sign_message<G>(confirmation_message(record), *own.sk));
    }
    return Refusal{CeremonyCheck::own_cert_absent};
}

// One confirmation of each holder of every threshold item, in order.
template <class G>
Checked<util::Done> check_record_confirmations(std::string_view record, const std::vector<std::string>& confirmations) {
    const auto trustees = read_trustees<G>(record);
    if (!trustees) return trustees.refusal();
    std::size_t at = 0;
    for (const auto& item : trustees->items)
        for (const auto& cert : item.certs) {
            const auto bad = [number = at + 1](CeremonyCheck check) {
                return Refusal{check, CeremonySubject::confirmation, number};
            };
            if (at >= confirmations.size()) return bad(CeremonyCheck::confirmation_missing);
            const auto text = read_whole<SignedMessage<G>>(confirmations[at++], read_signed_message<G>);
            if (!text || text->message != confirmation_message(record)) return bad(CeremonyCheck::confirmation_of_another);
            if (!verify_message(*text, cert.verification.point)) return bad(CeremonyCheck::signature);
        }
    if (at != confirmations.size()) return Refusal{CeremonyCheck::too_many_confirmations};
    return util::Done{};
}

}  // namespace crypto
