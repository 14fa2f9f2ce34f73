// SPDX-License-Identifier: AGPL-3.0-or-later
// What the threads of this worker keep of a data version, and the elector's scrutins as every page asks for them.
#pragma once

#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scrutins/store.hpp"
#include "web/rolls.hpp"

namespace scrutins {

// The first page of a roll, which most readers see alone; and how many stand on the roll.
struct RollBeginning {
    std::vector<RollRow> rows;  // one more than a page shows, if there are more
    std::uint64_t electors = 0;
};

// How many pages of rolls each elector has read of late. In this process alone: a count in the database would cost each page more than the page.
class Readings {
public:
    // One more, under the limit's name in the log. False past `allowed` in `window_seconds`.
    bool allows(const web::Env& env, std::string_view rule, unsigned allowed, unsigned window_seconds);

private:
    std::mutex mutex_;
    std::int64_t window_ = 0;
    std::unordered_map<std::uint32_t, unsigned> counts_;
};

struct Memory {
    Readings readings;
    web::KnownScrutins<MyScrutin> scrutins;
    web::VersionMemory<domain::ScrutinId, RollBeginning> rolls;
};

// Those of the elector signed in; routes of Guard::rolls.
std::vector<MyScrutin> my_scrutins(const web::Env& env, Memory& memory);
// Nothing when it is not his, exactly as when it does not exist.
std::optional<MyScrutin> my_scrutin(const web::Env& env, Memory& memory, std::string_view code);

}  // namespace scrutins
