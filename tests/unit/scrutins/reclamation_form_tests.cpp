// SPDX-License-Identifier: AGPL-3.0-or-later
// What a réclamation accepts and what it says of the rest.
#include "scrutins/reclamation_form.hpp"

#include <boost/test/unit_test.hpp>

namespace reclamation_form_tests {

namespace {

std::vector<scrutins::MyScrutin> mine() {
    scrutins::MyScrutin my;
    my.scrutin.code = "ctm";
    return {my};
}

std::vector<std::string> faults(const scrutins::ReclamationForm& form, const char* field) {
    web::FormErrors errors;
    scrutins::check_reclamation(form, mine(), errors);
    return errors.of(field);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reclamation_form_tests)

BOOST_AUTO_TEST_CASE(a_whole_form_is_accepted_with_or_without_a_scrutin) {
    for (const char* code : {"", "ctm"}) {
        web::FormErrors errors;
        scrutins::check_reclamation({"profil", code, "Mon affectation."}, mine(), errors);
        BOOST_TEST(errors.empty());
    }
}

BOOST_AUTO_TEST_CASE(each_fault_is_told_at_its_field) {
    BOOST_TEST(faults({"", "", "x"}, "objet").size() == 1u);
    BOOST_TEST(faults({"autre", "", "x"}, "objet").size() == 1u);
    BOOST_TEST(faults({"profil", "capd-086", "x"}, "scrutin").size() == 1u);
    BOOST_TEST(faults({"profil", "", ""}, "texte").size() == 1u);
}

BOOST_AUTO_TEST_CASE(four_thousand_characters_are_the_limit_counted_as_people_count) {
    std::string text;
    for (int i = 0; i < 4000; ++i) text += "é";
    BOOST_TEST(faults({"profil", "", text}, "texte").empty());
    const auto told = faults({"profil", "", text + "é"}, "texte");
    BOOST_REQUIRE(told.size() == 1u);
    BOOST_TEST(told[0].find("4\u202f001") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(line_ends_are_single_and_ends_are_trimmed) {
    BOOST_TEST(scrutins::read_reclamation("profil", "", " \r\n a\r\nb\rc \r\n").body == "a\nb\nc");
    BOOST_TEST(scrutins::read_reclamation("profil", "", "\r\n \r\n").body.empty());
}

BOOST_AUTO_TEST_CASE(words_of_the_columns_have_words_for_people) {
    BOOST_TEST(scrutins::state_label("en_instruction") == "en instruction");
    BOOST_TEST(scrutins::state_label("rejetee") == "rejetée");
    BOOST_TEST(scrutins::object_label("liste_electorale") == "Une liste électorale");
    BOOST_TEST(scrutins::object_label("autre").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace reclamation_form_tests
