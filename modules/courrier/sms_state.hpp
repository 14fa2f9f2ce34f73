// SPDX-License-Identifier: AGPL-3.0-or-later
// How far an SMS came, in the order in which one word replaces another.
#pragma once

namespace courrier {

enum class SmsState : int { left = 1, operator_has_it, refused, received };

}  // namespace courrier
