// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/nfc.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "util/ensure.hpp"
#include "util/text.hpp"

namespace domain {

std::optional<std::string> to_nfc(std::string_view text) {
    if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return std::string(text);
    if (!util::is_utf8(text)) return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(status);
    ENSURE(U_SUCCESS(status));
    const auto length = static_cast<int32_t>(text.size());
    const icu::UnicodeString out = nfc->normalize(icu::UnicodeString::fromUTF8({text.data(), length}), status);
    ENSURE(U_SUCCESS(status));
    std::string utf8;
    out.toUTF8String(utf8);
    return utf8;
}

}  // namespace domain
