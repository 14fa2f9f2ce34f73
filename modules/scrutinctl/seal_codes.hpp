// SPDX-License-Identifier: AGPL-3.0-or-later
// The first half of sealing: a private credential and a code de vote for every elector, in batches, on all cores. It may be
// stopped at any point and run again: a batch's secrets are on the disk before the database knows of them.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "scrutinctl/office.hpp"
#include "scrutinctl/store_scrutin.hpp"

namespace scrutinctl {

// In the notices folder: notices.csv (the print file) and empreintes.csv once all is made, and while it is being made two files ending in
// `.new`. credentials.new holds "voter scrutin binding public-key" lines: it goes with the end of the sealing.
struct NoticesFolder {
    std::filesystem::path folder;
    std::filesystem::path notices() const { return folder / "notices.csv"; }
    std::filesystem::path notices_new() const { return folder / "notices.csv.new"; }
    std::filesystem::path credentials_new() const { return folder / "credentials.new"; }
};

util::Status make_codes(Office& office, const std::vector<store::Scrutin>& scrutins, const NoticesFolder& folder, unsigned threads);

// Wipes the two files of a sealing that is not finished.
void remove_unfinished(const NoticesFolder& folder);

// What credentials.new holds, by scrutin: lines "binding public-key", in no order.
std::map<unsigned, std::string> read_credentials(const NoticesFolder& folder);

}  // namespace scrutinctl
