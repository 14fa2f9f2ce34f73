// SPDX-License-Identifier: AGPL-3.0-or-later
// The portal before and after its election is imported: which wording, rules and pages serve now. It follows the database, so that an
// import opens the portal without a restart.
#pragma once

#include <memory>

#include "util/priority.hpp"
#include "web/shared.hpp"

namespace web {

// Everything that depends on the edition of the election.
struct Site {
    Site(const Settings& settings, const util::Clock& clock, HashPool& hash_pool, ElectionCache& elections, const Router& router,
         std::string_view year)
        : edition(domain::Edition::load(settings.templates, year)),
          places(domain::Places::load(settings.templates)),
          renderer(settings.templates, year, settings.strict_templates),
          pseudonyms(settings),
          shared{settings, clock, hash_pool, edition, places, renderer, pseudonyms, elections, router} {}
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    const domain::Edition edition;
    const domain::Places places;
    const Renderer renderer;
    const Pseudonyms pseudonyms;
    const Shared shared;  // of the four above
};

class Opening {
public:
    Opening(const Settings& settings, const util::Clock& clock, HashPool& hash_pool, ElectionCache& elections, const Router& router)
        : settings_(settings), clock_(clock), hash_pool_(hash_pool), elections_(elections), router_(router) {}

    // The site of the election there is now. Without one, or without a database, what was shown last: at first the newest edition,
    // whose dispatcher finds no election and says so. Throws std::runtime_error for an edition that templates/ does not have.
    std::shared_ptr<const Site> site(db::Connection& db);

private:
    std::string year_now(db::Connection& db) const;

    const Settings& settings_;
    const util::Clock& clock_;
    HashPool& hash_pool_;
    ElectionCache& elections_;
    const Router& router_;
    util::CeilingMutex mutex_;
    std::shared_ptr<const Site> site_;
};

}  // namespace web
