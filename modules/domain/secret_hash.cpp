// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/secret_hash.hpp"

#include <sodium.h>

#include <array>
#include <new>

#include "domain/nfc.hpp"
#include "util/bytes.hpp"
#include "util/secret.hpp"

namespace domain {

namespace {

constexpr unsigned long long k_passes = 2;
constexpr std::size_t k_memory_bytes = 19 * 1024 * 1024;

util::SecretText keyed(std::string_view pepper, std::string_view secret) {
    const util::SecretText nfc(to_nfc(secret).value_or(std::string(secret)));
    return util::SecretText(util::hmac_sha256(pepper, nfc.view()));
}

}  // namespace

std::string hash_secret(std::string_view pepper, std::string_view secret) {
    const util::SecretText key = keyed(pepper, secret);
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    if (crypto_pwhash_argon2id_str(text.data(), key.view().data(), key.view().size(), k_passes, k_memory_bytes) != 0) {
        throw std::bad_alloc();
    }
    return text.data();
}

bool verify_secret(std::string_view pepper, std::string_view secret, std::string_view hash) {
    // libsodium reads a C string inside a buffer of its own size.
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    if (hash.size() >= text.size()) return false;
    hash.copy(text.data(), hash.size());
    const util::SecretText key = keyed(pepper, secret);
    return crypto_pwhash_argon2id_str_verify(text.data(), key.view().data(), key.view().size()) == 0;
}

bool is_outdated(std::string_view hash) {
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    if (hash.size() >= text.size()) return true;
    hash.copy(text.data(), hash.size());
    return crypto_pwhash_argon2id_str_needs_rehash(text.data(), k_passes, k_memory_bytes) != 0;
}

bool verify_dummy(std::string_view pepper, std::string_view secret) {
    // A hash of the same parameters whose secret nobody has: made once, from random bytes.
    static const std::string nobody = [] {
        std::array<char, 32> random{};
        randombytes_buf(random.data(), random.size());
        return hash_secret("", util::to_hex({random.data(), random.size()}));
    }();
    static_cast<void>(verify_secret(pepper, secret, nobody));
    return false;
}

}  // namespace domain
