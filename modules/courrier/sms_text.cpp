// SPDX-License-Identifier: AGPL-3.0-or-later
// 3GPP TS 23.038, sections 6.2.1 and 6.2.1.1.
#include "courrier/sms_text.hpp"

#include <algorithm>

namespace courrier {
namespace {

constexpr unsigned k_alone = 160, k_joined = 153;

constexpr std::string_view k_basic =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::string_view k_extended = "\f^{}\\[~]|€";

std::size_t length_of_character(std::string_view text) {
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80) ++length;
    return length;
}

}  // namespace

bool is_international_number(std::string_view text) {
    return text.size() >= 9 && text.size() <= 16 && text[0] == '+' &&
           std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<unsigned> gsm_messages(std::string_view text) {
    unsigned septets = 0;
    while (!text.empty()) {
        const std::string_view character = text.substr(0, length_of_character(text));
        if (k_basic.find(character) != std::string_view::npos) septets += 1;
        else if (k_extended.find(character) != std::string_view::npos) septets += 2;
        else return std::nullopt;
        text.remove_prefix(character.size());
    }
    return septets <= k_alone ? 1 : (septets + k_joined - 1) / k_joined;
}

}  // namespace courrier
