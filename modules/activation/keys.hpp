// SPDX-License-Identifier: AGPL-3.0-or-later
// What the worker reads once at its start and never changes.
#pragma once

#include "util/secret.hpp"

namespace activation {

struct Keys {
    util::SecretText password_pepper;  // key of the HMAC taken before Argon2id
};

}  // namespace activation
