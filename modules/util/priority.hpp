// SPDX-License-Identifier: AGPL-3.0-or-later
// Whose work goes first on a busy processor: pages and ballots of who is in, then passwords of who waits and pages of who wants in. Knows
// nothing of what the work is.
#pragma once

#include <mutex>
#include <string>

namespace util {

// This thread's work is what the others leave of the processor (the kernel's idle class): from its start to its end.
void stand_below_all();

// While it lives, a thread that stands below all stands beside the others (a priority ceiling): what it holds then, they wait for.
class Ceiling {
public:
    Ceiling();
    ~Ceiling();
    Ceiling(const Ceiling&) = delete;
    Ceiling& operator=(const Ceiling&) = delete;
};

// For threads of both kinds. Held for moments: the processor is the only thing that its owner may wait for.
class CeilingMutex {
public:
    void lock();
    void unlock();

private:
    std::mutex mutex_;
};

// Why it would not be so: no thread may leave the idle class again (RLIMIT_NICE, systemd's LimitNICE), or the kernel gives each session the same
// share of a core. Empty if it is.
std::string why_priority_is_lost();

}  // namespace util
