// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/signature.hpp"

#include <sodium.h>

#include <optional>
#include <stdexcept>

#include "util/bytes.hpp"
#include "util/ensure.hpp"

namespace util {

namespace {

SecretText secret_bytes(std::string_view secret_key) {
    std::optional<std::string> bytes = from_base64url(secret_key);
    if (!bytes || bytes->size() != crypto_sign_SECRETKEYBYTES) {
        throw std::runtime_error("signing key: not 64 bytes in base64url");
    }
    return SecretText(std::move(*bytes));
}

}  // namespace

SigningKeys make_signing_keys() {
    std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0'), secret_key(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_keypair(raw(public_key), raw(secret_key));
    SigningKeys keys{SecretText(to_base64url(secret_key)), to_base64url(public_key)};
    sodium_memzero(secret_key.data(), secret_key.size());
    return keys;
}

std::string public_key_of(std::string_view secret_key) {
    const SecretText secret = secret_bytes(secret_key);
    std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
    crypto_sign_ed25519_sk_to_pk(raw(public_key), raw(secret.view()));
    return to_base64url(public_key);
}

std::string sign(std::string_view secret_key, std::string_view message) {
    const SecretText secret = secret_bytes(secret_key);
    std::string signature(crypto_sign_BYTES, '\0');
    ENSURE(crypto_sign_detached(raw(signature), nullptr, raw(message), message.size(), raw(secret.view())) == 0);
    return to_base64url(signature);
}

bool verify_signature(std::string_view public_key, std::string_view message, std::string_view signature) {
    const std::optional<std::string> key = from_base64url(public_key), bytes = from_base64url(signature);
    return key && key->size() == crypto_sign_PUBLICKEYBYTES && bytes && bytes->size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(raw(*bytes), raw(message), message.size(), raw(*key)) == 0;
}

}  // namespace util
