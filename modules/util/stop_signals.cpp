// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/stop_signals.hpp"

#include <ctime>

namespace util {

StopSignals::StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
}

bool StopSignals::wait(std::chrono::nanoseconds longest) {
    if (stopped_) return true;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(longest);
    const timespec timeout{static_cast<time_t>(seconds.count()), static_cast<long>((longest - seconds).count())};
    stopped_ = sigtimedwait(&set_, nullptr, &timeout) > 0;
    return stopped_;
}

}  // namespace util
