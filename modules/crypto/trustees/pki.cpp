// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/trustees/pki.hpp"

#include <openssl/evp.h>

#include <memory>

#include "util/bytes.hpp"
#include "util/ensure.hpp"

namespace crypto {

namespace {

constexpr int k_nonce = 13, k_tag = 8;
constexpr std::size_t k_limit = 65535;

struct Free {
    void operator()(EVP_CIPHER_CTX* c) const { EVP_CIPHER_CTX_free(c); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Free>;

using util::raw;

}  // namespace

std::string seal_ccm(std::string_view key, std::string_view iv, std::string_view plaintext) {
    ENSURE(key.size() == 32 && iv.size() >= k_nonce && plaintext.size() <= k_limit);
    const Cipher cipher(EVP_CIPHER_CTX_new());
    const auto length = static_cast<int>(plaintext.size());
    std::string sealed(plaintext.size() + k_tag, '\0');
    int written = 0;
    ENSURE(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_ccm(), nullptr, nullptr, nullptr) == 1);
    ENSURE(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_IVLEN, k_nonce, nullptr) == 1);
    ENSURE(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, k_tag, nullptr) == 1);
    ENSURE(EVP_EncryptInit_ex(cipher.get(), nullptr, nullptr, raw(key), raw(iv)) == 1);
    ENSURE(EVP_EncryptUpdate(cipher.get(), nullptr, &written, nullptr, length) == 1);
    ENSURE(EVP_EncryptUpdate(cipher.get(), raw(sealed), &written, raw(plaintext), length) == 1 && written == length);
    ENSURE(EVP_EncryptFinal_ex(cipher.get(), raw(sealed) + length, &written) == 1);
    ENSURE(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, k_tag, raw(sealed) + length) == 1);
    mark_public(sealed.data(), sealed.size());
    return util::to_hex(sealed);
}

std::optional<util::SecretText> open_ccm(std::string_view key, std::string_view iv, std::string_view hex) {
    auto sealed = util::from_hex(hex);
    if (!sealed || sealed->size() < k_tag || sealed->size() - k_tag > k_limit) return std::nullopt;
    ENSURE(key.size() == 32 && iv.size() >= k_nonce);
    const Cipher cipher(EVP_CIPHER_CTX_new());
    const auto length = static_cast<int>(sealed->size() - k_tag);
    std::string plaintext(static_cast<std::size_t>(length),
                          '\0');  // no secret before the tag is checked: OpenSSL wipes it otherwise
    int written = 0;
    ENSURE(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_ccm(), nullptr, nullptr, nullptr) == 1);
    ENSURE(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_IVLEN, k_nonce, nullptr) == 1);
    ENSURE(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, k_tag, raw(*sealed) + length) == 1);
    ENSURE(EVP_DecryptInit_ex(cipher.get(), nullptr, nullptr, raw(key), raw(iv)) == 1);
    ENSURE(EVP_DecryptUpdate(cipher.get(), nullptr, &written, nullptr, length) == 1);
    // CCM checks the tag in this call.
    if (EVP_DecryptUpdate(cipher.get(), raw(plaintext), &written, raw(*sealed), length) != 1) return std::nullopt;
    return util::SecretText(std::move(plaintext));
}

}  // namespace crypto
