// SPDX-License-Identifier: AGPL-3.0-or-later
// Pauses of different lengths and noise over all: two sounds of the same digits have no sample in common to be looked up.
#include <algorithm>

#include "reassort/security_media.hpp"
#include "reassort/spoken_digits.hpp"
#include "util/random.hpp"

namespace reassort {
namespace {

constexpr std::uint32_t k_rate = 11025;
constexpr int k_noise = 9, k_silent = 128;  // of 0 to 255

void put_number(std::string& bytes, std::uint32_t number, int length) {
    for (int i = 0; i < length; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xff);
}

std::string wav_of(const std::string& samples) {
    std::string wav = "RIFF";
    put_number(wav, static_cast<std::uint32_t>(36 + samples.size()), 4);
    wav += "WAVEfmt ";
    for (const auto& [number, length] : {std::pair{16u, 4}, {1u, 2}, {1u, 2}, {k_rate, 4}, {k_rate, 4}, {1u, 2}, {8u, 2}})
        put_number(wav, number, length);
    wav += "data";
    put_number(wav, static_cast<std::uint32_t>(samples.size()), 4);
    return wav + samples;
}

}  // namespace

std::string security_sound(std::string_view digits) {
    std::string samples;
    const auto pause = [&] { samples.append(k_rate / 2 + util::random_below(k_rate / 2), static_cast<char>(k_silent)); };
    pause();
    for (const char digit : digits) {
        samples += k_spoken_digits.at(static_cast<std::size_t>(digit - '0'));
        pause();
    }
    const std::string noise = util::random_bytes(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const int more = static_cast<unsigned char>(noise[i]) % (2 * k_noise + 1) - k_noise;
        samples[i] = static_cast<char>(std::clamp(static_cast<unsigned char>(samples[i]) + more, 0, 255));
    }
    return wav_of(samples);
}

}  // namespace reassort
