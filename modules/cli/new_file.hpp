// SPDX-License-Identifier: AGPL-3.0-or-later
// A file that comes whole or not at all; where it takes the place of another, the other stays until the new one is on the disk.
#pragma once

#include <filesystem>
#include <string_view>

namespace cli {

// Written beside, synced, then given its name. Mode 0600 when `secret`, 0644 otherwise. False, and nothing changed, if the name
// is taken. Throws std::system_error.
bool create_file(const std::filesystem::path& path, std::string_view content, bool secret);

// The same, in the place of the file of that name; behind links, of the one they lead to. Throws std::system_error, and the old file
// is as it was.
void replace_file(const std::filesystem::path& path, std::string_view content, bool secret);

}  // namespace cli
