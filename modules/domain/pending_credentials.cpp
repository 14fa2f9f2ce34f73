// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/pending_credentials.hpp"

#include <sodium.h>

#include "util/bytes.hpp"
#include "util/random.hpp"

namespace domain {

using util::raw;

namespace {

constexpr std::size_t k_pending_nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t k_pending_tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

std::string pending_key(std::string_view binding_key) { return util::hmac_sha256(binding_key, "pending credentials|1"); }

}  // namespace

std::string seal_pending(std::string_view binding_key, unsigned voter_id, std::string_view lines) {
    const std::string key = pending_key(binding_key), about = std::to_string(voter_id);
    std::string box = util::random_bytes(k_pending_nonce);
    box.resize(k_pending_nonce + lines.size() + k_pending_tag);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(box) + k_pending_nonce, nullptr, raw(lines), lines.size(), raw(about),
                                               about.size(), nullptr, raw(box), raw(key));
    return util::to_base64url(box);
}

std::optional<std::string> open_pending(std::string_view binding_key, unsigned voter_id, std::string_view sealed) {
    const auto box = util::from_base64url(sealed);
    if (!box || box->size() < k_pending_nonce + k_pending_tag) return std::nullopt;
    const std::string key = pending_key(binding_key), about = std::to_string(voter_id);
    std::string lines(box->size() - k_pending_nonce - k_pending_tag, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(lines), nullptr, nullptr, raw(*box) + k_pending_nonce,
                                                   box->size() - k_pending_nonce, raw(about), about.size(), raw(*box),
                                                   raw(key)) != 0)
        return std::nullopt;
    return lines;
}

}  // namespace domain
