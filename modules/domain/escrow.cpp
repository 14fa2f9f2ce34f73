// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/escrow.hpp"

#include <sodium.h>

#include <stdexcept>

#include "util/bytes.hpp"
#include "util/ensure.hpp"

namespace domain {

using util::raw;

EscrowKeys make_escrow_keys() {
    std::string public_key(crypto_box_PUBLICKEYBYTES, '\0'), secret_key(crypto_box_SECRETKEYBYTES, '\0');
    crypto_box_keypair(raw(public_key), raw(secret_key));
    EscrowKeys keys{util::SecretText(util::to_base64url(secret_key)), util::to_base64url(public_key)};
    sodium_memzero(secret_key.data(), secret_key.size());
    return keys;
}

std::string seal_escrow(std::string_view public_key, std::string_view credential) {
    const std::optional<std::string> key = util::from_base64url(public_key);
    if (!key || key->size() != crypto_box_PUBLICKEYBYTES) throw std::runtime_error("escrow public key: not 32 bytes in base64url");
    std::string sealed(credential.size() + crypto_box_SEALBYTES, '\0');
    ENSURE(crypto_box_seal(raw(sealed), raw(credential), credential.size(), raw(*key)) == 0);
    return util::to_base64url(sealed);
}

std::optional<util::SecretText> open_escrow(std::string_view public_key, std::string_view secret_key, std::string_view sealed) {
    const std::optional<std::string> key = util::from_base64url(public_key), box = util::from_base64url(sealed);
    std::optional<std::string> secret_bytes = util::from_base64url(secret_key);
    if (!secret_bytes) return std::nullopt;
    const util::SecretText secret(std::move(*secret_bytes));
    if (!key || !box || key->size() != crypto_box_PUBLICKEYBYTES || secret.view().size() != crypto_box_SECRETKEYBYTES ||
        box->size() <= crypto_box_SEALBYTES) {
        return std::nullopt;
    }
    std::string plain(box->size() - crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal_open(raw(plain), raw(*box), box->size(), raw(*key), raw(secret.view())) != 0) return std::nullopt;
    return util::SecretText(std::move(plain));
}

}  // namespace domain
