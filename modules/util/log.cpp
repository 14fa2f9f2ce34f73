// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/log.hpp"

#include <spdlog/sinks/sink.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <string>

#include "util/clock.hpp"
#include "util/json.hpp"
#include "util/priority.hpp"

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

// Each line is one write, which the kernel keeps whole. The library's own sinks hold a lock while they write, and a thread of little priority that
// lost its core there kept those that serve members waiting.
class Lines final : public spdlog::sinks::sink {
public:
    void log(const spdlog::details::log_msg& message) override {
        const Ceiling ceiling;  // the kernel may have a lock on where it goes
        std::string line(message.payload.data(), message.payload.size());
        line += '\n';
        for (std::string_view rest = line; !rest.empty();) {
            const auto written = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return;  // there is nowhere to say it
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void flush() override {}
    void set_pattern(const std::string&) override {}
    void set_formatter(std::unique_ptr<spdlog::formatter>) override {}
};

spdlog::logger& logger() {
    static spdlog::logger instance("portail", std::make_shared<Lines>());
    return instance;
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
