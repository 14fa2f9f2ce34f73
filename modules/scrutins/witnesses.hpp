// SPDX-License-Identifier: AGPL-3.0-or-later
// The witnesses whom the bureau named for its public logs, and what each of them signed last.
#pragma once

#include <cstdint>
#include <vector>

#include "crypto/tlog.hpp"
#include "scrutins/store.hpp"
#include "util/json.hpp"
#include "web/settings.hpp"

namespace scrutins {

// [log] witnesses. Throws std::runtime_error on a text that is not a witness's key: called at the start.
std::vector<crypto::tlog::Verifier> named_witnesses(const web::Settings& settings);

// One row for each: {name, seen, size, is_one, at, is_behind}. `size`: the log's now.
util::Json witness_rows(const std::vector<crypto::tlog::Verifier>& witnesses, const std::vector<Cosignature>& cosignatures,
                        std::uint64_t size);

}  // namespace scrutins
