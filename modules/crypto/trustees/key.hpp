// SPDX-License-Identifier: AGPL-3.0-or-later
// A trustee's secrets: making a Single key (SPECIFICATION.md 5.1), and opening the two kinds of key files to the exponent
// that decrypts.
#pragma once

#include <optional>

#include "crypto/credential.hpp"
#include "crypto/trustees/pki.hpp"

namespace crypto {

template <class G>
struct SingleKey {
    SecretScalar<typename G::Scalar> x;
    TrusteeKey<G> key;
};

// Section 5.1: x in [1,q), X = g^x, pok.
template <class G>
TrusteeKey<G> make_trustee_key(const typename G::Scalar& x) {
    TrusteeKey<G> key;
    key.key = encoded<G>(G::generator_power_secret(x));
    key.pok = prove_knowledge<G>(pok_prefix<G>(key.key.text), x);
    return key;
}
template <class G>
SingleKey<G> make_single_key() {
    auto x = SecretScalar<typename G::Scalar>::random_nonzero();
    auto key = make_trustee_key<G>(*x);
    return {std::move(x), std::move(key)};
}

// A holder's key file after the ceremony: the seed, and the decryption key as section 5.3 step 5 sealed it to the holder.
// {"seed":"22 digits","private_key":"<channel text>"}
struct HolderFile {
    util::SecretText seed;
    std::string private_key;
};
inline util::SecretText write_holder_file(std::string_view seed, std::string_view private_key) {
    return join_secret({R"({"seed":")", seed, R"(","private_key":)", util::json_quote(private_key), "}"});
}
inline std::optional<HolderFile> read_holder_file(std::string_view text) {
    Reader in(text);
    in.literal(R"({"seed":)");
    util::SecretText seed{std::string(in.plain_string())};
    in.literal(R"(,"private_key":)");
    std::string private_key = in.string();
    in.literal("}");
    if (!in.at_end() || seed.view().size() != 22 || !is_base58(seed.view())) return std::nullopt;
    return HolderFile{std::move(seed), std::move(private_key)};
}

// {"decryption_key":"S_j"}, S_j below q.
template <class G>
std::optional<SecretScalar<typename G::Scalar>> read_decryption_key(std::string_view message) {
    SecretReader in(message);
    in.literal(R"({"decryption_key":)");
    SecretScalar<typename G::Scalar> s(read_scalar_secret<typename G::Scalar>(in));
    in.literal("}");
    if (!in.at_end()) return std::nullopt;
    return s;
}

// The decryption exponent of a key file: a JSON string of the decimal x, or a holder's file. Nothing if it does not open or is
// not the key of `expected`.
template <class G>
std::optional<SecretScalar<typename G::Scalar>> open_trustee_key(std::string_view file, const Encoded<G>& expected) {
    using S = typename G::Scalar;
    while (!file.empty() && file.back() == '\n') file.remove_suffix(1);
    std::optional<SecretScalar<S>> x;
    if (file.starts_with("\"")) {
        SecretReader in(file);
        SecretScalar<S> scalar(read_scalar_secret<S>(in));
        if (in.at_end()) x.emplace(std::move(scalar));
    } else if (const auto holder = read_holder_file(file)) {
        const HolderKeys<G> own(holder->seed.view());
        if (const auto message = receive_channel<G>(own, own.vk.point, holder->private_key))
            x = read_decryption_key<G>(message->view());
    }
    // The power of zero is the identity, which is nobody's key.
    if (!x || G::generator_power_text_secret(**x) != expected.text) return std::nullopt;
    return x;
}

}  // namespace crypto
