// SPDX-License-Identifier: AGPL-3.0-or-later
// A line of the roll before it is one: what the import and the desk's form check alike.
#include "domain/roll_line.hpp"

#include <boost/test/unit_test.hpp>

namespace roll_line_tests {

using namespace domain;
using Kind = LineRules::Fault::Kind;

namespace {

LineRules rules() {
    return {{{"poitiers", "Poitiers"}, {"rouen", "Rouen"}},
            {{"CTM", ScrutinLevel::national, ""},
             {"CAPD", ScrutinLevel::departemental, "079"},
             {"CAPD", ScrutinLevel::departemental, "086"},
             {"CTA", ScrutinLevel::academique, "rouen"}},
            {{"PE et instituteur", "", "", "", "CTM", "vous êtes {personnel}"},
             {"PE et instituteur", "", "", "", "CAPD", "académie de {academie}"},
             {"AESH", "", "rouen", "", "CTA", std::string(140, 'x') + " {corps}"}}};
}
LineTexts line(const char* personnel, const char* academie = "poitiers", const char* departement = "079",
               const char* corps = "PE") {
    LineTexts line;
    line.personnel = personnel, line.academie_code = academie, line.departement = departement, line.corps = corps;
    return line;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(roll_line_tests)

BOOST_AUTO_TEST_CASE(a_profile_has_its_scrutins_with_their_reasons) {
    const auto found = rules().of(line("PE et instituteur"));
    BOOST_TEST(found.faults.empty());
    BOOST_REQUIRE(found.rights.size() == 2u);
    BOOST_TEST(rules().reason_of(found.rights[0].rule, line("PE et instituteur")) == "vous êtes PE et instituteur");
    BOOST_TEST(rules().reason_of(found.rights[1].rule, line("PE et instituteur")) == "académie de Poitiers");
    BOOST_TEST(rules().profiles().size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_rules_cannot_give_names_the_column_that_decides) {
    auto found = rules().of(line("PE et instituteur", "poitiers", "076"));
    BOOST_REQUIRE(found.faults.size() == 1u);
    BOOST_TEST((found.faults[0].kind == Kind::no_scrutin));
    BOOST_TEST(found.faults[0].column == "departement");
    BOOST_TEST(rules().perimeters_of("CAPD").known.size() == 2u);
    BOOST_TEST(rules().perimeters_of("CTA").column == "academie");
    BOOST_TEST(rules().perimeters_of("CTM").column == "personnel");
    found = rules().of(line("PE et institutrice"));
    BOOST_REQUIRE(found.faults.size() == 1u);
    BOOST_TEST((found.faults[0].kind == Kind::no_rule));
    BOOST_TEST(found.nearest == "PE et instituteur");
    BOOST_TEST(rules().of(line("AESH", "rouen", "076", std::string(19, 'y').c_str())).faults.empty());  // 160 characters
    found = rules().of(line("AESH", "rouen", "076", std::string(20, 'y').c_str()));
    BOOST_REQUIRE(found.faults.size() == 1u);
    BOOST_TEST((found.faults[0].kind == Kind::long_reason));
    std::vector<ScrutinPlace> places;
    std::vector<EligibilityRule> many;
    for (const char instance : std::string("abcdefgh")) {
        places.push_back({std::string(1, instance), ScrutinLevel::national, ""});
        many.push_back({"", "", "", "", std::string(1, instance), "x"});
    }
    const auto eight = LineRules({}, places, many).of(line("PE"));
    BOOST_REQUIRE(eight.faults.size() == 1u);
    BOOST_TEST((eight.faults[0].kind == Kind::too_many));
}

BOOST_AUTO_TEST_CASE(a_detail_keeps_every_text_and_gives_none_for_what_is_none) {
    LineTexts written;
    for (const LineColumn& one : k_line_columns) written.*one.text = std::string("« ") + std::string(one.name) + " »\"\\";
    const auto read = line_in(util::parse_json(detail_of(written).dump()).value());
    for (const LineColumn& one : k_line_columns) BOOST_TEST((read.*one.text == written.*one.text));
    for (const char* detail : {"{}", "[]", "5", "null", "{\"email\":5,\"last_name\":[],\"corps\":null}"})
        for (const LineColumn& one : k_line_columns) BOOST_TEST((line_in(util::parse_json(detail).value()).*one.text).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace roll_line_tests
