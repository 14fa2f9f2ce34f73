// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker's secrets, read once at its start, and the codes de sécurité it gives out.
#pragma once

#include <memory>
#include <string>

#include "reassort/security_code.hpp"
#include "util/secret.hpp"

namespace reassort {

struct Keys {
    util::SecretText numen_pepper, password_pepper, escrow_secret_key;
    std::string escrow_public_key;
    std::shared_ptr<SecurityCode> security = std::make_shared<SecurityCode>();
};

}  // namespace reassort
