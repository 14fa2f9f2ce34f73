// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

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

// What journald reads before a line: syslog's number of its level, which `journalctl -p` filters by.
std::string_view priority_of(Level level) {
    switch (level) {
        case Level::debug: return "<7>";
        case Level::info: return "<6>";
        case Level::warning: return "<4>";
        case Level::error: return "<3>";
    }
    return "<3>";
}

// systemd names the journal's stream as "device:inode"; standard error may have been turned elsewhere since.
bool is_journal() {
    const char* const named = std::getenv("JOURNAL_STREAM");
    struct stat found {};
    return named != nullptr && ::fstat(2, &found) == 0 &&
           std::to_string(found.st_dev) + ":" + std::to_string(found.st_ino) == named;
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
    static const bool journal = is_journal();
    std::string line(journal ? priority_of(level) : "");
    line += "{\"at\":\"";
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
