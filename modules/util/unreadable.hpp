// SPDX-License-Identifier: AGPL-3.0-or-later
// Words for a file that cannot be read: which part of its path, and which right is lacking.
#pragma once

#include <filesystem>
#include <string>

namespace util {

// For an error's sentence: "/etc/x does not exist", or "/etc/x: portail-vote may not read it (mode 0600, owner root)". Empty: this
// process can read it.
std::string why_unreadable(const std::filesystem::path& path);

}  // namespace util
