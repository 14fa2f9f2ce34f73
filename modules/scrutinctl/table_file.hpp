// SPDX-License-Identifier: AGPL-3.0-or-later
// One table as a file: a line with the columns' names, then a line a row; fields end with a tab, lines with a line feed, both escaped as the
// server's own LOAD DATA reads them by default (\t \n \r \0 \\, \N for NULL). Bytes are the table's own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "scrutinctl/store_archive.hpp"
#include "util/result.hpp"

namespace scrutinctl {

std::string table_header(const store::KeptTable& table);
std::string table_line(const db::Row& row, std::size_t columns);

// Writes the whole table, mode 0600; how many rows. Throws std::runtime_error where the disk refuses.
std::uint64_t write_table(db::Connection& db, const store::KeptTable& table, const std::filesystem::path& file);

// The table's rows are the file's, one by one; how many. invalid: the first that differs, with its number.
util::Result<std::uint64_t> compare_table(db::Connection& db, const store::KeptTable& table, const std::filesystem::path& file);

}  // namespace scrutinctl
