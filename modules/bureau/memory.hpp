// SPDX-License-Identifier: AGPL-3.0-or-later
// What the worker keeps for a data version: how many stand on each roll, which takes long to count.
#pragma once

#include <cstdint>

#include "domain/ids.hpp"
#include "web/env.hpp"
#include "web/version_memory.hpp"

namespace bureau {

struct Memory {
    web::VersionMemory<std::uint16_t, std::uint64_t> enrolled;
};

std::uint64_t enrolled_in(web::Env& env, Memory& memory, domain::ScrutinId scrutin);

}  // namespace bureau
