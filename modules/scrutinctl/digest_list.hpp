// SPDX-License-Identifier: AGPL-3.0-or-later
// SHA256SUMS, the list of the digests of a folder's files, in the form that sha256sum writes and reads.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace scrutinctl {

inline constexpr const char* k_digest_list = "SHA256SUMS";

// A line « digest  name » for each file below the folder, by name; the folder's own list is left out. Throws if a file cannot be read.
std::string list_digests(const std::filesystem::path& folder);

// What differs from the folder's own list: a sentence for each file that was changed, is missing or is too many; one if there is no list.
std::vector<std::string> compare_digests(const std::filesystem::path& folder);

}  // namespace scrutinctl
