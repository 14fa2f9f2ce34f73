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

// 7 in the law's practice; a larger number is a rule gone wrong.
constexpr std::size_t k_most_scrutins = 7;

domain::ScrutinLevel level_of(std::string_view level) {
    if (level == "national") return domain::ScrutinLevel::national;
    return level == "académique" ? domain::ScrutinLevel::academique : domain::ScrutinLevel::departemental;
}

domain::Eligibility eligibility_of(const ImportedElection& election) {
    std::vector<domain::ScrutinPlace> places;
    for (const ImportScrutin& scrutin : election.scrutins) {
        places.push_back({scrutin.instance, level_of(scrutin.level), scrutin.perimeter});
    }
    return {election.rules, places};
}

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

// Which column decides between the scrutins of an instance, and what it may hold.
struct ScrutinsOf {
    Column column = personnel;
    std::string known;  // « (scrutins.csv a : 079, 086) »
};
ScrutinsOf scrutins_of(const ImportedElection& election, std::string_view instance) {
    constexpr std::size_t k_named = 8;
    ScrutinsOf found;
    std::size_t number = 0;
    for (const ImportScrutin& scrutin : election.scrutins) {
        if (scrutin.instance != instance || scrutin.level == "national") continue;
        found.column = scrutin.level == "départemental" ? departement : academie;
        if (++number <= k_named) found.known += (number == 1 ? " (scrutins.csv a : " : ", ") + scrutin.perimeter;
    }
    if (number > k_named) found.known += "…";
    if (number > 0) found.known += ")";
    return found;
}

}  // namespace

std::uint64_t read_electors(const ImportFiles& files, const ImportedElection& election, ImportFaults& faults,
                            const std::function<void(const Elector&)>& each) {
    return read_electors(ElectorsFile{files.folder / "electeurs.csv", files.encoding}, election, faults, each);
}

std::uint64_t read_electors(const ElectorsFile& file, const ImportedElection& election, ImportFaults& faults,
                            const std::function<void(const Elector&)>& each) {
    const std::uint64_t faults_of_others = faults.count();
    CsvReader csv(file.path,
                  {{"courriel", 190, true},
                   {"civilite", 8, false},
                   {"nom", 80, true},
                   {"prenom", 80, true},
                   {"numen", 40, true},
                   {"naissance", 30, true},
                   {"personnel", 80, true},
                   {"corps", 80, true},
                   {"affectation", 160, true, true},
                   {"academie", 80, true},
                   {"departement", 8, true},
                   {"lieu_notice", 160, true, true}},
                  faults, file.encoding);
    const domain::Eligibility eligibility = eligibility_of(election);
    const ImportWords words(election);
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

        elector = {*address,
                   csv.field(civility),
                   csv.field(last_name),
                   csv.field(first_name),
                   *number,
                   *birth,
                   words.personnel().of(csv.field(personnel)),
                   words.corps().of(csv.field(corps)),
                   csv.field(affectation),
                   *academie_code,
                   words.departement(csv.field(departement)),
                   csv.field(notice_place),
                   {}};
        if (!file.by_rules) {
            each(elector);
            continue;
        }
        auto found = eligibility.rights_of({elector.personnel, elector.corps, elector.academie_code, elector.departement});
        for (const std::size_t rule : found.without_scrutin) {
            const ScrutinsOf scrutins = scrutins_of(election, election.rules[rule].instance);
            csv.fault(scrutins.column, "la règle « " + election.rules[rule].reason + " » (" + election.rules[rule].instance +
                                           ") n’a pas de scrutin pour cet électeur : « " + csv.field(scrutins.column) + " »" +
                                           scrutins.known);
        }
        const std::string near = words.personnel().knows(elector.personnel) ? "" : words.personnel().nearest(elector.personnel);
        if (found.rights.empty())
            csv.fault(personnel,
                      "aucune règle de regles.csv ne donne de scrutin à cet électeur" +
                          (near.empty() ? "" : " : « " + elector.personnel + " » ; le profil le plus proche est « " + near + " »"));
        else if (!near.empty() && told_profiles.insert(elector.personnel).second)
            faults.remark(csv.file(), "ligne " + std::to_string(csv.line()) + " et peut-être d’autres : aucune règle ne nomme « " +
                                          elector.personnel + " » ; le profil le plus proche est « " + near + " »");
        if (found.rights.size() > k_most_scrutins) csv.fault(personnel, "plus de 7 scrutins pour cet électeur");
        for (const auto& right : found.rights)
            if (util::count_code_points(reason_of(election, right.rule, elector)) > k_longest_reason)
                csv.fault(personnel, "le motif de la règle de « " + election.rules[right.rule].instance +
                                         " » passe 160 caractères pour cet électeur");
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
