// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker's secret, read once at its start.
#pragma once

#include "util/secret.hpp"

namespace account {

struct Keys {
    util::SecretText password_pepper;  // key of the HMAC taken before Argon2id
};

}  // namespace account
