// SPDX-License-Identifier: AGPL-3.0-or-later
// What a handler may use: its thread's connection, the clock, the settings, the election's calendar, the session.
#pragma once

#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "domain/calendar.hpp"
#include "domain/edition.hpp"
#include "util/clock.hpp"
#include "web/hash_pool.hpp"
#include "web/session.hpp"
#include "web/settings.hpp"

namespace web {

class Renderer;

// The one election the portal serves, as its row and calendar say; read again every few seconds.
struct Election {
    std::string title, edition, administration;
    bool demonstration = false;
    std::uint32_t data_version = 0;
    domain::Calendar calendar;
};

class Env {
public:
    db::Connection& db;
    const Settings& settings;
    const util::Clock& clock;
    HashPool& hash_pool;
    const domain::Edition& edition;
    const Renderer& renderer;
    const Election& election;
    const domain::Calendar& calendar;  // election.calendar
    util::Instant now;                 // one instant for the whole request
    Session session;
    std::string form_key;              // of a POST: the form's idempotency key, hex; empty on GET
    std::string request_id;            // on error pages and in logs
};

}  // namespace web
