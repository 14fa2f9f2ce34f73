// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that somebody else made or named (a USB key, a mail): read whole when they are what they should be, and never waited for. Also
// the French for what a disk refuses.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

namespace cli {

// A file of `most` bytes at most. Nothing for one that is larger, unreadable, or no plain file behind its links: a pipe or a device
// could keep us waiting for ever.
std::optional<std::string> read_small_file(const std::filesystem::path& path, std::uintmax_t most);

// « /media/cle/x.json : le disque est plein… »
std::string disk_trouble(const std::system_error& error);

}  // namespace cli
