// SPDX-License-Identifier: AGPL-3.0-or-later
// What a handler may use: its thread's connection, the clock, the settings, the election's calendar, the session.
#pragma once

#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "domain/calendar.hpp"
#include "domain/edition.hpp"
#include "util/clock.hpp"
#include "web/election.hpp"
#include "web/hash_pool.hpp"
#include "web/session.hpp"
#include "web/settings.hpp"

namespace web {

class Pseudonyms;
class Renderer;

class Env {
public:
    db::Connection& db;
    const Settings& settings;
    const util::Clock& clock;
    HashPool& hash_pool;
    const domain::Edition& edition;
    const Renderer& renderer;
    const Pseudonyms& pseudonyms;
    const Election& election;
    const domain::Calendar& calendar;  // election.calendar
    util::Instant now;                 // one instant for the whole request: the database's, where there is a session
    Session session;
    std::string form_key;    // of a POST: the form's idempotency key, hex; empty on GET
    std::string request_id;  // on error pages and in logs
    std::string form;        // of a POST with a form key: name_of_form
};

}  // namespace web
