// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/envelope.hpp"

#include <openssl/evp.h>

#include <memory>

#include "domain/envelope_key.hpp"
#include "domain/voting_code.hpp"
#include "util/bytes.hpp"
#include "util/ensure.hpp"
#include "util/random.hpp"

namespace domain {

namespace {

constexpr std::size_t k_salt_bytes = k_envelope_salt_bytes, k_nonce_bytes = 12, k_tag_bytes = 16;

using util::raw;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

std::string associated_data(std::string_view voter_ref, unsigned generation) {
    return "portail-envelope|1|" + std::string(voter_ref) + "|" + std::to_string(generation);
}

}  // namespace

Envelope seal_envelope(std::string_view voting_code, std::string_view credential, std::string_view voter_ref, unsigned generation) {
    const std::optional<std::string> code = normalise_voting_code(voting_code);
    ENSURE(code.has_value());
    const std::string salt = util::random_bytes(k_salt_bytes), nonce = util::random_bytes(k_nonce_bytes);
    const std::string aad = associated_data(voter_ref, generation);
    EnvelopeKey key;
    derive_envelope_key(key, *code, salt);

    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    std::string sealed(credential.size() + k_tag_bytes, '\0');
    int length = 0;
    const auto size = [](std::string_view text) { return static_cast<int>(text.size()); };
    ENSURE(cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), raw(nonce)) == 1);
    ENSURE(EVP_EncryptUpdate(cipher.get(), nullptr, &length, raw(aad), size(aad)) == 1);
    ENSURE(EVP_EncryptUpdate(cipher.get(), raw(sealed), &length, raw(credential), size(credential)) == 1);
    ENSURE(EVP_EncryptFinal_ex(cipher.get(), raw(sealed) + length, &length) == 1);
    ENSURE(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, k_tag_bytes, raw(sealed) + credential.size()) == 1);
    return {std::string(voter_ref), generation, util::to_base64url(salt), util::to_base64url(nonce), util::to_base64url(sealed)};
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
