// SPDX-License-Identifier: AGPL-3.0-or-later
// Progress of long work on standard error: a line rewritten on a terminal, a line every few seconds in a log.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace cli {

class Progress {
public:
    Progress(std::string label, std::uint64_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // One thread at a time.
    void advance(std::uint64_t steps = 1);

private:
    void show(bool last);

    std::string label_;
    std::uint64_t total_, done_ = 0, shown_at_ = 0;
    bool terminal_, shown_ = false;
    std::chrono::steady_clock::time_point start_, next_;
};

}  // namespace cli
