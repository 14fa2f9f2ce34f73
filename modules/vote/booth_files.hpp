// SPDX-License-Identifier: AGPL-3.0-or-later
// The digests of the booth's scripts, for the ballot page: a browser runs none that is another one. Read once, at the start, from the
// files that nginx serves. Knows no election.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace vote {

struct BoothFile {
    std::string path;       // below /static/booth/: "vendor/noble-hashes/sha2.js"
    std::string integrity;  // "sha256-" and base64, as browsers want it; empty: not known
};

struct BoothFiles {
    std::vector<BoothFile> page, worker;  // as parts.txt names them (booth/install.mjs): each part's entry first
};

// Without a folder, or if one of the files cannot be read: booth.js alone and no digest, and the log says so.
BoothFiles read_booth_files(const std::filesystem::path& static_files);

}  // namespace vote
