// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/priority.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>

namespace web {

namespace {

// As sched_setattr(2) has it; the kernel's own header defines what <sched.h> does too.
struct SchedulingOfThread {
    std::uint32_t size = sizeof(SchedulingOfThread), policy = SCHED_OTHER;
    std::uint64_t flags = 0;
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime = 0, deadline = 0, period = 0;  // ns
};

// On Linux all of these are of this thread alone.
void be_nice(int nice) { static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice)); }

}  // namespace

void stand_below_members() {
    constexpr int k_nice = 10;
    // Kernels since 6.12 let a thread keep its core for a slice, whoever wakes up: a short one. Older ones ignore it.
    SchedulingOfThread wanted;
    wanted.nice = k_nice;
    wanted.runtime = 100'000;  // the least
    if (::syscall(SYS_sched_setattr, 0, &wanted, 0) != 0) be_nice(k_nice);
}

void stand_below_all() {
    constexpr int k_least = 19;
    const sched_param none{};
    if (::sched_setscheduler(::gettid(), SCHED_IDLE, &none) != 0) be_nice(k_least);
}

std::string why_priority_is_lost() {
    std::ifstream setting("/proc/sys/kernel/sched_autogroup_enabled");
    const bool grouped = setting.get() == '1' && ::getsid(0) == ::getpid();
    return grouped ? "kernel.sched_autogroup_enabled is 1: passwords of who wants in are checked before pages of who is in" : "";
}

}  // namespace web
