// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/figures.hpp"

namespace domain {

std::string percent(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return "–";
    const std::uint64_t hundredths = (part * 20000 + whole) / (2 * whole);  // of a per cent, half up
    std::string decimals = std::to_string(hundredths % 100);
    if (decimals.size() == 1) decimals.insert(0, 1, '0');
    return std::to_string(hundredths / 100) + "," + decimals + "\u202f%";
}

std::string bar_length(std::uint64_t part, std::uint64_t whole) {
    return std::to_string(whole == 0 ? 0 : (part * 2000 + whole) / (2 * whole));
}

}  // namespace domain
