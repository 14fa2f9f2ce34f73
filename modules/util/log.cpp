// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>

#include "util/clock.hpp"
#include "util/json.hpp"

namespace util {

namespace {

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
        case Level::debug: return spdlog::level::debug;
        case Level::info: return spdlog::level::info;
        case Level::warning: return spdlog::level::warn;
        case Level::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug: return "debug";
        case Level::info: return "info";
        case Level::warning: return "warning";
        case Level::error: return "error";
    }
    return "error";
}

spdlog::logger& logger() {
    static const std::shared_ptr<spdlog::logger> instance = [] {
        auto made = spdlog::stderr_logger_mt("portail");
        made->set_pattern("%v");
        return made;
    }();
    return *instance;
}

}  // namespace

void log(Level level, std::string_view event, std::initializer_list<LogField> fields) {
    if (!logger().should_log(level_of(level))) return;
    std::string line = "{\"at\":\"";
    line += to_iso(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    line += "\",\"level\":\"";
    line += name_of(level);
    line += "\",\"event\":";
    line += json_quote(event);
    for (const auto& [name, value] : fields) {
        line += ',';
        line += json_quote(name);
        line += ':';
        line += json_quote(value);
    }
    line += '}';
    logger().log(level_of(level), "{}", line);
}

void set_log_level(Level level) { logger().set_level(level_of(level)); }

}  // namespace util
