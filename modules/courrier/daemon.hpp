// SPDX-License-Identifier: AGPL-3.0-or-later
// The life of courrier: rounds, waits, figures, the end at SIGTERM.
#pragma once

#include "web/settings.hpp"

namespace courrier {

// Blocks SIGTERM and SIGINT, works until one comes, finishes the message in hand. Throws std::runtime_error for settings
// that cannot serve; a lost database is waited for.
void run_daemon(const web::Settings& settings);

}  // namespace courrier
