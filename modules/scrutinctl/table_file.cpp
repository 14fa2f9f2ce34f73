// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/table_file.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "cli/sentence.hpp"

namespace scrutinctl {

namespace {

namespace fs = std::filesystem;

std::size_t columns_in(const store::KeptTable& table) {
    const std::string_view columns = table.columns();
    return static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ',')) + 1;
}

void add_field(std::string& line, const std::string& bytes) {
    for (const char c : bytes) {
        switch (c) {
            case '\\': line += "\\\\"; break;
            case '\t': line += "\\t"; break;
            case '\n': line += "\\n"; break;
            case '\r': line += "\\r"; break;
            case '\0': line += "\\0"; break;
            default: line += c;
        }
    }
}

}  // namespace

std::string table_header(const store::KeptTable& table) {
    std::string header;
    for (const char c : table.columns()) {
        if (c == ',') header += '\t';
        else if (c != ' ') header += c;
    }
    return header;
}

std::string table_line(const db::Row& row, std::size_t columns) {
    std::string line;
    for (std::size_t column = 0; column < columns; ++column) {
        if (column > 0) line += '\t';
        if (row.is_null(column)) line += "\\N";
        else add_field(line, row.text(column));
    }
    return line;
}

std::uint64_t write_table(db::Connection& db, const store::KeptTable& table, const fs::path& file) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    out << table_header(table) << '\n';
    std::uint64_t rows = 0;
    const std::size_t columns = columns_in(table);
    db.select_each(table.sql, {}, [&](const db::Row& row) {
        out << table_line(row, columns) << '\n';
        if (!out) throw std::runtime_error(file.string() + " ne s’écrit pas : le disque est-il plein ?");
        ++rows;
    });
    out.close();
    if (!out) throw std::runtime_error(file.string() + " ne s’écrit pas : le disque est-il plein ?");
    return rows;
}

util::Result<std::uint64_t> compare_table(db::Connection& db, const store::KeptTable& table, const fs::path& file) {
    const std::string name(table.name);
    std::ifstream in(file, std::ios::binary);
    std::string line;
    if (!std::getline(in, line) || line != table_header(table))
        return cli::bad_input("table " + name + " : " + file.string() + " n’a pas ses colonnes");
    std::uint64_t rows = 0, differs = 0;
    const std::size_t columns = columns_in(table);
    db.select_each(table.sql, {}, [&](const db::Row& row) {
        ++rows;
        if (differs == 0 && (!std::getline(in, line) || line != table_line(row, columns))) differs = rows;
    });
    if (differs == 0 && std::getline(in, line)) differs = rows + 1;
    if (differs != 0)
        return cli::bad_input("table " + name + " : la ligne " + std::to_string(differs) + " n’est pas celle de l’archive");
    return rows;
}

}  // namespace scrutinctl
