// SPDX-License-Identifier: AGPL-3.0-or-later
// One command at a time on a key: two that ran side by side could each decrypt a total of their own.
#pragma once

#include <filesystem>
#include <utility>

#include "util/result.hpp"

namespace trustee {

class KeyLock {
public:
    // forbidden: another command has it. invalid: no such file.
    static util::Result<KeyLock> take(const std::filesystem::path& key_path);
    KeyLock(KeyLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    KeyLock& operator=(KeyLock&&) = delete;
    ~KeyLock();

private:
    explicit KeyLock(int file) : file_(file) {}
    int file_;
};

}  // namespace trustee
