// SPDX-License-Identifier: AGPL-3.0-or-later
// The key of a scrutin's public log as whoever reads the log wants it: with the name under which sceau signs its checkpoints.
#pragma once

#include "crypto/tlog.hpp"
#include "scrutins/store.hpp"
#include "util/bytes.hpp"
#include "web/env.hpp"

namespace scrutins {

// No signature is good under an empty key, which a sealed key that cannot be read becomes.
inline crypto::tlog::Verifier log_verifier(const PublicLog& log, const web::Env& env) {
    return {crypto::tlog::origin_of(env.settings.base_url, "/urne/" + log.uuid), crypto::tlog::KeyKind::log,
            util::from_base64url(log.log_key).value_or("")};
}

}  // namespace scrutins
