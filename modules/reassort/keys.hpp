// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker's secrets, read once at its start.
#pragma once

#include <string>

#include "util/secret.hpp"

namespace reassort {

struct Keys {
    util::SecretText numen_pepper, password_pepper, escrow_secret_key;
    std::string escrow_public_key;
};

}  // namespace reassort
