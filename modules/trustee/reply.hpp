// SPDX-License-Identifier: AGPL-3.0-or-later
// What a holder gives back of a count: its partial decryptions with both their proofs, in one public file. Texts in and out; knows no
// database.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.hpp"

namespace trustee {

struct HolderPartial {
    std::string uuid;
    std::string setup;         // hash of the Setup event
    std::string tally;         // sha_hex of the encrypted total
    std::string partial;       // the record of modules/crypto/SPECIFICATION.md section 7.2
    std::string second_proof;  // SPECIFICATION-2.md section 14
};
struct HolderPartials {
    std::string bureau, group;
    unsigned holder = 0;
    std::vector<HolderPartial> scrutins;
};
std::string write_partials(const HolderPartials& partials);
util::Result<HolderPartials> parse_partials(std::string_view text);
util::Result<HolderPartials> read_partials(const std::filesystem::path& path);
// DIR/<bureau>.<group>.porteur-<n>.dechiffrements.json
std::filesystem::path partials_path(const std::filesystem::path& folder, std::string_view bureau, std::string_view group,
                                    unsigned holder);

}  // namespace trustee
