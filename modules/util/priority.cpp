// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/priority.hpp"

#include <sched.h>
#include <unistd.h>

#include <fstream>
#include <thread>

namespace util {

namespace {

thread_local bool is_below = false;
thread_local unsigned ceilings = 0;

// On Linux 0 is this thread alone. Into the idle class anybody may go; out of it, whose RLIMIT_NICE allows nice 0 (sched(7)), or root.
void turn_to(int policy) {
    const sched_param none{};
    static_cast<void>(::sched_setscheduler(0, policy, &none));
}

}  // namespace

void stand_below_all() {
    is_below = true;
    turn_to(SCHED_IDLE);
}

Ceiling::Ceiling() {
    if (is_below && ceilings++ == 0) turn_to(SCHED_OTHER);
}

Ceiling::~Ceiling() {
    if (is_below && --ceilings == 0) turn_to(SCHED_IDLE);
}

void CeilingMutex::lock() {
    if (is_below && ceilings++ == 0) turn_to(SCHED_OTHER);
    mutex_.lock();
}

void CeilingMutex::unlock() {
    mutex_.unlock();
    if (is_below && --ceilings == 0) turn_to(SCHED_IDLE);
}

std::string why_priority_is_lost() {
    bool comes_back = false;
    std::thread([&comes_back] {
        turn_to(SCHED_IDLE);
        turn_to(SCHED_OTHER);
        comes_back = ::sched_getscheduler(0) == SCHED_OTHER;
    }).join();
    if (!comes_back) return "RLIMIT_NICE is under 20: who is in waits for locks that threads of who wants in hold";
    std::ifstream setting("/proc/sys/kernel/sched_autogroup_enabled");
    const bool grouped = setting.get() == '1' && ::getsid(0) == ::getpid();
    return grouped ? "kernel.sched_autogroup_enabled is 1: passwords of who wants in are checked before pages of who is in" : "";
}

}  // namespace util
