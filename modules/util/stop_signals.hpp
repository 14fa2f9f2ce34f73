// SPDX-License-Identifier: AGPL-3.0-or-later
// SIGTERM and SIGINT for a process before it serves, or that has no server's loop: blocked from its making on, in this thread and those
// it starts, and asked for between two pieces of work, so that they never break one.
#pragma once

#include <signal.h>

#include <chrono>

namespace util {

class StopSignals {
public:
    StopSignals();
    // Waits at most so long; true once a signal came, then for ever.
    bool wait(std::chrono::nanoseconds longest);

private:
    sigset_t set_{};
    bool stopped_ = false;
};

}  // namespace util
