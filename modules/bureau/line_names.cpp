// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/line_names.hpp"

#include <sodium.h>

#include "util/bytes.hpp"
#include "util/ensure.hpp"

namespace bureau {

namespace {

constexpr std::size_t k_name_nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
                      k_name_tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

LineNames::LineNames(const web::Settings& settings) : key_(util::hmac_sha256(settings.secret("desk_key").view(), "desk-line")) {}

std::string LineNames::name_of(std::string_view member, domain::VoterId voter) const {
    std::string number(4, '\0');
    for (int i = 0; i < 4; ++i) number[i] = static_cast<char>(voter.value >> (8 * i) & 0xff);
    // Of what it seals: the same nonce comes again for the same text alone.
    const std::string nonce = util::hmac_sha256(key_, "nonce|" + number + "|" + std::string(member)).substr(0, k_name_nonce);
    std::string sealed(number.size() + k_name_tag, '\0');
    unsigned long long length = 0;
    ENSURE(crypto_aead_xchacha20poly1305_ietf_encrypt(util::raw(sealed), &length, util::raw(number), number.size(),
                                                      util::raw(member), member.size(), nullptr, util::raw(nonce),
                                                      util::raw(key_)) == 0);
    return util::to_base64url(nonce + sealed);
}

std::optional<domain::VoterId> LineNames::voter_of(std::string_view member, std::string_view name) const {
    const auto bytes = util::from_base64url(name);
    if (!bytes || bytes->size() != k_name_nonce + 4 + k_name_tag) return std::nullopt;
    const std::string_view nonce(bytes->data(), k_name_nonce), box(bytes->data() + k_name_nonce, 4 + k_name_tag);
    std::string number(4, '\0');
    unsigned long long length = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(util::raw(number), &length, nullptr, util::raw(box), box.size(),
                                                   util::raw(member), member.size(), util::raw(nonce), util::raw(key_)) != 0)
        return std::nullopt;
    std::uint32_t voter = 0;
    for (int i = 0; i < 4; ++i) voter |= static_cast<std::uint32_t>(static_cast<unsigned char>(number[i])) << (8 * i);
    return domain::VoterId{voter};
}

}  // namespace bureau
