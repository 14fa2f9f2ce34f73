// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/entry_ticket.hpp"

#include <sodium.h>

#include "util/bytes.hpp"
#include "util/digest.hpp"
#include "util/json.hpp"
#include "util/random.hpp"

namespace account {

namespace {

using util::raw;

constexpr std::size_t k_nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, k_tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t k_longest_cookie = 3800;  // browsers keep 4,096 bytes with its name and its attributes

std::string entry_key(std::string_view pepper) { return util::hmac_sha256(pepper, "waiting line|1"); }

}  // namespace

std::optional<std::string> seal_entry(std::string_view pepper, std::string_view session_id, const SignInEntry& entry) {
    const std::string text = util::Json{{"at", entry.ticket.issued}, {"n", std::to_string(entry.ticket.number)},
                                        {"address", entry.address},  {"password", entry.password},
                                        {"next", entry.next},        {"shared", entry.machine == web::Machine::shared}}
                                 .dump();
    const std::string key = entry_key(pepper);
    std::string box = util::random_bytes(k_nonce);
    box.resize(k_nonce + text.size() + k_tag);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(box) + k_nonce, nullptr, raw(text), text.size(), raw(session_id),
                                               session_id.size(), nullptr, raw(box), raw(key));
    std::string value = util::to_base64url(box);
    if (value.size() > k_longest_cookie) return std::nullopt;
    return value;
}

std::optional<SignInEntry> open_entry(std::string_view pepper, std::string_view session_id, std::string_view cookie,
                                      util::Instant now) {
    const auto box = util::from_base64url(cookie);
    if (!box || box->size() < k_nonce + k_tag) return std::nullopt;
    const std::string key = entry_key(pepper);
    std::string text(box->size() - k_nonce - k_tag, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(text), nullptr, nullptr, raw(*box) + k_nonce, box->size() - k_nonce,
                                                   raw(session_id), session_id.size(), raw(*box), raw(key)) != 0)
        return std::nullopt;
    const auto json = util::parse_json(text);
    if (!json) return std::nullopt;
    SignInEntry entry{{json->value("at", std::int64_t{0}), std::stoull(json->value("n", std::string("0")))},
                      json->value("address", ""),
                      json->value("password", ""),
                      json->value("next", ""),
                      json->value("shared", false) ? web::Machine::shared : web::Machine::own};
    sodium_memzero(text.data(), text.size());
    const auto age = now.time_since_epoch() - std::chrono::seconds(entry.ticket.issued);
    if (age > web::WaitingLine::k_ticket_lives || age < -std::chrono::minutes{1}) return std::nullopt;
    return entry;
}

}  // namespace account
