// SPDX-License-Identifier: AGPL-3.0-or-later
// Searching and leafing through a roll of up to a million names: a search is a range of sort keys, a page begins at a
// key. No elector's number is in a cursor, so homonyms are told apart by how many were shown already.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scrutins/store.hpp"

namespace scrutins {

inline constexpr unsigned k_roll_page = 50;

// Sort keys with from <= key < until.
struct KeyRange {
    std::string from, until;
};
// What a person typed, as the beginning of « nom prénom »; empty gives the whole roll.
KeyRange range_of(std::string_view typed_name);

// Where a page begins: at `key`, after `skip` rows that bear it.
struct RollCursor {
    std::string key;
    unsigned skip = 0;
};
// The text of `page` in the address, and back; nothing when it was not made by us.
std::string to_text(const RollCursor& cursor);
std::optional<RollCursor> parse_cursor(std::string_view text);

// The page after `shown`, which began at `from`. Precondition: shown is not empty.
RollCursor cursor_after(const std::vector<RollRow>& shown, const RollCursor& from);

// The page before `cursor`: nothing when it is the first of `range`.
std::optional<RollCursor> cursor_before(db::Connection& db, domain::ScrutinId scrutin, const KeyRange& range,
                                        const RollCursor& cursor);

}  // namespace scrutins
