// SPDX-License-Identifier: AGPL-3.0-or-later
// What more than one worker must know of réassorts.
#pragma once

namespace domain {

inline constexpr unsigned k_reassorts_allowed = 3;  // that gave a code, per elector and election

}  // namespace domain
