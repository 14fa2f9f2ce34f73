// SPDX-License-Identifier: AGPL-3.0-or-later
// Hears a code de sécurité, as a person does who cannot see it: what the sound says is found again among the ten spoken digits.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "reassort/spoken_digits.hpp"

namespace test {

inline std::string heard_in(std::string_view wav) {
    constexpr int k_noise = 9;
    const std::string_view samples = wav.substr(44);
    const auto says = [&](std::size_t at, std::string_view digit) {
        return samples.size() - at >= digit.size() &&
               std::equal(digit.begin(), digit.end(), samples.begin() + at, [](char a, char b) {
                   return std::abs(static_cast<unsigned char>(a) - static_cast<unsigned char>(b)) <= k_noise;
               });
    };
    std::string heard;
    for (std::size_t at = 0; at < samples.size();) {
        std::size_t digit = 0;
        while (digit < 10 && !says(at, reassort::k_spoken_digits[digit])) ++digit;
        if (digit < 10) heard += static_cast<char>('0' + digit);
        at += digit < 10 ? reassort::k_spoken_digits[digit].size() : 1;
    }
    return heard;
}

}  // namespace test
