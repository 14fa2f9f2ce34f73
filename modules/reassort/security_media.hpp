// SPDX-License-Identifier: AGPL-3.0-or-later
// The digits of a code de sécurité as an image and as a sound, each time different. Knows no session and no page.
#pragma once

#include <string>
#include <string_view>

namespace reassort {

inline constexpr int k_image_width = 260, k_image_height = 90;  // pixels

// PNG. Throws std::runtime_error when the font is not there.
std::string security_image(std::string_view digits);

// WAV of 8 bits at 11,025 Hz, about six seconds: the digits said in French, with pauses and a little noise.
std::string security_sound(std::string_view digits);

}  // namespace reassort
