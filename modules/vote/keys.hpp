// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker's secrets, read once at its start.
#pragma once

#include "util/secret.hpp"

namespace vote {

struct Keys {
    util::SecretText
        binding_key;  // names public credentials and ballots that wait (domain/credential_binding.hpp, waiting_ballot.hpp)
    util::SecretText receipt_secret_key;  // signs receipts; its public half is in each sealed scrutin
};

}  // namespace vote
