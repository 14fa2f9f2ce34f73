// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/envelope.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>

#include "domain/envelope_key.hpp"
#include "domain/voting_code.hpp"
#include "util/bytes.hpp"
#include "util/ensure.hpp"
#include "util/random.hpp"

namespace domain {

namespace {

constexpr std::size_t k_salt_bytes = k_envelope_salt_bytes, k_nonce_bytes = 12, k_tag_bytes = 16, k_side_by_side = 2;

using util::raw;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

std::string associated_data(std::string_view voter_ref, unsigned generation) {
    return "portail-envelope|1|" + std::string(voter_ref) + "|" + std::to_string(generation);
}

Envelope seal_with(const EnvelopeKey& key, std::string_view salt, const EnvelopeToSeal& what) {
    const std::string nonce = util::random_bytes(k_nonce_bytes), aad = associated_data(what.voter_ref, what.generation);
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    std::string sealed(what.credential.size() + k_tag_bytes, '\0');
    int length = 0;
    const auto size = [](std::string_view text) { return static_cast<int>(text.size()); };
    ENSURE(cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), raw(nonce)) == 1);
    ENSURE(EVP_EncryptUpdate(cipher.get(), nullptr, &length, raw(aad), size(aad)) == 1);
    ENSURE(EVP_EncryptUpdate(cipher.get(), raw(sealed), &length, raw(what.credential), size(what.credential)) == 1);
    ENSURE(EVP_EncryptFinal_ex(cipher.get(), raw(sealed) + length, &length) == 1);
    ENSURE(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, k_tag_bytes, raw(sealed) + what.credential.size()) == 1);
    return {std::string(what.voter_ref), what.generation, util::to_base64url(salt), util::to_base64url(nonce),
            util::to_base64url(sealed)};
}

}  // namespace

Envelope seal_envelope(std::string_view voting_code, std::string_view credential, std::string_view voter_ref, unsigned generation) {
    const EnvelopeToSeal one{voting_code, credential, voter_ref, generation};
    return seal_envelopes({&one, 1}).front();
}

std::vector<Envelope> seal_envelopes(std::span<const EnvelopeToSeal> all) {
    std::vector<Envelope> envelopes;
    envelopes.reserve(all.size());
    for (std::size_t first = 0; first < all.size(); first += k_side_by_side) {
        const auto some = all.subspan(first, std::min(k_side_by_side, all.size() - first));
        std::array<EnvelopeKey, k_side_by_side> keys;
        std::array<std::string, k_side_by_side> salts;
        std::vector<util::SecretText> codes;
        std::vector<EnvelopeKeyToDerive> asks;
        codes.reserve(some.size());  // what is asked looks into them
        for (std::size_t i = 0; i < some.size(); ++i) {
            std::optional<std::string> code = normalise_voting_code(some[i].voting_code);
            ENSURE(code.has_value());
            salts[i] = util::random_bytes(k_salt_bytes);
            codes.emplace_back(*std::move(code));
            asks.push_back({keys[i], codes[i].view(), salts[i]});
        }
        derive_envelope_keys(asks);
        for (std::size_t i = 0; i < some.size(); ++i) envelopes.push_back(seal_with(keys[i], salts[i], some[i]));
    }
    return envelopes;
}

std::optional<util::SecretText> open_envelope(const Envelope& envelope, std::string_view voting_code) {
    const std::optional<std::string> code = normalise_voting_code(voting_code);
    const std::optional<std::string> salt = util::from_base64url(envelope.salt), nonce = util::from_base64url(envelope.nonce);
    std::optional<std::string> sealed = util::from_base64url(envelope.ciphertext);
    if (!code || !salt || !nonce || !sealed) return std::nullopt;
    if (salt->size() != k_salt_bytes || nonce->size() != k_nonce_bytes || sealed->size() <= k_tag_bytes) return std::nullopt;
    EnvelopeKey key;
    derive_envelope_key(key, *code, *salt);

    const std::string aad = associated_data(envelope.voter_ref, envelope.generation);
    const std::size_t plain_size = sealed->size() - k_tag_bytes;
    std::string plain(plain_size, '\0');
    int length = 0;
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    ENSURE(cipher && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), raw(*nonce)) == 1);
    ENSURE(EVP_DecryptUpdate(cipher.get(), nullptr, &length, raw(aad), static_cast<int>(aad.size())) == 1);
    ENSURE(EVP_DecryptUpdate(cipher.get(), raw(plain), &length, raw(*sealed), static_cast<int>(plain_size)) == 1);
    ENSURE(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, k_tag_bytes, raw(*sealed) + plain_size) == 1);
    util::SecretText credential(std::move(plain));
    unsigned char rest[k_tag_bytes];
    if (EVP_DecryptFinal_ex(cipher.get(), rest, &length) != 1) return std::nullopt;
    return credential;
}

}  // namespace domain
