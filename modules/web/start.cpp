// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/start.hpp"

#include <systemd/sd-daemon.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <new>
#include <system_error>

#include "db/connection.hpp"
#include "util/log.hpp"

namespace web {

namespace {

using namespace std::chrono;

constexpr seconds k_steady_life{10}, k_longest_pause{20};
constexpr milliseconds k_first_wait{250}, k_longest_wait{2000};

// The wall clock may be set; this one counts on, from one life to the next.
long long seconds_since_boot() { return duration_cast<seconds>(steady_clock::now().time_since_epoch()).count(); }

// systemd ends a start that takes long, unless it hears that it goes on.
void tell_waiting(const std::string& why) { sd_notifyf(0, "STATUS=%s\nEXTEND_TIMEOUT_USEC=60000000", why.c_str()); }

std::filesystem::path runtime_folder() {
    const char* const folder = std::getenv("RUNTIME_DIRECTORY");
    return folder != nullptr ? folder : "";
}

}  // namespace

CrashCount::CrashCount() : CrashCount(runtime_folder()) {}

CrashCount::CrashCount(const std::filesystem::path& folder) {
    if (folder.empty()) return;
    file_ = folder / "crashes";
    std::ifstream in(file_);
    unsigned before = 0;
    long long began = 0;
    if (in >> before >> began) crashes_ = seconds_since_boot() - began >= k_steady_life.count() ? 1 : before + 1;
}

seconds CrashCount::pause() const {
    return crashes_ < 2 ? seconds(0) : std::min(seconds(1u << std::min(crashes_ - 2, 10u)), k_longest_pause);
}

void CrashCount::begin() {
    if (!file_.empty()) std::ofstream(file_) << crashes_ << ' ' << seconds_since_boot() << '\n';
}

void CrashCount::forget() {
    std::error_code ignored;
    if (!file_.empty()) std::filesystem::remove(file_, ignored);
}

bool sit_out(seconds pause, util::StopSignals& stop) {
    if (pause.count() == 0) return true;
    util::log(util::Level::warning, "pause-after-crashes", {{"seconds", std::to_string(pause.count())}});
    tell_waiting("crashed several times in a row: waits " + std::to_string(pause.count()) + " s");
    return !stop.wait(pause);
}

bool wait_for_database(const std::function<std::string()>& ask, util::StopSignals& stop) {
    milliseconds rest = k_first_wait;
    auto told_at = steady_clock::time_point::min();
    for (;;) {
        std::string why;
        try {
            why = ask();
        } catch (const db::Error& error) {
            why = error.what();
        }
        if (why.empty()) break;
        tell_waiting("waits for the database: " + why);
        if (told_at == steady_clock::time_point::min() || steady_clock::now() - told_at >= minutes(1)) {
            util::log(util::Level::warning, "database-awaited", {{"why", why}});
            told_at = steady_clock::now();
        }
        if (stop.wait(rest)) return false;
        rest = std::min(rest * 2, k_longest_wait);
    }
    if (told_at != steady_clock::time_point::min()) util::log(util::Level::info, "database-found");
    sd_notify(0, "STATUS=");
    return true;
}

int exit_code_of(const std::exception& error) {
    constexpr int k_may_pass = 1, k_config = 78;
    const bool is_file = dynamic_cast<const std::filesystem::filesystem_error*>(&error) != nullptr;
    const bool may_pass = dynamic_cast<const db::Error*>(&error) != nullptr ||
                          dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
                          (dynamic_cast<const std::system_error*>(&error) != nullptr && !is_file);
    return may_pass ? k_may_pass : k_config;
}

}  // namespace web
