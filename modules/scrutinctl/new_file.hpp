// SPDX-License-Identifier: AGPL-3.0-or-later
// A file that comes whole or not at all, and that never takes the place of another.
#pragma once

#include <filesystem>
#include <string_view>

namespace scrutinctl {

// Written beside, synced, then given its name. Mode 0600 when `secret`, 0644 otherwise. False, and nothing changed, if the name
// is taken. Throws std::system_error.
bool create_file(const std::filesystem::path& path, std::string_view content, bool secret);

}  // namespace scrutinctl
