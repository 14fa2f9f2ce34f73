// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/csv.hpp"

#include <algorithm>
#include <array>

#include "domain/nfc.hpp"
#include "util/text.hpp"

namespace scrutinctl {

namespace {

constexpr std::size_t k_longest_line = 100'000;  // a lost quote must not swallow the file
constexpr std::size_t k_longest_title = 40;      // bytes; a longer cell is no title

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

// Titles are the same but for case, accents, spaces and dashes: « Lieu notice » is lieu_notice.
std::string title_key(std::string_view title) {
    std::string key;
    for (const char c : util::fold(title))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
    return key;
}

bool is_blank(const std::string& cell) { return util::trim(cell).empty(); }

// Words on several lines, as one.
std::string without_breaks(std::string_view text) {
    std::string line;
    for (const std::string& part : util::split(text, '\n')) {
        const std::string_view words = util::trim(part);
        if (!words.empty()) line.append(line.empty() ? "" : " ").append(words);
    }
    return line;
}

// UTF-8 that was read as Windows-1252 and written again: « Ã© » for « é », « â€™ » for « ’ ».
bool is_read_wrongly(std::string_view text) {
    for (auto at = text.find('\xC3'); at != std::string_view::npos; at = text.find('\xC3', at + 1)) {
        const std::string_view rest = text.substr(at + 1);
        if (rest.starts_with("\x83\xC2") || rest.starts_with("\x83\xE2\x80") || rest.starts_with("\xA2\xE2\x82\xAC")) return true;
    }
    return false;
}

}  // namespace

CsvReader::CsvReader(const std::filesystem::path& path, std::vector<CsvColumn> columns, ImportFaults& faults,
                     std::string_view encoding)
    : name_(path.filename().string()), columns_(std::move(columns)), faults_(faults), in_(path, encoding) {
    fields_.resize(columns_.size());
    if (!in_.why_not().empty()) {
        faults_.add(name_, 0, "", in_.why_not());
        return;
    }
    read_header();
}

// By the line of titles: what separates most; or by the line « sep=; » that Excel understands before it.
void CsvReader::choose_separator() {
    std::string first;
    for (int next = in_.get(); next != CsvSource::k_end && next != '\n' && next != '\r' && first.size() < k_longest_line;
         next = in_.get())
        first += static_cast<char>(next);
    if (first.size() == 5 && util::to_lower_ascii(first).starts_with("sep=")) {
        separator_ = first[4];
        if (in_.peek() == '\n') in_.get();
        line_ = 1;
        return;
    }
    in_.rewind();
    std::array<std::size_t, 3> counts{};
    constexpr std::string_view separators = ";,\t";
    bool quoted = false;
    for (const char c : first) {
        if (c == '"') quoted = !quoted;
        else if (const auto which = separators.find(c); !quoted && which != std::string_view::npos) ++counts[which];
    }
    separator_ = separators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

void CsvReader::read_header() {
    choose_separator();
    if (read_record(titles_) != Record::whole) {
        if (faults_.count() == 0 || in_.peek() == CsvSource::k_end)
            faults_.add(name_, line_ + 1, "", "fichier vide : une ligne de titres est attendue");
        return;
    }
    while (titles_.size() > 1 && is_blank(titles_.back())) titles_.pop_back();  // columns that were formatted and hold nothing
    for (std::string& title : titles_) {
        title = std::string(util::trim(title));
        title_keys_.push_back(title_key(title));
    }
    usable_ = true;
    for (const CsvColumn& column : columns_) {
        const auto found = std::find(title_keys_.begin(), title_keys_.end(), title_key(column.name));
        if (found == title_keys_.end() && !column.may_lack) {
            faults_.add(name_, row_line_, column.name, "colonne absente");
            usable_ = false;
        }
        place_.push_back(static_cast<std::size_t>(found - title_keys_.begin()));
    }
    for (std::size_t i = 0; i < titles_.size(); ++i) {
        const bool known = std::any_of(columns_.begin(), columns_.end(),
                                       [&](const CsvColumn& column) { return title_key(column.name) == title_keys_[i]; });
        const auto here = title_keys_.begin() + static_cast<std::ptrdiff_t>(i);
        if (known && std::find(title_keys_.begin(), here, *here) == here) continue;
        faults_.add(name_, row_line_, titles_[i],
                    titles_[i].empty() ? "colonne sans titre, la " + std::to_string(i + 1) + "e"
                    : known            ? "colonne répétée"
                                       : "colonne inconnue");
        usable_ = false;
    }
}

// After a closing quote: may the cell end here?
bool CsvReader::end_of_cell(int next) { return next == CsvSource::k_end || next == separator_ || next == '\n' || next == '\r'; }

// The rest of the line is not to be trusted.
CsvReader::Record CsvReader::broken_quote(std::size_t cell) {
    faults_.add(
        name_, row_line_, cell < titles_.size() ? titles_[cell] : "",
        "guillemet mal fermé : une case entre guillemets finit à son second guillemet, et s’écrit avec deux guillemets de suite pour "
        "en contenir un");
    for (int next = in_.get(); next != CsvSource::k_end; next = in_.get()) {
        if (next == '\r' && in_.peek() == '\n') continue;
        if (next == '\n' || next == '\r') break;
    }
    ++line_;
    return Record::broken;
}

CsvReader::Record CsvReader::read_record(std::vector<std::string>& cells) {
    cells.clear();
    row_line_ = line_ + 1;
    std::string cell;
    bool quoted = false, was_quoted = false, any = false;
    std::size_t size = 0;
    for (int next = in_.get(); next != CsvSource::k_end; next = in_.get()) {
        any = true;
        if (next == '\r') {  // CR LF, or CR alone as an old Macintosh ends its lines
            if (in_.peek() == '\n') in_.get();
            next = '\n';
        }
        const char c = static_cast<char>(next);
        if (c == '\n') ++line_;
        if (++size > k_longest_line) {
            faults_.add(name_, row_line_, "", "ligne démesurée : un guillemet n’est sans doute pas fermé");
            usable_ = false;
            return Record::none;
        }
        if (quoted) {
            if (c != '"') {
                cell += c;
            } else if (in_.peek() == '"') {
                cell += static_cast<char>(in_.get());
            } else {
                quoted = false;
                while (in_.peek() == ' ') in_.get();
                if (!end_of_cell(in_.peek())) return broken_quote(cells.size());
            }
        } else if (c == '"' && cell.empty() && !was_quoted) {
            quoted = was_quoted = true;
        } else if (c == separator_ || c == '\n') {
            cells.push_back(std::move(cell));
            cell.clear();
            was_quoted = false;
            if (c == '\n') return Record::whole;
        } else {
            cell += c;
        }
    }
    if (!any) return Record::none;
    ++line_;
    if (quoted) {
        faults_.add(name_, row_line_, "", "guillemet non fermé");
        return Record::none;
    }
    cells.push_back(std::move(cell));
    return Record::whole;
}

// False for what is passed over: empty rows, titles again, a wrong number of cells (which is noted).
bool CsvReader::is_row(std::vector<std::string>& cells) {
    if (std::all_of(cells.begin(), cells.end(), is_blank)) {
        if (cells.size() > 1) faults_.forgive(name_, "lignes sans rien ignorées");
        return false;
    }
    while (cells.size() > titles_.size() && is_blank(cells.back())) cells.pop_back();
    if (cells.size() != titles_.size()) {
        faults_.add(name_, row_line_, "",
                    std::to_string(titles_.size()) + " colonnes attendues, " + std::to_string(cells.size()) + " lues");
        return false;
    }
    const auto is_title = [&](const std::string& cell) {
        return cell.size() <= k_longest_title &&
               std::find(title_keys_.begin(), title_keys_.end(), title_key(cell)) != title_keys_.end();
    };
    if (!is_title(cells[0]) || !std::all_of(cells.begin(), cells.end(), is_title)) return true;
    if (std::equal(cells.begin(), cells.end(), title_keys_.begin(),
                   [](const std::string& cell, const std::string& key) { return title_key(cell) == key; }))
        faults_.forgive(name_, "lignes de titres répétées ignorées");
    else
        faults_.add(name_, row_line_, "",
                    "les titres reviennent dans un autre ordre : une seconde feuille est collée sous la première");
    return false;
}

bool CsvReader::read() {
    std::vector<std::string> cells;
    while (usable_) {
        const Record record = read_record(cells);
        if (record == Record::none) return false;
        if (record == Record::whole && is_row(cells) && check_row(cells)) return true;
    }
    return false;
}

// What is wrong with this text, or null; puts it into the form in which it is kept.
const char* CsvReader::fault_of(std::size_t column, std::string& text) const {
    if (text.find('\n') != std::string::npos) {
        if (!columns_[column].folds_breaks) return "retour à la ligne dans la case";
        text = without_breaks(text);
    }
    auto nfc = domain::to_nfc(text);
    if (!nfc) return "ce n’est pas de l’UTF-8";
    text = *std::move(nfc);
    if (has_control(text)) return "caractère de contrôle";
    if (columns_[column].required && text.empty()) return "vide";
    if (text.find("\uFFFD") != std::string::npos)
        return "un caractère perdu (\uFFFD) : le fichier a été lu dans un autre encodage que le sien ; repartez de l’original";
    if (is_read_wrongly(text))
        return in_.is_decoded()
                   ? "des lettres comme Ã© : ce fichier mêle deux encodages"
                   : "des lettres comme Ã© : le texte a été lu une fois dans un autre encodage que le sien ; repartez de l’original";
    return nullptr;
}

bool CsvReader::check_row(const std::vector<std::string>& cells) {
    bool holds = true;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::string& text = fields_[i];
        text = place_[i] < cells.size() ? util::trim(cells[place_[i]]) : std::string_view();
        if (const char* const cause = fault_of(i, text)) {
            fault(i, cause);
            holds = false;
        } else if (text.size() > columns_[i].longest && util::count_code_points(text) > columns_[i].longest) {
            fault(i, "plus de " + std::to_string(columns_[i].longest) + " caractères");
            holds = false;
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
