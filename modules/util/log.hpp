// SPDX-License-Identifier: AGPL-3.0-or-later
// One structured line per event on standard error (the journal's input): level, event name, key=value pairs as JSON.
// Never pass a secret, and never an elector's id beside a ballot tracker.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace util {

enum class Level { debug, info, warning, error };

using LogField = std::pair<std::string_view, std::string>;

// log(Level::info, "request", {{"route", "GET /"}, {"status", "200"}}) writes
// {"at":"…Z","level":"info","event":"request","route":"GET /","status":"200"}. Thread safe; values are escaped.
void log(Level level, std::string_view event, std::initializer_list<LogField> fields = {});

// Events below this level are dropped. Default: info.
void set_log_level(Level level);

}  // namespace util
