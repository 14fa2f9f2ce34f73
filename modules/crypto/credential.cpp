// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/credential.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/json_text.hpp"
#include "util/bytes.hpp"
#include "util/json.hpp"
#include "util/random.hpp"

namespace crypto {

namespace {

// Index of the first dash-separated shape that `code` fits: groups of base-58 digits of these lengths.
bool has_shape(std::string_view code, std::initializer_list<std::size_t> groups) {
    std::size_t at = 0;
    bool first = true;
    for (const std::size_t length : groups) {
        if (!first && (at >= code.size() || code[at++] != '-')) return false;
        first = false;
        if (code.size() < at + length || !is_base58(code.substr(at, length))) return false;
        at += length;
    }
    return at == code.size();
}

// Base-58 value of the digits mod 53, dashes skipped.
unsigned value_mod_53(std::string_view digits) {
    unsigned v = 0;
    for (const char c : digits)
        if (c != '-') v = (v * 58 + static_cast<unsigned>(k_base58.find(c))) % 53;
    return v;
}

}  // namespace

std::string random_base58(std::size_t digits) {
    std::string text;
    text.reserve(digits);
    for (std::size_t i = 0; i < digits; ++i) text += k_base58[util::random_below(58)];
    return text;
}

bool is_base58(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return k_base58.find(c) != std::string_view::npos; });
}

std::string make_uuid() { return random_base58(14); }

util::SecretText make_full_code() {
    std::string code;
    code.reserve(25);
    for (std::size_t place = 0; place < 25; ++place)
        code += place == 5 || place == 12 || place == 18 ? '-' : k_base58[util::random_below(58)];
    return util::SecretText(std::move(code));
}

util::SecretText make_old_code() {
    std::string code;
    code.reserve(19);
    for (std::size_t place = 0; place < 18; ++place) code += place % 4 == 3 ? '-' : k_base58[util::random_below(58)];
    code += k_base58[53 - value_mod_53(code)];
    return util::SecretText(std::move(code));
}

bool is_full_code(std::string_view code) { return has_shape(code, {5, 6, 5, 6}); }

bool is_old_code(std::string_view code) {
    if (!has_shape(code, {3, 3, 3, 3, 3})) return false;
    return k_base58.find(code.back()) == 53 - value_mod_53(code.substr(0, 18));
}

std::string derive_bytes(std::string_view uuid, std::string_view code) {
    std::string bytes;
    if (is_full_code(code)) {
        std::string text = "derive_credential|" + std::string(uuid) + "|0|" + std::string(code);
        const std::size_t index = 18 + uuid.size() + 1;
        bytes.reserve(64);
        bytes += util::sha256(text);
        text[index] = '1';
        bytes += util::sha256(text);
        sodium_memzero(text.data(), text.size());
    } else if (is_old_code(code)) {
        bytes.resize(32);
        ENSURE(PKCS5_PBKDF2_HMAC(code.data(), static_cast<int>(code.size()), reinterpret_cast<const unsigned char*>(uuid.data()),
                                 static_cast<int>(uuid.size()), 1000, EVP_sha256(), 32,
                                 reinterpret_cast<unsigned char*>(bytes.data())) == 1);
    }
    return bytes;
}

util::Result<std::string> make_public_creds(std::vector<std::string> keys) {
    std::sort(keys.begin(), keys.end());
    std::string record = "[";
    for (const auto& key : keys) {
        if (record.size() > 1) record += ',';
        record += util::json_quote(key);
    }
    record += ']';
    std::string why;
    if (!read_public_creds(record, why)) return util::failure(util::Fault::invalid, "public_creds: " + why);
    return record;
}

std::optional<std::vector<ListedCredential>> read_public_creds(std::string_view record, std::string& why) {
    std::vector<ListedCredential> list;
    std::size_t weighted = 0;
    std::uint64_t total = 0;
    Reader in(record);
    in.literal("[");
    while (in.ok() && !in.peek("]")) {
        if (!list.empty()) in.literal(",");
        const std::string_view entry = in.plain_string();
        const std::size_t comma = entry.find(',');
        ListedCredential credential{entry.substr(0, comma)};
        if (comma != std::string_view::npos) {
            Reader weight(entry.substr(comma + 1));
            credential.weight = weight.number();
            if (!weight.at_end()) in.fail();
            ++weighted;
        }
        if (in.ok() && (total += credential.weight) >= k_weights_below) {
            why = "weights out of range";
            return std::nullopt;
        }
        if (credential.key.empty()) in.fail();
        list.push_back(credential);
    }
    in.literal("]");
    if (!in.at_end()) {
        why = "not canonical at byte " + std::to_string(in.position());
        return std::nullopt;
    }
    if (weighted != 0 && weighted != list.size()) {
        why = "entries with and without weight";
        return std::nullopt;
    }
    std::vector<std::string_view> keys;
    keys.reserve(list.size());
    for (const auto& credential : list) keys.push_back(credential.key);
    std::sort(keys.begin(), keys.end());
    const auto twin = std::adjacent_find(keys.begin(), keys.end());
    if (twin != keys.end()) {
        why = "repeated key " + std::string(*twin);
        return std::nullopt;
    }
    return list;
}

}  // namespace crypto
