// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/candidature.hpp"

#include <algorithm>

#include "domain/uploaded_file.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace domain {

namespace {

constexpr std::size_t k_cells = 4, k_last_name = 80, k_first_name = 80, k_affectation = 160, k_list_name = 160;
constexpr unsigned k_whole_share = 10'000;

// Cells of one line; nothing where a quote is not closed.
std::optional<std::vector<std::string>> cells_of(std::string_view line) {
    const char separator = line.find('\t') != std::string_view::npos ? '\t' : ';';
    std::vector<std::string> cells(1);
    bool is_quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (is_quoted) {
            if (c != '"') cells.back() += c;
            else if (i + 1 < line.size() && line[i + 1] == '"') cells.back() += line[++i];
            else is_quoted = false;
        } else if (c == '"' && util::trim(cells.back()).empty()) {
            cells.back().clear();
            is_quoted = true;
        } else if (c == separator) {
            cells.emplace_back();
        } else {
            cells.back() += c;
        }
    }
    if (is_quoted) return std::nullopt;
    for (std::string& cell : cells) cell = std::string(util::trim(cell));
    // Empty columns at the right of a spreadsheet's.
    while (cells.size() > k_cells && cells.back().empty()) cells.pop_back();
    return cells;
}

std::string civility_of(std::string_view typed) {
    const std::string word = util::fold(typed);
    if (word == "mme" || word == "madame" || word == "mme.") return "Mme";
    if (word == "m." || word == "m" || word == "monsieur" || word == "mr") return "M.";
    return {};
}

bool is_title_line(const std::vector<std::string>& cells) { return util::fold(cells[0]).starts_with("civilit"); }

// Why these cells are no candidate; empty: they are.
std::string why_no_candidate(const std::vector<std::string>& cells) {
    if (cells.size() != k_cells)
        return "quatre éléments sont attendus, séparés par des points-virgules : civilité ; nom ; prénom ; affectation (" +
               std::to_string(cells.size()) + (cells.size() == 1 ? " trouvé)" : " trouvés)");
    if (civility_of(cells[0]).empty()) return "la civilité est « Mme » ou « M. »";
    constexpr std::string_view k_labels[] = {"la civilité", "le nom", "le prénom", "l’affectation"};
    constexpr std::size_t k_longest[] = {k_last_name, k_last_name, k_first_name, k_affectation};
    for (std::size_t i = 1; i < k_cells; ++i) {
        if (cells[i].empty()) return std::string(k_labels[i]) + " manque";
        if (util::count_code_points(cells[i]) > k_longest[i])
            return std::string(k_labels[i]) + " dépasse " + std::to_string(k_longest[i]) + " caractères";
        if (!util::is_printable_line(cells[i], 4 * k_longest[i]))
            return std::string(k_labels[i]) + " a un signe qui ne s’affiche pas";
    }
    return {};
}

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(";\"\t") == std::string::npos) return cell;
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

}  // namespace

NamesRead read_candidate_names(std::string_view text) {
    NamesRead read;
    std::size_t number = 0;
    const auto fault = [&](const std::string& why) {
        read.faults.push_back("Ligne " + std::to_string(number) + " : " + why + ".");
    };
    for (std::string line : util::split(text, '\n')) {
        ++number;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (util::trim(line).empty()) continue;
        const auto cells = cells_of(line);
        if (!cells) {
            fault("un guillemet n’est pas refermé");
            continue;
        }
        if (read.names.empty() && read.faults.empty() && is_title_line(*cells)) continue;
        if (const std::string why = why_no_candidate(*cells); !why.empty()) {
            fault(why);
            continue;
        }
        CandidateName name{civility_of((*cells)[0]), (*cells)[1], (*cells)[2], (*cells)[3]};
        const auto same = [&](const CandidateName& other) {
            return util::fold(other.last_name + " " + other.first_name + " " + other.affectation) ==
                   util::fold(name.last_name + " " + name.first_name + " " + name.affectation);
        };
        if (std::any_of(read.names.begin(), read.names.end(), same)) fault("cette personne est déjà dans la liste");
        else read.names.push_back(std::move(name));
    }
    if (read.names.size() > k_most_names) read.faults.push_back("Une liste a " + std::to_string(k_most_names) + " noms au plus.");
    return read;
}

