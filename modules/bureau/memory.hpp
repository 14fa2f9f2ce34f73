// SPDX-License-Identifier: AGPL-3.0-or-later
// What the worker keeps because it takes long to count: who stands on each roll, for a data version; a scrutin's participation, for a minute.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "bureau/turnout.hpp"
#include "domain/ids.hpp"
#include "web/env.hpp"
#include "web/version_memory.hpp"

namespace bureau {

struct Memory {
    web::VersionMemory<std::uint16_t, std::vector<TurnoutGroup>> categories;
    std::mutex mutex;
    std::map<std::uint16_t, std::shared_ptr<const Turnout>> turnouts;
};

std::uint64_t enrolled_in(web::Env& env, Memory& memory, domain::ScrutinId scrutin);
// As it was within the last minute: `at` says when.
std::shared_ptr<const Turnout> turnout_in(web::Env& env, Memory& memory, domain::ScrutinId scrutin);

}  // namespace bureau
