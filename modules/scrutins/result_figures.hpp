// SPDX-License-Identifier: AGPL-3.0-or-later
// The figures of a results page, worked in integers: shares in per cent.
#pragma once

#include <cstdint>
#include <string>

#include "scrutins/store.hpp"

namespace scrutins {

// « 42,64 % », half up; « – » when the whole is zero.
std::string percent(std::uint64_t part, std::uint64_t whole);

// How long a bar is on a line of 1000: « 426 »; « 0 » when the whole is zero.
std::string bar_length(std::uint64_t part, std::uint64_t whole);

// « Mme Alice Durand ».
std::string full_name(const Candidate& candidate);

}  // namespace scrutins
