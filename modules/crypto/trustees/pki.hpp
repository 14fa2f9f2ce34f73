// SPDX-License-Identifier: AGPL-3.0-or-later
// The small public-key infrastructure of the threshold ceremony (SPECIFICATION.md 5.2): keys from a seed, and the channel
// that signs a message, then encrypts it to one holder (hashed ElGamal and AES-256-CCM).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/secret_text.hpp"
#include "crypto/trustees/trustee.hpp"
#include "util/secret.hpp"

namespace crypto {

// AES-256-CCM, 13-byte nonce, 8-byte tag, no associated data; hex writing of ciphertext and tag. Keys and nonces are SHA-256
// values, of which the nonce is the first 13 bytes. Plaintexts are below 65,536 bytes.
std::string seal_ccm(std::string_view key, std::string_view iv, std::string_view plaintext);
std::optional<util::SecretText> open_ccm(std::string_view key, std::string_view iv, std::string_view hex);

// sk = int(sha_hex("sk|" seed)), dk = int(sha_hex("dk|" seed)), mod q.
template <class G>
struct HolderKeys {
    SecretScalar<typename G::Scalar> sk, dk;
    Encoded<G> vk, ek;

    explicit HolderKeys(std::string_view seed) : sk(derive("sk|", seed)), dk(derive("dk|", seed)) {
        vk = encoded<G>(G::generator_power_secret(*sk));
        ek = encoded<G>(G::generator_power_secret(*dk));
    }

private:
    static typename G::Scalar derive(const char* prefix, std::string_view seed) {
        const auto scalar = G::Scalar::reduce(hash_secret(join_secret({prefix, seed}).view()).view());
        mark_secret(&scalar, sizeof scalar);
        return scalar;
    }
};

namespace detail {
inline util::SecretText channel_key(std::string_view secret_point) {
    return hash_secret(join_secret({"key|", secret_point}).view());
}
inline std::string channel_iv(std::string_view alpha) { return util::sha256("iv|" + std::string(alpha)); }
}  // namespace detail

// The text that a holder signs inside the channel. Message and signature travel encrypted; yet the signature, a hash of more than can
// be tried, would tell nothing of a secret message.
inline util::SecretText channel_signing_prefix(std::string_view message) { return join_secret({"sigmsg|", message, "|"}); }

// K for one holder alone: {"alpha":…,"beta":…,"data":…}.
template <class G>
std::string encrypt_channel(const Encoded<G>& recipient, std::string_view K) {
    using S = typename G::Scalar;
    const auto r = SecretScalar<S>::random(), s = SecretScalar<S>::random();
    const auto alpha = encoded<G>(G::generator_power_secret(*r));
    const std::string beta = G::encode(G::masked_power_secret(recipient.point, *r, *s));  // ek'^r * g^s
    const util::SecretText point = G::product_text_secret(G::identity(), G::generator(), *s);
    const std::string data = seal_ccm(detail::channel_key(point.view()).view(), detail::channel_iv(alpha.text), K);
    return R"({"alpha":")" + alpha.text + R"(","beta":")" + beta + R"(","data":")" + data + "\"}";
}

// Channel send(sk, ek', M). Constant time in the digits of M.
template <class G>
std::string send_channel(const typename G::Scalar& sk, const Encoded<G>& recipient, std::string_view message) {
    const util::SecretText J =
        join_secret({R"({"recipient":")", recipient.text, R"(","message":)", quote_secret(message).view(), "}"});
    const auto signature = prove_knowledge<G>(channel_signing_prefix(J.view()).view(), sk);
    const util::SecretText K =  // a signed message (trustees/trustee.hpp)
        join_secret({R"({"message":)", quote_secret(J.view()).view(), R"(,"signature":)", write_proof(signature), "}"});
    return encrypt_channel<G>(recipient, K.view());
}

// The message, if `text` was sent by the holder of `sender_vk` to these keys. Constant time in the keys and in the message's digits.
template <class G>
std::optional<util::SecretText> receive_channel(const HolderKeys<G>& own, const typename G::Element& sender_vk,
                                                std::string_view text) {
    Reader in(text);
    in.literal(R"({"alpha":)");
    const auto alpha = read_element<G>(in);
    in.literal(R"(,"beta":)");
    const auto beta = read_element<G>(in);
    in.literal(R"(,"data":)");
    const std::string_view data = in.plain_string();
    in.literal("}");
    if (!in.at_end() || !G::is_member_var(alpha.point) || !G::is_member_var(beta.point)) return std::nullopt;
    const SecretScalar<typename G::Scalar> negative(-*own.dk);
    const util::SecretText point = G::product_text_secret(beta.point, alpha.point, *negative);  // beta / alpha^dk
    const auto K = open_ccm(detail::channel_key(point.view()).view(), detail::channel_iv(alpha.text), data);
    if (!K) return std::nullopt;
    SecretReader outer(K->view());
    outer.literal(R"({"message":)");
    const util::SecretText J = outer.string();
    const std::string rest = outer.public_rest();
    Reader after(rest);
    after.literal(R"(,"signature":)");
    const auto signature = read_proof<G>(after);
    after.literal("}");
    if (!after.at_end()) return std::nullopt;
    const bool good = verify_knowledge<G>(channel_signing_prefix(J.view()).view(), sender_vk, signature);
    mark_public(&good, sizeof good);
    if (!good) return std::nullopt;
    SecretReader inner(J.view());
    inner.literal(R"({"recipient":")");
    inner.literal(own.ek.text);
    inner.literal(R"(","message":)");
    util::SecretText message = inner.string();
    inner.literal("}");
    if (!inner.at_end()) return std::nullopt;
    return message;
}

}  // namespace crypto
