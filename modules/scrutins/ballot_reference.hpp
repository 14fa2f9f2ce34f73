// SPDX-License-Identifier: AGPL-3.0-or-later
// The reference on a receipt: the unpadded base64 of the ballot's SHA-256 (Belenios's smart ballot tracker), which the urne keeps in hex.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scrutins {

// The hash in hex of a reference as typed or pasted: blanks, line ends and a final « = » are forgiven.
std::optional<std::string> ballot_hash_of(std::string_view typed_reference);

}  // namespace scrutins
