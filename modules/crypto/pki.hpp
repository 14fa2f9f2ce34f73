// SPDX-License-Identifier: AGPL-3.0-or-later
// The small public-key infrastructure of the threshold ceremony (belenios.md section 5.2): keys from a seed, and the channel
// that signs a message, then encrypts it to one holder (hashed ElGamal and AES-256-CCM).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/trustee.hpp"
#include "util/secret.hpp"

namespace crypto {

// AES-256-CCM, 13-byte nonce, 8-byte tag, no associated data; hex writing of ciphertext and tag. Keys and nonces are SHA-256
// values, of which the nonce is the first 13 bytes. Plaintexts are below 65,536 bytes.
std::string seal_ccm(std::string_view key, std::string_view iv, std::string_view plaintext);
std::optional<std::string> open_ccm(std::string_view key, std::string_view iv, std::string_view hex);

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
        const util::SecretText text(prefix + std::string(seed));
        return G::Scalar::reduce(util::sha256(text.view()));
    }
};

namespace detail {
inline std::string channel_key(std::string_view secret_point) { return util::sha256("key|" + std::string(secret_point)); }
inline std::string channel_iv(std::string_view alpha) { return util::sha256("iv|" + std::string(alpha)); }
}  // namespace detail

// Channel send(sk, ek', M).
template <class G>
std::string send_channel(const typename G::Scalar& sk, const Encoded<G>& recipient, std::string_view message) {
    using S = typename G::Scalar;
    const util::SecretText J(R"({"recipient":")" + recipient.text + R"(","message":)" + util::json_quote(message) + "}");
    const util::SecretText K(write_signed_message(sign_message<G>(std::string(J.view()), sk)));
    const auto r = SecretScalar<S>::random(), s = SecretScalar<S>::random();
    const auto alpha = encoded<G>(G::generator_power_secret(*r));
    const std::string beta = G::encode(G::masked_power_secret(recipient.point, *r, *s));  // ek'^r * g^s
    const util::SecretText point(G::generator_power_text_secret(*s));
    const std::string data = seal_ccm(detail::channel_key(point.view()), detail::channel_iv(alpha.text), K.view());
    return R"({"alpha":")" + alpha.text + R"(","beta":")" + beta + R"(","data":")" + data + "\"}";
}

// The message, if `text` was sent by the holder of `sender_vk` to these keys.
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
    const auto mask = G::power_secret(alpha.point, *own.dk);
    const util::SecretText point(G::encode(G::multiply(beta.point, G::invert_var(mask))));
    const auto opened = open_ccm(detail::channel_key(point.view()), detail::channel_iv(alpha.text), data);
    if (!opened) return std::nullopt;
    const util::SecretText K(std::move(*opened));
    Reader outer(K.view());
    const auto envelope = read_signed_message<G>(outer);
    if (!outer.at_end() || !verify_message(envelope, sender_vk)) return std::nullopt;
    Reader inner(envelope.message);
    inner.literal(R"({"recipient":)");
    const std::string_view recipient = inner.plain_string();
    inner.literal(R"(,"message":)");
    util::SecretText message(inner.string());
    inner.literal("}");
    if (!inner.at_end() || recipient != own.ek.text) return std::nullopt;
    return message;
}

}  // namespace crypto
