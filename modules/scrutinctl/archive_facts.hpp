// SPDX-License-Identifier: AGPL-3.0-or-later
// archive.txt: what an archive says of itself, one fact a line, fields between tabs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "util/result.hpp"

namespace scrutinctl {

inline constexpr const char* k_archive_facts = "archive.txt";
inline constexpr const char* k_archive_tables = "tables";
inline constexpr const char* k_archive_scrutins = "scrutins";

struct ArchiveFacts {
    std::string title, base_url, log_public_key, kept_until;  // kept_until: UTC, as in SQL
    unsigned schema = 0;
    struct Counts {
        std::string state;
        std::uint64_t inscrits = 0, emargements = 0, ballots = 0;
        bool operator==(const Counts&) const = default;
    };
    std::map<std::string, Counts> scrutins;       // by code
    std::map<std::string, std::uint64_t> tables;  // rows by name
};

std::string write_archive_facts(const ArchiveFacts& facts);
// not_found: no such file; invalid: another form.
util::Result<ArchiveFacts> read_archive_facts(const std::filesystem::path& folder);

}  // namespace scrutinctl
