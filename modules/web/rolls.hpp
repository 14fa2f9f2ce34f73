// SPDX-License-Identifier: AGPL-3.0-or-later
// The scrutins of who is signed in: on which rolls he stands, and where he has voted, comes with his session, fresh each time; what a scrutin
// is stays the same for a data version and is kept. A row of Guard::rolls has them without another statement.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/env.hpp"
#include "web/version_memory.hpp"

namespace web {

template <typename Mine>
struct KnownScrutins {
    VersionMemory<domain::ScrutinId, std::optional<Mine>> by_id;  // nothing: a draft, which is shown to nobody
    VersionMemory<std::string, domain::ScrutinId> by_code;        // of those shown

    // For Route::one_roll, of a row with {code}.
    std::function<std::optional<domain::ScrutinId>(const Request&, std::uint32_t)> of_code() const {
        return [this](const Request& request, std::uint32_t version) -> std::optional<domain::ScrutinId> {
            const auto id = by_code.find(version, request.param("code"));
            return id ? std::optional(*id) : std::nullopt;
        };
    }
};

// In the order of Mine::place() → {position, id}. `read()` gives all of them from the database, when one is not known; `put(mine, roll)` says of a
// known one what the roll says.
template <typename Mine, typename Read, typename Put>
std::vector<Mine> scrutins_of_rolls(const Env& env, KnownScrutins<Mine>& known, Read read, Put put) {
    const auto version = env.election.data_version;
    std::vector<Mine> mine;
    for (const RollLine& roll : env.session.rolls) {
        const auto scrutin = known.by_id.find(version, roll.scrutin);
        if (!scrutin) {
            mine = read();
            for (const RollLine& each : env.session.rolls) {
                const auto shown =
                    std::find_if(mine.begin(), mine.end(), [&](const Mine& one) { return one.place().second == each.scrutin; });
                known.by_id.keep(version, each.scrutin, shown == mine.end() ? std::nullopt : std::optional(shown->without_roll()));
            }
            for (const Mine& one : mine) known.by_code.keep(version, std::string(one.code_of()), one.place().second);
            return mine;
        }
        if (*scrutin) put(mine.emplace_back(**scrutin), roll);
    }
    std::sort(mine.begin(), mine.end(), [](const Mine& one, const Mine& other) { return one.place() < other.place(); });
    return mine;
}

// His scrutin of this code; nothing when there is none, or it is another's.
template <typename Mine>
std::optional<Mine> scrutin_of_code(std::vector<Mine> mine, std::string_view code) {
    for (Mine& one : mine)
        if (one.code_of() == code) return std::move(one);
    return std::nullopt;
}

}  // namespace web