std::string candidate_lines(const std::vector<CandidateName>& names) {
    std::string lines;
    for (const CandidateName& name : names)
        lines +=
            name.civility + ";" + quoted(name.last_name) + ";" + quoted(name.first_name) + ";" + quoted(name.affectation) + "\n";
    return lines;
}

std::string deposit_digest(const Deposit& deposit) {
    const auto of_file = [](const DepositedFile& file) { return file.content.empty() ? "-" : util::sha256_hex(file.content); };
    std::string unions;
    for (const UnionShare& one : deposit.unions)
        unions += "organisation " + one.name + ";" + (one.share ? std::to_string(*one.share) : "") + "\n";
    return util::sha256_hex("candidature 1\n" + deposit.scrutin_code + "\n" + deposit.union_name + "\n" + deposit.list_name + "\n" +
                            candidate_lines(deposit.names) + "profession " + of_file(deposit.profession) + "\nlogo " +
                            of_file(deposit.logo) + "\n" + unions);
}

std::vector<std::string> faults_of_deposit(const Deposit& deposit) {
    std::vector<std::string> faults;
    const bool is_named =
        util::count_code_points(deposit.list_name) <= k_list_name && util::is_printable_line(deposit.list_name, 4 * k_list_name);
    if (!is_named) faults.push_back("Le nom de la liste est attendu, en 160 caractères au plus.");
    if (deposit.names.empty()) faults.push_back("Aucun candidat n’est donné.");
    if (const std::string& pdf = deposit.profession.content; !pdf.empty()) {
        if (kind_of_file(pdf) != "pdf") faults.push_back("La profession de foi est un PDF entier ; ce fichier n’en est pas un.");
        else if (pdf.size() > k_profession_bytes)
            faults.push_back("La profession de foi pèse " + size_text(pdf.size()) + ", " + size_text(k_profession_bytes) +
                             " au plus.");
    }
    if (const std::string& logo = deposit.logo.content; !logo.empty()) {
        const std::string_view kind = kind_of_file(logo);
        if (kind != "png" && kind != "jpeg") faults.push_back("Le logo est une image PNG ou JPEG ; ce fichier n’en est pas une.");
        else if (logo.size() > k_logo_bytes)
            faults.push_back("Le logo pèse " + size_text(logo.size()) + ", " + size_text(k_logo_bytes) + " au plus.");
    }
    return faults;
}

std::vector<std::string> faults_of_numbers(const std::vector<CandidateName>& names, const ListRule& rule) {
    std::vector<std::string> faults;
    const std::size_t count = names.size();
    if (count < rule.least) faults.push_back(std::to_string(count) + " noms, " + std::to_string(rule.least) + " au moins");
    if (count > rule.most) faults.push_back(std::to_string(count) + " noms, " + std::to_string(rule.most) + " au plus");
    if (rule.is_even && count % 2 != 0) faults.push_back(std::to_string(count) + " noms, un nombre pair est attendu");
    if (!rule.women) return faults;
    const auto women = static_cast<std::size_t>(
        std::count_if(names.begin(), names.end(), [](const CandidateName& name) { return name.civility == "Mme"; }));
    const std::size_t fewest = count * *rule.women / k_whole_share,
                      most = (count * *rule.women + k_whole_share - 1) / k_whole_share;
    if (women < fewest || women > most)
        faults.push_back(std::to_string(women) + " femmes et " + std::to_string(count - women) + " hommes, " +
                         std::to_string(fewest) + (most == fewest ? "" : " ou " + std::to_string(most)) +
                         " femmes sont attendues sur " + std::to_string(count) + " noms");
    return faults;
}

DepositWindow deposit_window(const Calendar& calendar, std::optional<util::Instant> opens, std::optional<util::Instant> closes) {
    return {opens.value_or(calendar.at(CalendarEvent::portal_opens)), closes.value_or(calendar.at(CalendarEvent::lists_shown))};
}

}  // namespace domain
