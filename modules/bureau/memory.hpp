// SPDX-License-Identifier: AGPL-3.0-or-later
// What the worker keeps because it takes long to count: who stands on each roll, for a data version; a scrutin's participation and an
// académie's spaces, for a minute.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "bureau/store_requests.hpp"
#include "bureau/turnout.hpp"
#include "domain/ids.hpp"
#include "web/env.hpp"
#include "web/version_memory.hpp"

namespace bureau {

// The votes of hours that are over, which stay what they are.
struct PastVotes {
    std::vector<TurnoutGroup> groups;
    util::Instant until{};  // of what began before
};

struct Memory {
    web::VersionMemory<std::uint16_t, std::vector<TurnoutGroup>> categories;
    web::VersionMemory<std::uint16_t, PastVotes> past;
    std::mutex mutex;
    std::map<std::uint16_t, std::shared_ptr<const Turnout>> turnouts;
    std::map<std::string, std::pair<util::Instant, Activation>, std::less<>> activations;  // by académie
};

std::uint64_t enrolled_in(web::Env& env, Memory& memory, domain::ScrutinId scrutin);
// As it was within the last minute: `at` says when.
std::shared_ptr<const Turnout> turnout_in(web::Env& env, Memory& memory, domain::ScrutinId scrutin);

// The same of an académie's spaces.
Activation activation_in(web::Env& env, Memory& memory, const std::string& academie);

}  // namespace bureau
