// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/secret_hash.hpp"

#include <sodium.h>

#include <array>
#include <optional>

#include "domain/argon2id.hpp"
#include "domain/nfc.hpp"
#include "util/bytes.hpp"
#include "util/secret.hpp"

namespace domain {

namespace {

constexpr unsigned long long k_passes = 2;
constexpr std::size_t k_memory_bytes = 19 * 1024 * 1024;
// The stored form of these parameters, as libsodium writes it: salt and hash follow in base64 without padding.
constexpr std::string_view k_stored_form = "$argon2id$v=19$m=19456,t=2,p=1$";
constexpr int k_base64 = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;

using Salt = std::array<unsigned char, k_argon2id_salt_bytes>;
using Hash = std::array<unsigned char, k_argon2id_hash_bytes>;

template <std::size_t n>
std::string write_base64(const std::array<unsigned char, n>& bytes) {
    std::array<char, sodium_base64_ENCODED_LEN(n, k_base64)> text{};
    return sodium_bin2base64(text.data(), text.size(), bytes.data(), n, k_base64);
}

template <std::size_t n>
bool read_base64(std::array<unsigned char, n>& bytes, std::string_view text) {
    std::size_t length = 0;
    return sodium_base642bin(bytes.data(), n, text.data(), text.size(), nullptr, &length, nullptr, k_base64) == 0 && length == n;
}

struct Stored {
    Salt salt;
    Hash hash;
};
// nullopt: of other parameters, or not a stored form at all.
std::optional<Stored> read_stored(std::string_view text) {
    if (!text.starts_with(k_stored_form)) return std::nullopt;
    text.remove_prefix(k_stored_form.size());
    const std::size_t end = text.find('$');
    Stored stored{};
    if (end == std::string_view::npos || !read_base64(stored.salt, text.substr(0, end)) ||
        !read_base64(stored.hash, text.substr(end + 1)))
        return std::nullopt;
    return stored;
}

Hash hash_of(const util::SecretText& key, const Salt& salt) {
    return argon2id(key.view(), salt, static_cast<std::uint32_t>(k_passes), k_memory_bytes / 1024);
}

util::SecretText keyed(std::string_view pepper, std::string_view secret) {
    const util::SecretText nfc(to_nfc(secret).value_or(std::string(secret)));
    return util::SecretText(util::hmac_sha256(pepper, nfc.view()));
}

}  // namespace

std::string hash_secret(std::string_view pepper, std::string_view secret) {
    const util::SecretText key = keyed(pepper, secret);
    Salt salt{};
    randombytes_buf(salt.data(), salt.size());
    return std::string(k_stored_form) + write_base64(salt) + "$" + write_base64(hash_of(key, salt));
}

bool verify_secret(std::string_view pepper, std::string_view secret, std::string_view hash) {
    const util::SecretText key = keyed(pepper, secret);
    if (const auto stored = read_stored(hash))
        return sodium_memcmp(hash_of(key, stored->salt).data(), stored->hash.data(), stored->hash.size()) == 0;
    // Of other parameters. libsodium reads a C string inside a buffer of its own size.
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    if (hash.size() >= text.size()) return false;
    hash.copy(text.data(), hash.size());
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
