// SPDX-License-Identifier: AGPL-3.0-or-later
// The logo of a list as pages show it: a small PNG, judged to its last byte, so that what browsers decode is what was looked at. Knows no table.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace domain {

inline constexpr std::size_t k_logo_shown_bytes = 20 * 1024;
inline constexpr unsigned k_logo_least_side = 16, k_logo_most_side = 512;

struct LogoSize {
    unsigned width = 0, height = 0;  // pixels
};
// Nothing where it is no PNG that is shown: whole, with sound checksums and no other chunks than an image's own (no text, no animation, no profile), not
// interlaced, 16 to 512 pixels each way, its pixels as many as it says, 20 KiB at most.
std::optional<LogoSize> logo_size(std::string_view png);
// Why it is not shown, for its delegates; empty: it is.
std::string why_no_logo(std::string_view file);

}  // namespace domain
