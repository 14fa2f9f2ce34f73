// SPDX-License-Identifier: AGPL-3.0-or-later
// The public table, from the imported rules: the matrix of 2018, and whatever else is imported.
#include "account/account_fixture.hpp"
#include "account/who_votes_where.hpp"

namespace who_votes_where_tests {

namespace {

using account::store::Rule;

constexpr const char* k_instances[] = {"CTM",        "CTA",  "CAPN PE", "CAPD PE",  "CAPN PsyEN",
                                       "CAPA PsyEN", "CCPA", "CCSA",    "CCP AESH", "CCP ens."};
constexpr std::pair<const char*, const char*> k_matrix[] = {{"AESH-AED", "XX......X."},
                                                            {"Enseignant contractuel", "XX.......X"},
                                                            {"Directeur adjoint de SEGPA", "XXXX..X..."},
                                                            {"Directeur écoles d’application et spécialisé", "XXXX...X.."},
                                                            {"PE et instituteur", "XXXX......"},
                                                            {"PES", "XX........"},
                                                            {"PsyEN détaché", "XXXXXX...."},
                                                            {"PsyEN intégré", "XX..XX...."}};

std::vector<Rule> rules_of_2018() {
    std::vector<Rule> rules;
    for (std::size_t i = 0; i < std::size(k_instances); ++i)
        for (const auto& [personnel, marks] : k_matrix)
            if (marks[i] == 'X') rules.push_back({personnel, "", "", "", k_instances[i]});
    return rules;
}

std::string totals_of(const util::Json& table) {
    std::string totals;
    for (const auto& row : table["rows"]) totals += row["total"].get<std::string>() + " ";
    return totals;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(who_votes_where_tests)

BOOST_AUTO_TEST_CASE(the_table_of_2018_has_its_eight_profiles_and_totals) {
    const auto table = account::who_votes_where(rules_of_2018());
    BOOST_TEST(table["instances"].size() == 10U);
    BOOST_TEST(table["rows"].size() == 8U);
    BOOST_TEST(totals_of(table) == "3 3 5 5 4 2 6 4 ");
}

BOOST_AUTO_TEST_CASE(a_rule_for_everybody_adds_to_each_and_one_of_a_place_says_so) {
    auto rules = rules_of_2018();
    rules.push_back({"", "", "", "", "CSA MEN"});
    rules.push_back({"PES", "", "poitiers", "", "CCMA"});
    const auto table = account::who_votes_where(rules);
    BOOST_TEST(table["instances"].size() == 12U);
    BOOST_TEST(totals_of(table) == "4 4 6 6 5 3 à 4 7 5 ");
    BOOST_TEST(table["rows"][5]["cells"][11]["depends"] == true);
}

BOOST_AUTO_TEST_CASE(a_corps_with_a_rule_of_its_own_has_its_row) {
    const auto table = account::who_votes_where({{"PE", "", "", "", "CAPD"}, {"PE", "Instituteur", "", "", "CAPN"}});
    BOOST_REQUIRE(table["rows"].size() == 2U);
    BOOST_TEST(table["rows"][0]["personnel"] == "PE");
    BOOST_TEST(table["rows"][1]["personnel"] == "PE, Instituteur");
    BOOST_TEST(totals_of(table) == "1 2 ");
    BOOST_TEST(account::who_votes_where({{"", "", "", "", "CSA MEN"}})["rows"][0]["personnel"] == "Tous les personnels");
    BOOST_TEST(account::who_votes_where({})["rows"].empty());
}

// F25: what the import changes shows.
BOOST_FIXTURE_TEST_CASE(the_page_follows_the_import, test::AccountFixture) {
    admin().execute("INSERT INTO eligibility_rule VALUES (1, 'PES', '', '', '', 'CSA MEN', '')");
    admin().execute("UPDATE election SET data_version = data_version + 1");
    BOOST_TEST(portal.get("/qui-vote-ou").has("CSA MEN"));
    admin().execute("INSERT INTO eligibility_rule VALUES (2, 'PES', '', '', '', 'Septième', '')");
    admin().execute("UPDATE election SET data_version = data_version + 1");
    BOOST_TEST(portal.get("/qui-vote-ou").has("Septième"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace who_votes_where_tests
