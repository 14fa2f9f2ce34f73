// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/csv.hpp"

#include <algorithm>

#include "domain/nfc.hpp"
#include "util/text.hpp"

namespace scrutinctl {

namespace {

constexpr std::size_t k_kept_faults = 1000;
constexpr std::size_t k_longest_line = 100'000;  // a lost quote must not swallow the file

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

}  // namespace

void ImportFaults::add(std::string_view file, std::uint64_t line, std::string_view column, std::string_view cause) {
    ++count_;
    if (lines_.size() >= k_kept_faults) return;
    std::string text = util::printable(file);  // names and words of files that others wrote
    if (line > 0) text += ", ligne " + std::to_string(line);
    if (!column.empty()) text.append(", colonne ").append(util::printable(column));
    lines_.push_back(text.append(" : ").append(util::printable(cause, 1000)));
}

CsvReader::CsvReader(const std::filesystem::path& path, std::vector<CsvColumn> columns, ImportFaults& faults)
    : name_(path.filename().string()), columns_(std::move(columns)), faults_(faults), in_(path, std::ios::binary) {
    fields_.resize(columns_.size());
    if (!in_) {
        faults_.add(name_, 0, "", "fichier absent ou illisible");
        return;
    }
    read_header();
}

void CsvReader::read_header() {
    std::string first;
    std::getline(in_, first);
    if (first.find(';') == std::string::npos && first.find(',') != std::string::npos) separator_ = ',';
    in_.clear();
    in_.seekg(first.starts_with("\xef\xbb\xbf") ? 3 : 0);  // a byte order mark is forgiven

    std::vector<std::string> names;
    if (!read_record(names)) {
        faults_.add(name_, 1, "", "fichier vide : une ligne de titres est attendue");
        return;
    }
    width_ = names.size();
    for (std::string& name : names) name = std::string(util::trim(name));
    usable_ = true;
    for (const CsvColumn& column : columns_) {
        const auto found = std::find(names.begin(), names.end(), column.name);
        if (found == names.end()) {
            faults_.add(name_, 1, column.name, "colonne absente");
            usable_ = false;
        }
        place_.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool known = std::any_of(columns_.begin(), columns_.end(), [&](const CsvColumn& c) { return c.name == names[i]; });
        const bool again = std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
                           names.begin() + static_cast<std::ptrdiff_t>(i);
        if (!known || again) {
            faults_.add(name_, 1, names[i], known ? "colonne répétée" : "colonne inconnue");
            usable_ = false;
        }
    }
}

bool CsvReader::read_record(std::vector<std::string>& cells) {
    cells.clear();
    row_line_ = line_ + 1;
    std::string cell;
    bool quoted = false, was_quoted = false, any = false;
    std::size_t size = 0;
    for (int next = in_.get(); next != std::char_traits<char>::eof(); next = in_.get()) {
        const char c = static_cast<char>(next);
        any = true;
        if (c == '\n') ++line_;
        if (++size > k_longest_line) {
            faults_.add(name_, row_line_, "", "ligne démesurée : un guillemet n’est sans doute pas fermé");
            usable_ = false;
            return false;
        }
        if (quoted) {
            if (c != '"') cell += c;
            else if (in_.peek() == '"') cell += static_cast<char>(in_.get());
            else quoted = false;
        } else if (c == '"' && cell.empty() && !was_quoted) {
            quoted = was_quoted = true;
        } else if (c == separator_ || c == '\n') {
            if (c == '\n' && cell.ends_with('\r')) cell.pop_back();
            cells.push_back(std::move(cell));
            cell.clear();
            was_quoted = false;
            if (c == '\n') return true;
        } else {
            cell += c;
        }
    }
    if (!any) return false;
    ++line_;
    if (quoted) {
        faults_.add(name_, row_line_, "", "guillemet non fermé");
        return false;
    }
    cells.push_back(std::move(cell));
    return true;
}

bool CsvReader::read() {
    std::vector<std::string> cells;
    while (usable_ && read_record(cells)) {
        if (cells.size() == 1 && util::trim(cells[0]).empty()) continue;  // blank line
        if (cells.size() != width_) {
            faults_.add(name_, row_line_, "",
                        std::to_string(width_) + " colonnes attendues, " + std::to_string(cells.size()) + " lues");
            continue;
        }
        if (check_row(cells)) return true;
    }
    return false;
}

bool CsvReader::check_row(const std::vector<std::string>& cells) {
    bool holds = true;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const std::string_view text = util::trim(cells[place_[i]]);
        const std::optional<std::string> nfc = domain::to_nfc(text);
        const char* cause = nullptr;
        if (!nfc) cause = "ce n’est pas de l’UTF-8";
        else if (has_control(*nfc)) cause = "caractère de contrôle";
        else if (columns_[i].required && nfc->empty()) cause = "vide";
        if (cause != nullptr) {
            fault(i, cause);
            holds = false;
        } else if (util::count_code_points(*nfc) > columns_[i].longest) {
            fault(i, "plus de " + std::to_string(columns_[i].longest) + " caractères");
            holds = false;
        } else {
            fields_[i] = *nfc;
        }
    }
    return holds;
}

void CsvReader::fault(std::size_t column, std::string_view cause) { faults_.add(name_, row_line_, columns_[column].name, cause); }

std::vector<std::string> csv_cells(std::string_view line) {
    std::vector<std::string> cells(1);
    bool quoted = false, was_quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"') {
            if (!quoted && !cells.back().empty() && !was_quoted) return {};
            if (quoted && i + 1 < line.size() && line[i + 1] == '"') cells.back() += line[++i];
            else quoted = !quoted;
            was_quoted = true;
        } else if (c == ';' && !quoted) {
            cells.emplace_back();
            was_quoted = false;
        } else {
            cells.back() += c;
        }
    }
    if (quoted) return {};
    for (std::string& cell : cells)
        if (cell.size() > 1 && cell[0] == '\'' && std::string_view("=+-@\t\r\n").find(cell[1]) != std::string_view::npos)
            cell.erase(0, 1);
    return cells;
}

}  // namespace scrutinctl
