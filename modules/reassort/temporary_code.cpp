// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reassort/temporary_code.hpp"

#include <sodium.h>

#include "domain/voting_code.hpp"
#include "util/bytes.hpp"
#include "util/ensure.hpp"
#include "util/random.hpp"
#include "util/text.hpp"

namespace reassort {
namespace {

constexpr std::size_t k_digits = 8;

// The escrow's key serves two more uses, each under a name of its own.
std::string key_for(const Keys& keys, std::string_view use) { return util::hmac_sha256(keys.escrow_secret_key.view(), use); }

}  // namespace

std::string make_temporary_code() {
    std::string code;
    for (std::size_t i = 0; i < k_digits; ++i) code += static_cast<char>('0' + util::random_below(10));
    return code;
}

std::string as_read(std::string_view temporary_code) {
    return std::string(temporary_code.substr(0, k_digits / 2)) + " " + std::string(temporary_code.substr(k_digits / 2));
}

std::optional<std::string> normalise_temporary_code(std::string_view typed) {
    std::string code;
    for (const char c : util::fold(typed)) {
        if (c >= '0' && c <= '9') code += c;
        else if (c != ' ' && c != '-' && c != '.') return std::nullopt;
    }
    return code.size() == k_digits ? std::optional(code) : std::nullopt;
}

std::string check_of(const Keys& keys, domain::VoterId voter, util::Instant sent_at, std::string_view temporary_code) {
    return util::to_hex(
        util::hmac_sha256(key_for(keys, "reassort-temporary"),
                          std::to_string(voter.value) + "|" + util::to_sql(sent_at) + "|" + std::string(temporary_code)));
}

std::string seal_destination(const Keys& keys, domain::VoterId voter, const Destination& to) {
    const std::string plain = std::to_string(voter.value) + (to.is_mail ? "|mail|" : "|sms|") + to.address;
    const std::string nonce = util::random_bytes(crypto_secretbox_NONCEBYTES), key = key_for(keys, "reassort-destination");
    std::string box(plain.size() + crypto_secretbox_MACBYTES, '\0');
    ENSURE(crypto_secretbox_easy(util::raw(box), util::raw(plain), plain.size(), util::raw(nonce), util::raw(key)) == 0);
    return util::to_base64url(nonce + box);
}

std::optional<Destination> open_destination(const Keys& keys, domain::VoterId voter, std::string_view sealed) {
    const auto bytes = util::from_base64url(sealed);
    if (!bytes || bytes->size() <= crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return std::nullopt;
    const std::string nonce = bytes->substr(0, crypto_secretbox_NONCEBYTES), box = bytes->substr(crypto_secretbox_NONCEBYTES);
    const std::string key = key_for(keys, "reassort-destination");
    std::string plain(box.size() - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(util::raw(plain), util::raw(box), box.size(), util::raw(nonce), util::raw(key)) != 0)
        return std::nullopt;
    for (const bool is_mail : {true, false}) {
        const std::string head = std::to_string(voter.value) + (is_mail ? "|mail|" : "|sms|");
        if (plain.starts_with(head)) return Destination{is_mail, plain.substr(head.size()), {}, false};
    }
    return std::nullopt;
}

util::SecretText shown_code(const Keys& keys, domain::VoterId voter, unsigned generation, std::string_view form_key,
                            std::string_view temporary_code) {
    std::string seed = util::hmac_sha256(key_for(keys, "reassort-shown-code"),
                                         std::to_string(voter.value) + "|" + std::to_string(generation) + "|" +
                                             std::string(form_key) + "|" + std::string(temporary_code));
    auto code = domain::voting_code_of(seed);
    sodium_memzero(seed.data(), seed.size());
    return code;
}

}  // namespace reassort
