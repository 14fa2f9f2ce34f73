// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/waiting_ballot.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>

#include "util/bytes.hpp"
#include "util/ensure.hpp"
#include "util/secret.hpp"

namespace domain {

namespace {

using util::raw;

constexpr std::size_t k_hash_size = 64, k_block = 4096;

std::optional<std::string> sealing_key_of(std::string_view log_key) {
    const auto bytes = util::from_base64url(log_key);
    std::string key(crypto_box_PUBLICKEYBYTES, '\0');
    if (!bytes || bytes->size() != crypto_sign_PUBLICKEYBYTES) return std::nullopt;
    if (crypto_sign_ed25519_pk_to_curve25519(raw(key), raw(*bytes)) != 0) return std::nullopt;
    return key;
}

// As util::to_base64url, which takes the same time whatever the bytes: of a sealed text, which is everybody's, that is a third of the sealing.
std::string quick_base64url(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), raw(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    text.resize(text.find_last_not_of('=') + 1);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

}  // namespace

std::string waiting_tag(std::string_view binding_key, std::string_view uuid, std::string_view hash_hex) {
    return util::to_hex(util::hmac_sha256(binding_key, "inbox|1|" + std::string(uuid) + "|" + std::string(hash_hex)));
}

bool is_sealing_key(std::string_view log_key) { return sealing_key_of(log_key).has_value(); }

std::optional<WaitingBallotSealer> WaitingBallotSealer::of(std::string_view log_key) {
    auto key = sealing_key_of(log_key);
    if (!key) return std::nullopt;
    return WaitingBallotSealer(*std::move(key));
}

std::string WaitingBallotSealer::seal(std::string_view credential_hash, std::string_view ballot) const {
    ENSURE(credential_hash.size() == k_hash_size);
    // As sodium_pad() writes it: a byte 0x80, then zeros. Its constant time costs 8 µs a ballot, and this process has the ballot's length from HTTP.
    const std::size_t filled = credential_hash.size() + ballot.size();
    std::string plain;
    plain.reserve((filled / k_block + 1) * k_block);
    plain.append(credential_hash).append(ballot).append(1, '\x80');
    plain.resize((filled / k_block + 1) * k_block);
    std::string box(crypto_box_SEALBYTES + plain.size(), '\0');
    ENSURE(crypto_box_seal(raw(box), raw(plain), plain.size(), raw(key_)) == 0);
    return quick_base64url(box);
}

std::string seal_waiting_ballot(std::string_view log_key, std::string_view credential_hash, std::string_view ballot) {
    const auto sealer = WaitingBallotSealer::of(log_key);
    ENSURE(sealer.has_value());
    return sealer->seal(credential_hash, ballot);
}

std::optional<WaitingBallot> open_waiting_ballot(std::string_view log_secret_key, std::string_view sealed) {
    const auto signing = util::from_base64url(log_secret_key);
    ENSURE(signing.has_value() && signing->size() == crypto_sign_SECRETKEYBYTES);
    const util::SecretText signing_key{std::string(*signing)};
    util::Secret<crypto_box_SECRETKEYBYTES> secret;
    std::string key(crypto_box_PUBLICKEYBYTES, '\0');
    ENSURE(crypto_sign_ed25519_sk_to_curve25519(secret.data(), raw(signing_key.view())) == 0);
    crypto_scalarmult_base(raw(key), secret.data());

    const auto box = util::from_base64url(sealed);
    if (!box || box->size() < crypto_box_SEALBYTES) return std::nullopt;
    std::string plain(box->size() - crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal_open(raw(plain), raw(*box), box->size(), raw(key), secret.data()) != 0) return std::nullopt;
    std::size_t size = 0;
    if (sodium_unpad(&size, raw(plain), plain.size(), k_block) != 0 || size < k_hash_size) return std::nullopt;
    return WaitingBallot{plain.substr(0, k_hash_size), plain.substr(k_hash_size, size - k_hash_size)};
}

}  // namespace domain
