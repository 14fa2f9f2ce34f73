// SPDX-License-Identifier: AGPL-3.0-or-later
// What the worker reads once at its start and never changes.
#pragma once

#include "domain/known_passwords.hpp"
#include "util/secret.hpp"

namespace activation {

struct Keys {
    util::SecretText password_pepper;  // key of the HMAC taken before Argon2id
    domain::KnownPasswords known_passwords;
};

}  // namespace activation
