// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace util {

// Nothing when the file cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& path);

// Writes beside, syncs, renames: a reader sees the old file or the whole new one. Mode 0600 when `secret`.
// Throws std::system_error.
void write_file_atomic(const std::filesystem::path& path, std::string_view content, bool secret = false);

}  // namespace util
