// SPDX-License-Identifier: AGPL-3.0-or-later
// « zéro » to « neuf », said by espeak-ng when the program is built (spoken_digits.mjs writes the source): samples of 8 bits at 11,025 Hz.
#pragma once

#include <array>
#include <string_view>

namespace reassort {

extern const std::array<std::string_view, 10> k_spoken_digits;

}  // namespace reassort
