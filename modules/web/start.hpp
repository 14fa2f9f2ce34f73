// SPDX-License-Identifier: AGPL-3.0-or-later
// What a process does before it serves, so that systemd never has to give it up: it sits out a pause after crashes that follow one
// another, and waits for its database. Both end at once when it is told to stop.
#pragma once

#include <chrono>
#include <exception>
#include <filesystem>
#include <functional>
#include <string>

#include "util/stop_signals.hpp"

namespace web {

// Crashes that follow one another, counted in a file of systemd's runtime folder. A life of ten seconds or an end in order begins anew.
class CrashCount {
public:
    // The folder of $RUNTIME_DIRECTORY; without one nothing is counted.
    CrashCount();
    explicit CrashCount(const std::filesystem::path& folder);

    // How long this start has to wait: 0 s at first and after one crash, then 1, 2, 4… 20 s.
    std::chrono::seconds pause() const;
    void begin();   // it serves from now on
    void forget();  // it ends in order

private:
    std::filesystem::path file_;  // "N T": crashes in a row before that life, when it began (seconds since boot)
    unsigned crashes_ = 0;
};

// False: told to stop meanwhile.
bool sit_out(std::chrono::seconds pause, util::StopSignals& stop);

// Asks until the answer is empty; it is else why the database cannot serve yet, as a db::Error says it too. Systemd sees what is waited
// for, the log once a minute. False: told to stop meanwhile.
bool wait_for_database(const std::function<std::string()>& ask, util::StopSignals& stop);

// What a process ends with when it cannot serve: 78 if the same again would fail again (settings, files, rights), which systemd does not
// repeat; 1 for what may pass (memory, threads, a lost database).
int exit_code_of(const std::exception& error);

}  // namespace web
