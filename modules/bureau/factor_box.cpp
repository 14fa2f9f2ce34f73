// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/factor_box.hpp"

#include <sodium.h>

#include <stdexcept>

#include "bureau/totp.hpp"
#include "util/bytes.hpp"
#include "util/ensure.hpp"
#include "util/random.hpp"

namespace bureau {

using util::raw;

namespace {

constexpr std::size_t k_nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, k_tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

FactorBox::FactorBox(const web::Settings& settings) : key_(settings.secret("desk_key")) {
    if (key_.view().size() < 32) throw std::runtime_error("secret desk_key: 32 characters or more");
}

std::string FactorBox::key_for(std::string_view purpose) const { return util::hmac_sha256(key_.view(), purpose); }

util::SecretText FactorBox::secret_of(std::string_view address, std::string_view code) const {
    const std::string text = "totp|" + std::string(address) + "|" + std::string(code);
    return util::SecretText(util::hmac_sha256(key_.view(), text).substr(0, k_totp_secret_bytes));
}

std::string FactorBox::seal(std::string_view address, std::string_view secret) const {
    const std::string key = key_for("desk-factor");
    const std::string nonce = util::random_bytes(k_nonce);
    std::string sealed(secret.size() + k_tag, '\0');
    unsigned long long length = 0;
    ENSURE(crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed), &length, raw(secret), secret.size(), raw(address),
                                                      address.size(), nullptr, raw(nonce), raw(key)) == 0);
    return util::to_base64url(nonce + sealed);
}

std::optional<util::SecretText> FactorBox::open(std::string_view address, std::string_view sealed) const {
    const auto bytes = util::from_base64url(sealed);
    if (!bytes || bytes->size() <= k_nonce + k_tag) return std::nullopt;
    const std::string key = key_for("desk-factor");
    const std::string_view nonce(bytes->data(), k_nonce), box(bytes->data() + k_nonce, bytes->size() - k_nonce);
    std::string secret(box.size() - k_tag, '\0');
    unsigned long long length = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(secret), &length, nullptr, raw(box), box.size(), raw(address),
                                                   address.size(), raw(nonce), raw(key)) != 0)
        return std::nullopt;
    return util::SecretText(std::move(secret));
}

}  // namespace bureau
