// SPDX-License-Identifier: AGPL-3.0-or-later
// From a typed reference to the urne's key.
#include "scrutins/ballot_reference.hpp"

#include "util/bytes.hpp"

namespace scrutins {

std::optional<std::string> ballot_hash_of(std::string_view typed_reference) {
    std::string reference;
    for (const char c : typed_reference) {
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') reference += c;
    }
    if (!reference.empty() && reference.back() == '=') reference.pop_back();
    const auto hash = util::from_base64_unpadded(reference);
    if (!hash || hash->size() != 32) return std::nullopt;
    return util::to_hex(*hash);
}

}  // namespace scrutins
