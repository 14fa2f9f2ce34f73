// SPDX-License-Identifier: AGPL-3.0-or-later
// The skeleton every worker runs in: options, settings, socket (systemd's or --listen), threads, route
// table, guards, CSRF, session, templates, headers, one log line per request, clean stop on SIGTERM.
//   portail-<name> --config FILE [--secrets DIR] [--listen SOCKET] [--check]
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "web/env.hpp"
#include "web/route.hpp"
#include "web/settings.hpp"

namespace web {

struct Worker {
    std::string name;  // "scrutins"
    // Called once, before threads exist: loads keys and other shared, immutable things, gives the table.
    std::function<std::vector<Route>(const Settings&)> routes;
    // Its requests may wait for a password's hash, and then want threads beside those that work: as many as the settings say.
    bool checks_passwords = false;
};

// Exit codes: 0 stopped; 64 bad options; 78 bad settings, templates or rights (sysexits: systemd does not try again); 1 else.
int worker_main(int argc, char** argv, const Worker& worker);

}  // namespace web
