// SPDX-License-Identifier: AGPL-3.0-or-later
// The first-degree table of 2018 (« qui vote où »): eight profiles, ten instances, and which row each X comes from.
#include "domain/eligibility.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace eligibility_tests {

using namespace domain;

namespace {

constexpr std::array<const char*, 10> k_instances{"CTM",        "CTA",  "CAPN PE", "CAPD PE",  "CAPN PsyEN",
                                                  "CAPA PsyEN", "CCPA", "CCSA",    "CCP AESH", "CCP ens."};

struct Row {
    const char* personnel;
    const char* marks;  // X per instance
    std::size_t total;
};

constexpr Row k_table[] = {
    {"AESH-AED", "XX......X.", 3},
    {"Enseignant contractuel", "XX.......X", 3},
    {"Directeur adjoint de SEGPA", "XXXX..X...", 5},
    {"Directeur écoles d'application et spécialisé", "XXXX...X..", 5},
    {"PE et instituteur", "XXXX......", 4},
    {"PES", "XX........", 2},
    {"PsyEN détaché", "XXXXXX....", 6},
    {"PsyEN intégré", "XX..XX....", 4},
};

std::vector<ScrutinPlace> places() {
    std::vector<ScrutinPlace> places;
    for (const char* const academie : {"poitiers", "rouen"}) {
        for (const char* const instance : {"CTA", "CAPA PsyEN", "CCPA", "CCSA", "CCP AESH", "CCP ens."}) {
            places.push_back({instance, ScrutinLevel::academique, academie});
        }
    }
    places.push_back({"CAPD PE", ScrutinLevel::departemental, "079"});
    places.push_back({"CAPD PE", ScrutinLevel::departemental, "086"});
    for (const char* const instance : {"CTM", "CAPN PE", "CAPN PsyEN"}) places.push_back({instance, ScrutinLevel::national, ""});
    return places;
}

std::vector<EligibilityRule> rules() {
    std::vector<EligibilityRule> rules;
    for (std::size_t i = 0; i < k_instances.size(); ++i) {
        for (const Row& row : k_table) {
            if (row.marks[i] != 'X') continue;
            rules.push_back({row.personnel, "", "", "", k_instances[i], std::string(row.personnel) + ", " + k_instances[i]});
        }
    }
    return rules;
}

}  // namespace

BOOST_AUTO_TEST_CASE(eight_profiles_and_ten_instances_give_the_printed_totals) {
    const std::vector<ScrutinPlace> scrutins = places();
    const Eligibility eligibility(rules(), scrutins);
    for (const Row& row : k_table) {
        const auto found = eligibility.rights_of({row.personnel, "", "poitiers", "079"});
        BOOST_TEST(found.rights.size() == row.total, row.personnel);
        BOOST_TEST(found.without_scrutin.empty());
        std::set<std::string> given;
        for (const auto& right : found.rights) {
            given.insert(scrutins[right.scrutin].instance);
            BOOST_TEST((scrutins[right.scrutin].perimeter == "" || scrutins[right.scrutin].perimeter == "poitiers" ||
                        scrutins[right.scrutin].perimeter == "079"));
            const EligibilityRule& rule = eligibility.rules()[right.rule];
            BOOST_TEST(rule.reason == std::string(row.personnel) + ", " + scrutins[right.scrutin].instance);
        }
        for (std::size_t i = 0; i < k_instances.size(); ++i) {
            BOOST_TEST(given.contains(k_instances[i]) == (row.marks[i] == 'X'), row.personnel << " " << k_instances[i]);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_scrutin_is_the_one_of_the_electors_place) {
    const std::vector<ScrutinPlace> scrutins = places();
    const Eligibility eligibility(rules(), scrutins);
    const auto found = eligibility.rights_of({"PE et instituteur", "", "poitiers", "086"});
    const auto capd = std::find_if(found.rights.begin(), found.rights.end(),
                                   [&](const auto& right) { return scrutins[right.scrutin].instance == "CAPD PE"; });
    BOOST_REQUIRE(capd != found.rights.end());
    BOOST_TEST(scrutins[capd->scrutin].perimeter == "086");
}

BOOST_AUTO_TEST_CASE(a_rule_whose_instance_has_no_scrutin_here_is_told) {
    const Eligibility eligibility(rules(), places());
    const auto found = eligibility.rights_of({"PE et instituteur", "", "rouen", "076"});
    BOOST_TEST(found.rights.size() == 3U);
    BOOST_REQUIRE(found.without_scrutin.size() == 1U);
    BOOST_TEST(eligibility.rules()[found.without_scrutin[0]].instance == "CAPD PE");
}

BOOST_AUTO_TEST_CASE(two_rules_for_one_scrutin_count_once_and_the_first_is_kept) {
    const Eligibility eligibility({{"", "", "", "", "CTM", "tous les agents"}, {"PES", "", "", "", "CTM", "stagiaires"}},
                                  {{"CTM", ScrutinLevel::national, ""}});
    const auto found = eligibility.rights_of({"PES", "", "poitiers", "079"});
    BOOST_REQUIRE(found.rights.size() == 1U);
    BOOST_TEST(eligibility.rules()[found.rights[0].rule].reason == "tous les agents");
}

BOOST_AUTO_TEST_CASE(each_condition_narrows) {
    const Eligibility eligibility({{"", "PEGC", "", "", "A", ""}, {"", "", "rouen", "", "B", ""}, {"", "", "", "079", "C", ""}},
                                  {{"A", ScrutinLevel::national, ""},
                                   {"B", ScrutinLevel::national, ""},
                                   {"C", ScrutinLevel::national, ""}});
    const auto rights = [&](const char* corps, const char* academie, const char* departement) {
        return eligibility.rights_of({"PES", corps, academie, departement}).rights.size();
    };
    BOOST_TEST(rights("PEGC", "rouen", "079") == 3U);
    BOOST_TEST(rights("PEGC", "caen", "014") == 1U);
    BOOST_TEST(rights("PE", "rouen", "076") == 1U);
    BOOST_TEST(rights("PE", "poitiers", "079") == 1U);
    BOOST_TEST(rights("PE", "caen", "014") == 0U);
}

// F19: a reason that explains.
BOOST_AUTO_TEST_CASE(a_reason_has_the_elector_s_own_words) {
    const domain::EligibilityRule rule{
        "", "", "", "", "CSA MEN", "Vous êtes {corps} en fonction à {academie} ({departement}) : vous élisez le CSA MEN, {autre}"};
    BOOST_TEST(domain::reason_of(rule, {"AESH-AED", "AESH", "poitiers", "086"}, "Poitiers") ==
               "Vous êtes AESH en fonction à Poitiers (086)\u00a0: vous élisez le CSA MEN, {autre}");
    // The spaces before which no line may break.
    const auto said = [](const char* text) { return domain::reason_of({"", "", "", "", "", text}, {"", "AESH", "", ""}, ""); };
    BOOST_TEST(said("Vous êtes « {corps} » ; pourquoi ? Le 1 : oui !") ==
               "Vous êtes «\u00a0AESH\u00a0»\u00a0; pourquoi\u00a0? Le 1\u00a0: oui\u00a0!");
    BOOST_TEST(said("«\u00a0{corps}\u00a0»\u00a0: a b") == "«\u00a0AESH\u00a0»\u00a0: a b");
    BOOST_TEST(said(" ") == " ");
    // What stands in his own words is not read again.
    BOOST_TEST(domain::reason_of({"", "", "", "", "", "{corps}"}, {"", "{academie}", "", ""}, "Poitiers") == "{academie}");
}

}  // namespace eligibility_tests
