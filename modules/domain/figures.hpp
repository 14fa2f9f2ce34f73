// SPDX-License-Identifier: AGPL-3.0-or-later
// Shares as pages show them. Knows no page.
#pragma once

#include <cstdint>
#include <string>

namespace domain {

// No share of fewer people is shown to those who have not their names: it would say how single ones did.
inline constexpr std::uint64_t k_least_group = 50;

// « 42,64 % », half up; « – » when the whole is zero.
std::string percent(std::uint64_t part, std::uint64_t whole);

// How long a bar is on a line of 1000: « 426 »; « 0 » when the whole is zero.
std::string bar_length(std::uint64_t part, std::uint64_t whole);

}  // namespace domain
