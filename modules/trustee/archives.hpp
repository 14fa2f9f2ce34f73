// SPDX-License-Identifier: AGPL-3.0-or-later
// The archives that a holder was given: those sealed under its bureau's key, each checked whole. Knows no key.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crypto/archive/verify.hpp"
#include "crypto/protocol.hpp"
#include "util/result.hpp"

namespace trustee {

// Refused unless the archive has exactly the ballots that the public log ended with, as the two files beside it say. invalid: a sentence.
util::Status check_log_end(const std::filesystem::path& archive, const crypto::VerifyReport& report);

// A sound archive, and what it seals.
struct CheckedArchive {
    std::filesystem::path path;
    crypto::VerifyReport report;
    std::shared_ptr<const crypto::Election> election;
};

// All .bel files named by `places` (files or folders, looked through) whose trustees record has this hash, in the order of their names.
// invalid: a place that is not there, an archive that does not verify, two of one scrutin, none at all. Shows progress.
util::Result<std::vector<CheckedArchive>> read_archives(const std::vector<std::string>& places, const std::string& record_hash);

}  // namespace trustee
