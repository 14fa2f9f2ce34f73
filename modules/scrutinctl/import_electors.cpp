// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads and checks electeurs.csv, and applies « qui vote où » to each elector.
#include <algorithm>
#include <unordered_set>

#include "domain/identity.hpp"
#include "scrutinctl/import_delegates.hpp"
#include "scrutinctl/import_model.hpp"
#include "scrutinctl/import_words.hpp"
#include "util/text.hpp"

namespace scrutinctl {

namespace {

// A cell that was drawn down over those below it is the same for many rows in a row; whoever sorted by it sees that.
class SameBirthDates {
public:
    void add(const std::string& date, const CsvReader& csv, ImportFaults& faults) {
        if (date != date_) date_ = date, from_ = csv.line(), rows_ = 0;
        if (++rows_ == k_many)
            faults.remark(csv.file(), "la même date de naissance sur " + std::to_string(k_many) +
                                          " lignes de suite ou plus, à partir de la ligne " + std::to_string(from_) +
                                          " : une case a-t-elle été recopiée vers le bas ?");
    }

private:
    static constexpr std::uint64_t k_many = 50;
    std::string date_;
    std::uint64_t from_ = 0, rows_ = 0;
};

std::string why_no_date(const std::string& text) {
    const bool is_serial = (text.size() == 4 || text.size() == 5) && text.find_first_not_of("0123456789") == std::string::npos;
    return is_serial ? "« " + text + " » est le numéro qu’un tableur donne à un jour : exportez la colonne en texte, jj/mm/aaaa"
                     : "date attendue, jj/mm/aaaa";
}

// Of electeurs.csv: those of a line, with the two that only a file has.
enum Column {
    email,
    civility,
    last_name,
    first_name,
    numen,
    birth_date,
    personnel,
    corps,
    affectation,
    academie,
    departement,
    notice_place
};
std::vector<CsvColumn> columns_of_electors() {
    std::vector<CsvColumn> columns;
    for (const auto& one : domain::k_line_columns) {
        if (columns.size() == numen) columns.insert(columns.end(), {{"numen", 40, true}, {"naissance", 30, true}});
        columns.push_back({one.name, one.longest, one.is_required, one.folds_breaks});
    }
    return columns;
}
std::size_t column_named(std::string_view name) {
    static const std::vector<CsvColumn> columns = columns_of_electors();
    return static_cast<std::size_t>(
        std::find_if(columns.begin(), columns.end(), [&](const CsvColumn& one) { return one.name == name; }) - columns.begin());
}

std::string known_of(const domain::LineRules::Perimeters& perimeters) {
    constexpr std::size_t k_named = 8;
    std::string known;
    for (std::size_t i = 0; i < perimeters.known.size() && i < k_named; ++i)
        known.append(i == 0 ? " (scrutins.csv a : " : ", ").append(perimeters.known[i]);
    if (perimeters.known.size() > k_named) known += "…";
    return known.empty() ? known : known + ")";
}

std::string words_of_fault(const domain::LineRules& rules, const domain::LineRules::Fault& fault, const Elector& elector,
                           const std::string& given, const std::string& nearest) {
    using Kind = domain::LineRules::Fault::Kind;
    switch (fault.kind) {
        case Kind::no_scrutin:
            return "la règle « " + rules.rule(fault.rule).reason + " » (" + rules.rule(fault.rule).instance +
                   ") n’a pas de scrutin pour cet électeur : « " + given + " »" +
                   known_of(rules.perimeters_of(rules.rule(fault.rule).instance));
        case Kind::no_rule:
            return "aucune règle de regles.csv ne donne de scrutin à cet électeur" +
                   (nearest.empty() ? "" : " : « " + elector.personnel + " » ; le profil le plus proche est « " + nearest + " »");
        case Kind::too_many: return "plus de 7 scrutins pour cet électeur";
        case Kind::long_reason: break;
    }
    return "le motif de la règle de « " + rules.rule(fault.rule).instance + " » passe 160 caractères pour cet électeur";
}

}  // namespace

std::uint64_t read_electors(const ImportFiles& files, const ImportedElection& election, ImportFaults& faults,
                            const std::function<void(const Elector&)>& each) {
    return read_electors(ElectorsFile{files.folder / "electeurs.csv", files.encoding}, election, faults, each);
}

std::uint64_t read_electors(const ElectorsFile& file, const ImportedElection& election, ImportFaults& faults,
                            const std::function<void(const Elector&)>& each) {
    const std::uint64_t faults_of_others = faults.count();
    CsvReader csv(file.path, columns_of_electors(), faults, file.encoding);
    const domain::LineRules rules(academies_of(election), places_of(election), election.rules);
    const domain::LineWords& words = rules.words();
    std::unordered_set<std::string> emails, numens, told_profiles;
    SameBirthDates same_birth_dates;

    std::uint64_t rows = 0;
    Elector elector;
    while (csv.read()) {
        ++rows;
        const std::uint64_t faults_before = faults.count();
        const auto address = domain::normalise_address(csv.field(email));
        const auto number = domain::normalise_numen(csv.field(numen));
        const auto birth = domain::normalise_birth_date(csv.field(birth_date));
        if (!address) csv.fault(email, "ce n’est pas une adresse");
        else if (!emails.insert(*address).second) csv.fault(email, "adresse déjà donnée à un autre électeur");
        if (!number) csv.fault(numen, "13 lettres et chiffres attendus");
        else if (!numens.insert(*number).second) csv.fault(numen, "NUMEN déjà donné à un autre électeur");
        if (!birth) csv.fault(birth_date, why_no_date(csv.field(birth_date)));
        else same_birth_dates.add(*birth, csv, faults);
        const auto academie_code = words.academie(csv.field(academie));
        if (!academie_code) csv.fault(academie, "académie absente d’academies.csv");
        if (faults.count() != faults_before) continue;

        elector = {{*address, csv.field(civility), csv.field(last_name), csv.field(first_name),
                    words.personnel().of(csv.field(personnel)), words.corps().of(csv.field(corps)), csv.field(affectation),
                    *academie_code, words.departement(csv.field(departement)), csv.field(notice_place)},
                   *number,
                   *birth,
                   {},
                   csv.line()};
        if (!file.by_rules) {
            each(elector);
            continue;
        }
        auto found = rules.of(elector);
        for (const auto& fault : found.faults) {
            const std::size_t column = column_named(fault.column);
            csv.fault(column, words_of_fault(rules, fault, elector, csv.field(column), found.nearest));
        }
        if (!found.rights.empty() && !found.nearest.empty() && told_profiles.insert(elector.personnel).second)
            faults.remark(csv.file(), "ligne " + std::to_string(csv.line()) + " et peut-être d’autres : aucune règle ne nomme « " +
                                          elector.personnel + " » ; le profil le plus proche est « " + found.nearest + " »");
        elector.rights = std::move(found.rights);
        if (faults.count() == faults_before) each(elector);
    }
    if (faults.count() == faults_of_others) check_delegates(election, emails, faults);  // whoever could not be read is not missing
    if (rows == 0 && faults.count() == 0) faults.add(csv.file(), 0, "", "aucun électeur");
    return rows;
}

std::string reason_of(const ImportedElection& election, std::size_t rule, const Elector& elector) {
    const auto academie = std::find_if(election.academies.begin(), election.academies.end(),
                                       [&](const Academie& one) { return one.code == elector.academie_code; });
    return domain::reason_of(election.rules[rule], {elector.personnel, elector.corps, elector.academie_code, elector.departement},
                             academie == election.academies.end() ? std::string_view() : std::string_view(academie->name));
}

}  // namespace scrutinctl
