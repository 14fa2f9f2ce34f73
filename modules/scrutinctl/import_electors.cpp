// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads and checks electeurs.csv, and applies « qui vote où » to each elector.
#include <algorithm>
#include <unordered_set>

#include "domain/identity.hpp"
#include "scrutinctl/import_delegates.hpp"
#include "scrutinctl/import_model.hpp"
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

}  // namespace

std::uint64_t read_electors(const std::filesystem::path& folder, const ImportedElection& election, ImportFaults& faults,
                            const std::function<void(const Elector&)>& each) {
    CsvReader csv(folder / "electeurs.csv",
                  {{"courriel", 190, true},
                   {"civilite", 8, false},
                   {"nom", 80, true},
                   {"prenom", 80, true},
                   {"numen", 20, true},
                   {"naissance", 10, true},
                   {"personnel", 80, true},
                   {"corps", 80, true},
                   {"affectation", 160, true},
                   {"academie", 16, true},
                   {"departement", 8, true},
                   {"lieu_notice", 160, true}},
                  faults);
    const domain::Eligibility eligibility = eligibility_of(election);
    std::unordered_set<std::string> academies, emails, numens;
    for (const Academie& known : election.academies) academies.insert(known.code);

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
        if (!birth) csv.fault(birth_date, "date attendue, jj/mm/aaaa");
        if (!academies.contains(csv.field(academie))) csv.fault(academie, "académie absente d’academies.csv");
        if (faults.count() != faults_before) continue;

        elector = {*address,
                   csv.field(civility),
                   csv.field(last_name),
                   csv.field(first_name),
                   *number,
                   *birth,
                   csv.field(personnel),
                   csv.field(corps),
                   csv.field(affectation),
                   csv.field(academie),
                   csv.field(departement),
                   csv.field(notice_place),
                   {}};
        auto found = eligibility.rights_of({elector.personnel, elector.corps, elector.academie_code, elector.departement});
        for (const std::size_t rule : found.without_scrutin) {
            csv.fault(personnel, "la règle « " + election.rules[rule].reason + " » (" + election.rules[rule].instance +
                                     ") n’a pas de scrutin pour cet électeur");
        }
        if (found.rights.empty()) csv.fault(personnel, "aucune règle de regles.csv ne donne de scrutin à cet électeur");
        if (found.rights.size() > k_most_scrutins) csv.fault(personnel, "plus de 7 scrutins pour cet électeur");
        for (const auto& right : found.rights)
            if (util::count_code_points(reason_of(election, right.rule, elector)) > k_longest_reason)
                csv.fault(personnel, "le motif de la règle de « " + election.rules[right.rule].instance +
                                         " » passe 160 caractères pour cet électeur");
        elector.rights = std::move(found.rights);
        if (faults.count() == faults_before) each(elector);
    }
    check_delegates(election, emails, faults);
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
