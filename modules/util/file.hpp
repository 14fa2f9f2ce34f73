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

// Something bears this name, be it a link that leads nowhere.
bool is_taken(const std::filesystem::path& path);

// A file that comes whole or not at all, and survives a power cut once the call is back: written beside, synced, then given its name,
// and the folder synced. Mode 0600 when `secret`, 0644 otherwise. Both throw std::system_error, and what was there is as it was.
// False, and nothing changed, if the name is taken.
bool create_file(const std::filesystem::path& path, std::string_view content, bool secret);
// In the place of the file of that name if there is one; behind links, of the one they lead to.
void replace_file(const std::filesystem::path& path, std::string_view content, bool secret = false);

// Brings a file that is written to the disk. Throws std::system_error.
void sync_file(const std::filesystem::path& path);

// Overwrites the file behind whatever links, brings that to the disk, then takes the name and the link away. Throws std::system_error where
// the disk refuses. What a disk keeps of its own accord (spare cells, snapshots) is out of reach.
void wipe_file(const std::filesystem::path& path);

}  // namespace util
