// SPDX-License-Identifier: AGPL-3.0-or-later
// A private credential and a code de vote for every elector who has none, weeks before the sealing or with it: in batches, each with a file of
// notices, on all cores. It may be stopped at any point and run again: secrets are on the disk before the database knows of them.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "scrutinctl/office.hpp"
#include "scrutinctl/store_scrutin.hpp"

namespace scrutinctl {

// In the notices folder: notices.csv, notices-2.csv… (the print file of each batch) and empreintes.csv; while a batch is being made, a file
// ending in `.new`, and `lot.new`, which says of which election and batch that is.
struct NoticesFolder {
    std::filesystem::path folder;
    std::filesystem::path notices(unsigned batch) const {
        return folder / (batch == 1 ? "notices.csv" : "notices-" + std::to_string(batch) + ".csv");
    }
    std::filesystem::path notices_new(unsigned batch) const { return notices(batch).string() + ".new"; }
    std::filesystem::path mark() const { return folder / "lot.new"; }
};

// Takes up the batch that was cut off, or begins one if codes are missing; sees that each of its codes is in its file. Gives its number, to be
// finished by finish_codes; nothing: no code is missing.
util::Result<std::optional<unsigned>> make_codes(Office& office, const std::vector<store::Scrutin>& scrutins,
                                                 const NoticesFolder& folder, unsigned threads);
// The batch's file gets its name: from here on its notices may be printed.
void finish_codes(Office& office, const NoticesFolder& folder, unsigned batch);

// The folder of a batch that was cut off is lost, and its codes with it: nobody has received one, and nothing is sealed with them.
util::Status give_up_codes(Office& office, const std::vector<store::Scrutin>& scrutins, const NoticesFolder& folder);
// Wipes the file of a batch that is not finished.
void remove_unfinished(const NoticesFolder& folder, unsigned batch);

// What waits for the urne, by scrutin: lines "binding public-key", in the order of the electors. Refuses codes that do not fit the rolls, one by one.
util::Result<std::map<unsigned, std::string>> read_credentials(Office& office, const std::vector<store::Scrutin>& scrutins);

}  // namespace scrutinctl
