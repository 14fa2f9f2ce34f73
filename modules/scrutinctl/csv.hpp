// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads one CSV file of an import folder, row by row, as spreadsheets write it: `;`, `,` or a tab, any line ends, fields quoted where needed, a
// header line with the columns in any order. Every fault is noted with file, line, column and cause, and reading goes on. Knows no election.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scrutinctl/csv_source.hpp"
#include "scrutinctl/import_faults.hpp"
#include "util/csv_field.hpp"

namespace scrutinctl {

struct CsvColumn {
    std::string_view name;
    std::size_t longest;        // code points
    bool required;              // a row may not leave it empty
    bool folds_breaks = false;  // a line break inside the field is read as a space (an address on several lines), else refused
    bool may_lack = false;      // a file without this column is read as one where it is empty
};

class CsvReader {
public:
    // Notes a missing file or column at once; read() then gives nothing. `encoding`: as CsvSource takes it.
    CsvReader(const std::filesystem::path& path, std::vector<CsvColumn> columns, ImportFaults& faults,
              std::string_view encoding = {});

    // The next row whose fields all hold, in the order of the columns given. False at the end.
    bool read();
    const std::string& field(std::size_t column) const { return fields_[column]; }
    void set_field(std::size_t column, std::string_view text) { fields_[column] = text; }
    std::uint64_t line() const { return row_line_; }  // where the row begins
    const std::string& file() const { return name_; }
    void fault(std::size_t column, std::string_view cause);

private:
    enum class Record { whole, broken, none };  // a broken one is noted
    Record read_record(std::vector<std::string>& cells);
    bool end_of_cell(int next);
    Record broken_quote(std::size_t cell);
    void read_header();
    void choose_separator();
    bool is_row(std::vector<std::string>& cells);
    bool check_row(const std::vector<std::string>& cells);
    const char* fault_of(std::size_t column, std::string& text) const;

    std::string name_;
    std::vector<CsvColumn> columns_;
    ImportFaults& faults_;
    CsvSource in_;
    char separator_ = ';';
    std::vector<std::string> titles_, title_keys_;  // as the file has them, and as they are compared
    std::vector<std::size_t> place_;                // of each column among the cells
    std::vector<std::string> fields_;
    std::uint64_t line_ = 0, row_line_ = 0;
    bool usable_ = false;
};

using util::csv_field;

// The other way: the cells of one line that csv_field and `;` made, as they were before it. Empty for a line with a stray quote.
std::vector<std::string> csv_cells(std::string_view line);

}  // namespace scrutinctl
