// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads one CSV file of an import folder, row by row: UTF-8, `;` or `,`, fields quoted where needed, a header line with the
// columns in any order. Every fault is noted with file, line, column and cause, and reading goes on. Knows no election.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "util/csv_field.hpp"

namespace scrutinctl {

// All faults of an import, bounded in memory; `count` goes on.
class ImportFaults {
public:
    void add(std::string_view file, std::uint64_t line, std::string_view column, std::string_view cause);
    std::uint64_t count() const { return count_; }
    const std::vector<std::string>& lines() const { return lines_; }  // « electeurs.csv, ligne 12, colonne courriel : … »

private:
    std::vector<std::string> lines_;
    std::uint64_t count_ = 0;
};

struct CsvColumn {
    std::string_view name;
    std::size_t longest;  // code points
    bool required;        // a row may not leave it empty
};

class CsvReader {
public:
    // Notes a missing file or column at once; read() then gives nothing.
    CsvReader(const std::filesystem::path& path, std::vector<CsvColumn> columns, ImportFaults& faults);

    // The next row whose fields all hold, in the order of the columns given. False at the end.
    bool read();
    const std::string& field(std::size_t column) const { return fields_[column]; }
    std::uint64_t line() const { return row_line_; }  // where the row begins
    const std::string& file() const { return name_; }
    void fault(std::size_t column, std::string_view cause);

private:
    // One record of raw cells; false at the end of the file.
    bool read_record(std::vector<std::string>& cells);
    void read_header();
    bool check_row(const std::vector<std::string>& cells);

    std::string name_;
    std::vector<CsvColumn> columns_;
    ImportFaults& faults_;
    std::ifstream in_;
    char separator_ = ';';
    std::vector<std::size_t> place_;  // of each column among the cells
    std::size_t width_ = 0;
    std::vector<std::string> fields_;
    std::uint64_t line_ = 0, row_line_ = 0;
    bool usable_ = false;
};

using util::csv_field;

// The other way: the cells of one line that csv_field and `;` made, as they were before it. Empty for a line with a stray quote.
std::vector<std::string> csv_cells(std::string_view line);

}  // namespace scrutinctl
