// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "util/text.hpp"

namespace cli {

namespace {
// Columns of the terminal; 0 when it does not say.
std::size_t terminal_width() {
    winsize size = {};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
}  // namespace

Progress::Progress(std::string label, std::uint64_t total)
    : label_(std::move(label)),
      total_(total),
      terminal_(isatty(STDERR_FILENO) != 0),
      start_(std::chrono::steady_clock::now()),
      next_(start_ + std::chrono::seconds(terminal_ ? 0 : 5)) {}

Progress::~Progress() {
    if (shown_ && (terminal_ || shown_at_ != done_)) show(true);
}

void Progress::advance(std::uint64_t steps) {
    done_ += steps;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + (terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(5000));
    show(false);
}

void Progress::show(bool last) {
    shown_ = true;
    shown_at_ = done_;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start_).count();
    const auto number = [](std::uint64_t value) { return util::french_number(static_cast<long long>(value)); };
    std::string line = label_ + " : " + number(done_);
    if (total_ > 0) line += " / " + number(total_) + " (" + std::to_string(done_ * 100 / total_) + " %)";
    line += ", " + std::to_string(seconds) + " s";
    // A line that wraps could not be written over.
    const std::size_t width = terminal_ ? terminal_width() : 0;
    if (total_ > 0 && width != 0 && util::count_code_points(line) >= width)
        line = std::to_string(done_ * 100 / total_) + " %, " + std::to_string(seconds) + " s";
    std::fprintf(stderr, terminal_ ? "\r%s\033[K" : "%s\n", line.c_str());
    if (terminal_ && last) std::fputc('\n', stderr);
    std::fflush(stderr);
}

}  // namespace cli
