// SPDX-License-Identifier: AGPL-3.0-or-later
// What one process makes at its start and all its threads use.
#pragma once

#include "domain/edition.hpp"
#include "domain/places.hpp"
#include "util/clock.hpp"
#include "web/election_cache.hpp"
#include "web/hash_pool.hpp"
#include "web/pseudonym.hpp"
#include "web/render.hpp"
#include "web/router.hpp"
#include "web/settings.hpp"

namespace web {

// Everything here is immutable or has its own lock.
struct Shared {
    const Settings& settings;
    const util::Clock& clock;
    HashPool& hash_pool;
    const domain::Edition& edition;
    const domain::Places& places;
    const Renderer& renderer;
    const Pseudonyms& pseudonyms;
    ElectionCache& elections;
    const Router& router;
};

}  // namespace web
