// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads and checks calendrier.toml, academies.csv, scrutins.csv, listes.csv, candidats.csv and regles.csv.
#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <set>

#include "domain/local_time.hpp"
#include "scrutinctl/import_delegates.hpp"
#include "scrutinctl/import_model.hpp"
#include "scrutinctl/import_words.hpp"
#include "trustee/trustee_file.hpp"
#include "util/build.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace scrutinctl {

namespace {

namespace fs = std::filesystem;
using domain::CalendarEvent;

constexpr std::size_t k_longest_text = 160;  // code points, as the table election has them
constexpr std::size_t k_largest_pdf = 2 * 1024 * 1024;

bool is_code(std::string_view text, std::size_t longest) {
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

void read_calendar(const ImportFiles& files, ImportedElection& election, ImportFaults& faults) {
    const std::string file = "calendrier.toml";
    toml::table table;
    try {
        table = toml::parse_file((files.folder / file).string());
    } catch (const toml::parse_error& error) {
        faults.add(file, error.source().begin.line, "", error.description());
        return;
    }
    const auto text = [&](const char* key) {
        const std::optional<std::string> value = table["election"][key].value<std::string>();
        const bool fits =
            value && util::is_printable_line(*value, 4 * k_longest_text) && util::count_code_points(*value) <= k_longest_text;
        if (!fits) faults.add(file, 0, std::string("election.") + key, "une ligne de 160 caractères au plus est attendue");
        return value.value_or("");
    };
    election.title = text("title");
    election.edition = text("edition");
    election.administration = text("administration");
    if (election.edition != "2018" && election.edition != "2022" && election.edition != "2026") {
        faults.add(file, 0, "election.edition", "2018, 2022 ou 2026 attendu");
    }
    const auto flag = [&](const char* key) {
        const auto node = table["election"][key];
        if (node && !node.value_exact<bool>()) faults.add(file, 0, std::string("election.") + key, "true ou false attendu");
        return node.value_or(false);
    };
    election.demonstration = flag("demonstration");
    election.small_totals = flag("small_totals");
    if (table["election"]["asks_defi"]) election.asks_defi = flag("asks_defi");
    if (table["election"]["shows_new_code"]) election.shows_new_code = flag("shows_new_code");
    if (election.shows_new_code.value_or(false) && !election.asks_defi.value_or(false))
        faults.add(file, 0, "election.shows_new_code",
                   "un code ne s’affiche à l’écran que contre la réponse à la question défi : écrivez aussi asks_defi = true");
    if (election.demonstration && !util::is_demonstration_build())
        faults.add(file, 0, "election.demonstration",
                   "false attendu : ces programmes sont ceux de la production, sans démonstration");

    for (std::size_t i = 0; i < domain::k_calendar_events; ++i) {
        const auto event = static_cast<CalendarEvent>(i);
        const std::string name(domain::name_of(event));
        const std::optional<std::string> value = table["calendar"][name].value<std::string>();
        const std::optional<util::Instant> at = value ? domain::from_paris(*value) : std::nullopt;
        if (!at) faults.add(file, 0, "calendar." + name, "date attendue, « 2026-12-03 10:00 » (heure de Paris)");
        else election.calendar.set(event, *at);
    }
    if (const toml::table* const events = table["calendar"].as_table()) {
        for (const auto& [key, value] : *events) {
            if (!domain::calendar_event_of(key.str())) faults.add(file, key.source().begin.line, key.str(), "événement inconnu");
        }
    }
    const auto at = [&](CalendarEvent event) { return election.calendar.at(event); };
    if (at(CalendarEvent::vote_closes) <= at(CalendarEvent::vote_opens)) {
        faults.add(file, 0, "calendar.vote_closes", "le vote doit se clore après s’être ouvert");
    }
    if (at(CalendarEvent::results_shown) < at(CalendarEvent::vote_closes)) {
        faults.add(file, 0, "calendar.results_shown", "pas de résultats avant la clôture du vote");
    }
    if (at(CalendarEvent::portal_opens) > at(CalendarEvent::vote_opens)) {
        faults.add(file, 0, "calendar.portal_opens", "le portail doit ouvrir avant le vote");
    }
}

void read_academies(const ImportFiles& files, ImportedElection& election, ImportFaults& faults) {
    CsvReader csv(files.folder / "academies.csv",
                  {{"code", 16, true},
                   {"nom", 80, true},
                   {"webmail", 200, true},
                   {"recuperation", 200, false},
                   {"telephone", 40, true},
                   {"courriel", 120, true},
                   {"horaires", 120, true, true}},
                  faults, files.encoding);
    std::set<std::string> seen;
    while (csv.read()) {
        if (!is_code(csv.field(0), 16)) csv.fault(0, "lettres minuscules, chiffres et tirets seulement");
        if (!seen.insert(csv.field(0)).second) csv.fault(0, "académie déjà lue");
        for (const std::size_t url : {2U, 3U}) {
            if (!csv.field(url).empty() && !csv.field(url).starts_with("https://"))
                csv.fault(url, "une adresse https:// est attendue");
        }
        election.academies.push_back(
            {csv.field(0), csv.field(1), csv.field(2), csv.field(3), csv.field(4), csv.field(5), csv.field(6)});
    }
}

// The files of a bureau's keys are named after it, folded (trustee_file.hpp): two bureaux must not share them.
class BureauNames {
public:
    // What is wrong with this name on this line, or nothing to say.
    std::string fault_of(const std::string& name, std::uint64_t line) {
        std::string folded = trustee::file_stem(name, "");
        while (folded.ends_with('.') || folded.ends_with('-')) folded.pop_back();
        if (folded.empty())
            return "une lettre de a à z ou un chiffre au moins, accentué ou non : les fichiers de clés portent ce nom";
        const auto [first, is_new] = first_.try_emplace(folded, name, line);
        if (is_new || first->second.first == name) return "";
        return "« " + name + " » et « " + first->second.first + " » (ligne " + std::to_string(first->second.second) +
               ") auraient les mêmes fichiers de clés, ou presque : les accents, les majuscules et la ponctuation ne suffisent pas à "
               "distinguer deux bureaux ; s’il n’y en a qu’un, écrivez-le partout de même";
    }

private:
    std::map<std::string, std::pair<std::string, std::uint64_t>> first_;  // folded name → as first written, and its line
};

void read_scrutins(const ImportFiles& files, ImportedElection& election, ImportFaults& faults) {
    CsvReader csv(files.folder / "scrutins.csv",
                  {{"code", 32, true},
                   {"titre", 160, true},
                   {"instance", 32, true},
                   {"niveau", 32, true},
                   {"perimetre", 80, false},
                   {"sieges", 12, true},
                   {"departage_candidats", 3, true},
                   {"groupe", 16, true},
                   {"bureau", 80, true}},
                  faults, files.encoding);
    std::set<std::string> codes, places;
    std::map<std::string, std::string> departements;  // by key, as first written
    BureauNames bureaux;
    const domain::LineWords words = words_of(election);
    while (csv.read()) {
        ImportScrutin scrutin{csv.field(0),          csv.field(1),
                              csv.field(2),          csv.field(3),
                              csv.field(4),          csv.field(7),
                              csv.field(8),          number_of(csv.field(5)),
                              csv.field(6) == "oui", {}};
        for (const char* const level : {"national", "académique", "départemental"})
            if (util::fold(scrutin.level) == util::fold(level)) scrutin.level = level;
        for (const char* const group : {"Ed25519", "BELENIOS-2048"})
            if (util::fold(scrutin.crypto_group) == util::fold(group)) scrutin.crypto_group = group;
        const std::string by_candidates = util::fold(csv.field(6));
        scrutin.tie_by_candidates = by_candidates == "oui";
        if (!is_code(scrutin.code, 32)) csv.fault(0, "lettres minuscules, chiffres et tirets seulement");
        if (!codes.insert(scrutin.code).second) csv.fault(0, "scrutin déjà lu");
        const bool national = scrutin.level == "national";
        if (!national && scrutin.level != "académique" && scrutin.level != "départemental") {
            csv.fault(3, "national, académique ou départemental attendu");
        }
        if (national != scrutin.perimeter.empty()) {
            csv.fault(4, national ? "vide pour un scrutin national" : "le code de l’académie ou du département est attendu");
        }
        if (scrutin.level == "académique") {
            if (const auto code = words.academie(scrutin.perimeter)) scrutin.perimeter = *code;
            else csv.fault(4, "académie absente d’academies.csv");
        }
        if (scrutin.level == "départemental") {
            const auto first = departements.try_emplace(domain::departement_key(scrutin.perimeter), scrutin.perimeter).first;
            if (first->second != scrutin.perimeter)
                csv.fault(4, "« " + scrutin.perimeter + " » et « " + first->second + " » : un département s’écrit partout de même");
        }
        if (util::count_code_points(scrutin.perimeter) > 32) csv.fault(4, "plus de 32 caractères");
        if (!places.insert(scrutin.instance + "|" + scrutin.level + "|" + scrutin.perimeter).second) {
            csv.fault(2, "cette instance a déjà un scrutin à cet endroit");
        }
        if (scrutin.seats == 0 || scrutin.seats > 100) csv.fault(5, "un nombre de 1 à 100 est attendu");
        if (by_candidates != "oui" && by_candidates != "non") csv.fault(6, "oui ou non attendu");
        if (scrutin.crypto_group != "Ed25519" && scrutin.crypto_group != "BELENIOS-2048") {
            csv.fault(7, "Ed25519 ou BELENIOS-2048 attendu");
        }
        if (const std::string fault = bureaux.fault_of(scrutin.bureau, csv.line()); !fault.empty()) csv.fault(8, fault);
        election.scrutins.push_back(std::move(scrutin));
    }
    if (faults.count() == 0 && election.scrutins.empty()) faults.add(csv.file(), 0, "", "aucun scrutin");
    if (election.scrutins.size() > 65'535) faults.add(csv.file(), 0, "", "plus de 65 535 scrutins");
}

std::unordered_map<std::string, std::size_t> index_of(const ImportedElection& election) {
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < election.scrutins.size(); ++i) index.emplace(election.scrutins[i].code, i);
    return index;
}

// As the column says it. Each union stands behind one list of the scrutin, with a key or alone, as for deposits (candidature_control.cpp): votes are counted
// by union.
void read_sharing(CsvReader& csv, const std::vector<CandidateList>& others, CandidateList& list) {
    auto read = domain::read_unions_cell(csv.field(5));
    for (std::string& fault : read.faults) {
        if (fault.ends_with('.')) fault.pop_back();
        fault[0] = util::to_lower_ascii(fault.substr(0, 1))[0];
        csv.fault(5, fault);
    }
    if (read.faults.empty()) list.unions = std::move(read.unions);
    const auto unions_behind = [](const CandidateList& one) {
        std::vector<std::string> names;
        for (const domain::UnionShare& share : one.unions) names.push_back(share.name);
        return names.empty() ? std::vector<std::string>{one.union_name} : names;
    };
    for (std::size_t i = 0; i < others.size(); ++i) {
        for (const std::string& theirs : unions_behind(others[i]))
            for (const std::string& mine : unions_behind(list))
                if (util::fold(mine) == util::fold(theirs))
                    csv.fault(list.unions.empty() ? 3 : 5, "« " + mine + " » est aussi derrière la liste " + std::to_string(i + 1) +
                                                               " de ce scrutin : une organisation n’y est que derrière une liste");
    }
}

void read_lists(const ImportFiles& files, ImportedElection& election, ImportFaults& faults) {
    CsvReader csv(files.folder / "listes.csv",
                  {{"scrutin", 32, true},
                   {"position", 12, true},
                   {"nom", 160, true},
                   {"syndicat", 160, true},
                   {"profession_de_foi", 120, false},
                   {"organisations", domain::k_unions_text, false, false, true}},
                  faults, files.encoding);
    const auto index = index_of(election);
    while (csv.read()) {
        const auto scrutin = index.find(csv.field(0));
        if (scrutin == index.end()) {
            csv.fault(0, "scrutin absent de scrutins.csv");
            continue;
        }
        std::vector<CandidateList>& lists = election.scrutins[scrutin->second].lists;
        if (number_of(csv.field(1)) != lists.size() + 1) {
            csv.fault(1, "les positions d’un scrutin se suivent : " + std::to_string(lists.size() + 1) + " attendu");
        }
        if (lists.size() >= 100) csv.fault(1, "plus de 100 listes");
        for (const CandidateList& other : lists) {
            if (other.name == csv.field(2)) csv.fault(2, "ce scrutin a déjà une liste de ce nom");
        }
        CandidateList list{scrutin->second, csv.field(2), csv.field(3), {}, {}};
        if (const std::string& file = csv.field(4); !file.empty()) {
            list.profession_de_foi = files.folder / "professions-de-foi" / file;
            std::error_code ignored;
            const auto content = file.find('/') == std::string::npos ? util::read_file(list.profession_de_foi) : std::nullopt;
            if (!content) csv.fault(4, "fichier absent du dossier professions-de-foi");
            else if (!content->starts_with("%PDF-")) csv.fault(4, "ce fichier n’est pas un PDF");
            else if (content->size() > k_largest_pdf) csv.fault(4, "PDF de plus de 2 Mio");
        }
        read_sharing(csv, lists, list);
        lists.push_back(std::move(list));
    }
    for (const ImportScrutin& scrutin : election.scrutins) {
        if (scrutin.lists.empty()) faults.add(csv.file(), 0, "scrutin", "aucune liste pour " + scrutin.code);
    }
}

void read_candidates(const ImportFiles& files, ImportedElection& election, ImportFaults& faults) {
    CsvReader csv(files.folder / "candidats.csv",
                  {{"scrutin", 32, true},
                   {"liste", 12, true},
                   {"position", 12, true},
                   {"civilite", 8, false},
                   {"nom", 80, true},
                   {"prenom", 80, true},
                   {"affectation", 160, true, true}},
                  faults, files.encoding);
    const auto index = index_of(election);
    while (csv.read()) {
        const auto scrutin = index.find(csv.field(0));
        if (scrutin == index.end()) {
            csv.fault(0, "scrutin absent de scrutins.csv");
            continue;
        }
        std::vector<CandidateList>& lists = election.scrutins[scrutin->second].lists;
        const unsigned list = number_of(csv.field(1));
        if (list == 0 || list > lists.size()) {
            csv.fault(1, "liste absente de listes.csv");
            continue;
        }
        std::vector<Candidate>& candidates = lists[list - 1].candidates;
        if (number_of(csv.field(2)) != candidates.size() + 1) {
            csv.fault(2, "les positions d’une liste se suivent : " + std::to_string(candidates.size() + 1) + " attendu");
        }
        candidates.push_back({csv.field(3), csv.field(4), csv.field(5), csv.field(6)});
    }
}

void read_rules(const ImportFiles& files, ImportedElection& election, ImportFaults& faults) {
    CsvReader csv(files.folder / "regles.csv",
                  {{"personnel", 80, false},
                   {"corps", 80, false},
                   {"academie", 80, false},
                   {"departement", 8, false},
                   {"instance", 32, true},
                   {"motif", 160, true}},
                  faults, files.encoding);
    const domain::LineWords words = words_of(election);
    domain::Writings personnel, corps;
    while (csv.read()) {
        domain::EligibilityRule rule{csv.field(0), csv.field(1), csv.field(2), csv.field(3), words.instances().of(csv.field(4)),
                                     csv.field(5)};
        if (!words.instances().knows(rule.instance)) csv.fault(4, "aucun scrutin de cette instance dans scrutins.csv");
        if (!rule.academie_code.empty()) {
            if (const auto code = words.academie(rule.academie_code)) rule.academie_code = *code;
            else csv.fault(2, "académie absente d’academies.csv");
        }
        if (!rule.departement.empty()) rule.departement = words.departement(rule.departement);
        personnel.add(rule.personnel);
        corps.add(rule.corps);
        rule.personnel = personnel.of(rule.personnel);
        rule.corps = corps.of(rule.corps);
        election.rules.push_back(std::move(rule));
    }
}

}  // namespace

ImportedElection read_election(const ImportFiles& files, ImportFaults& faults) {
    ImportedElection election;
    read_calendar(files, election, faults);
    read_academies(files, election, faults);
    read_scrutins(files, election, faults);
    read_lists(files, election, faults);
    read_candidates(files, election, faults);
    read_rules(files, election, faults);
    read_delegates(files, election, faults);
    return election;
}

}  // namespace scrutinctl
