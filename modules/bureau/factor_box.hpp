// SPDX-License-Identifier: AGPL-3.0-or-later
// Second factors as they are kept: made of an enrolment code, sealed under the worker's key for one address. Knows no database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "util/secret.hpp"
#include "web/settings.hpp"

namespace bureau {

class FactorBox {
public:
    // Throws std::runtime_error without the secret desk_key, or with one of fewer than 32 characters.
    explicit FactorBox(const web::Settings& settings);

    // The secret that this code makes for this address: always the same, so that a page sent twice shows the same. 20 raw bytes. Nobody without the key
    // can compute it from the code.
    util::SecretText secret_of(std::string_view address, std::string_view code) const;

    std::string seal(std::string_view address, std::string_view secret) const;  // base64url, another one each time
    // Nothing: another key, another address, or changed bytes.
    std::optional<util::SecretText> open(std::string_view address, std::string_view sealed) const;

private:
    std::string key_for(std::string_view purpose) const;
    util::SecretText key_;
};

}  // namespace bureau
