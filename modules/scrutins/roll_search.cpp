// SPDX-License-Identifier: AGPL-3.0-or-later
// Key ranges and cursors of rolls; no SQL here.
#include "scrutins/roll_search.hpp"

#include <charconv>

#include "util/bytes.hpp"
#include "util/ensure.hpp"
#include "util/text.hpp"

namespace scrutins {
namespace {

// U+10FFFF: no name holds it, so it ends every range in the column's binary order.
constexpr std::string_view k_last_character = "\xF4\x8F\xBF\xBF";
// More homonyms than any roll has; a larger number in an address is an invention.
constexpr unsigned k_most_homonyms = 10000;

}  // namespace

KeyRange range_of(std::string_view typed_name) {
    const std::string prefix = util::fold(util::trim(typed_name));
    return {prefix, prefix + std::string(k_last_character)};
}

std::string to_text(const RollCursor& cursor) { return util::to_base64url(cursor.key) + "." + std::to_string(cursor.skip); }

std::optional<RollCursor> parse_cursor(std::string_view text) {
    const auto dot = text.rfind('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto key = util::from_base64url(text.substr(0, dot));
    const std::string_view digits = text.substr(dot + 1);
    unsigned skip = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), skip);
    if (!key || !util::is_utf8(*key) || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (skip > k_most_homonyms) return std::nullopt;
    return RollCursor{*key, skip};
}

RollCursor cursor_after(const std::vector<RollRow>& shown, const RollCursor& from) {
    ENSURE(!shown.empty());
    RollCursor next{shown.back().sort_key, 0};
    for (auto row = shown.rbegin(); row != shown.rend() && row->sort_key == next.key; ++row) ++next.skip;
    if (next.key == from.key && next.skip == shown.size()) next.skip += from.skip;
    return next;
}

std::optional<RollCursor> cursor_before(db::Connection& db, domain::ScrutinId scrutin, const KeyRange& range,
                                        const RollCursor& cursor) {
    if (cursor.skip >= k_roll_page) return RollCursor{cursor.key, cursor.skip - k_roll_page};
    const auto keys = roll_keys_before(db, scrutin, range.from, cursor.key, k_roll_page - cursor.skip);
    if (keys.empty()) return cursor.skip == 0 ? std::nullopt : std::optional(RollCursor{range.from, 0});
    unsigned borne = 0;
    for (auto key = keys.rbegin(); key != keys.rend() && *key == keys.back(); ++key) ++borne;
    const unsigned all = homonyms(db, scrutin, keys.back());
    return RollCursor{keys.back(), all > borne ? all - borne : 0};
}

}  // namespace scrutins
