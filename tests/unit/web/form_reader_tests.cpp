// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/form_reader.hpp"

#include <boost/test/unit_test.hpp>

namespace form_reader_tests {

using web::Field;

BOOST_AUTO_TEST_SUITE(form_reader_tests)

BOOST_AUTO_TEST_CASE(a_form_is_read_with_its_accents_and_signs) {
    const auto form = web::read_form("nom=%C3%89lo%C3%AFse+D%27Ornano&vide=&signe=%2B%26%3D");
    BOOST_REQUIRE(form);
    BOOST_TEST(form->at("nom") == "Éloïse D'Ornano");
    BOOST_TEST(form->at("vide") == "");
    BOOST_TEST(form->at("signe") == "+&=");
    BOOST_TEST(web::read_form("")->empty());
}

BOOST_AUTO_TEST_CASE(what_cgicc_lets_through_is_refused) {
    BOOST_TEST(!web::read_form("a=1&a=2"));  // twice
    BOOST_TEST(!web::read_form("a=%00"));    // NUL
    BOOST_TEST(!web::read_form("a=%ff"));    // not UTF-8
    BOOST_TEST(!web::read_form("%ff=a"));
    std::string many = "a0=1";
    for (int i = 1; i < 300; ++i) many += "&a" + std::to_string(i) + "=1";
    BOOST_TEST(!web::read_form(many));
}

BOOST_AUTO_TEST_CASE(fields_keep_their_rules) {
    const std::vector<Field> fields{{"line", 5},
                                    {"text", 9, Field::Rule::text, Field::Need::optional},
                                    {"ascii", 4, Field::Rule::ascii, Field::Need::optional}};
    const auto holds = [&](const web::Request::Pairs& pairs) { return web::check_fields(pairs, fields, {"csrf"}).has_value(); };
    BOOST_TEST(holds({{"line", "ééééé"}}));
    BOOST_TEST(holds({{"line", ""}, {"csrf", "x"}}));
    BOOST_TEST(!holds({{"line", "éééééé"}}));
    BOOST_TEST(!holds({{"line", "a\nb"}}));
    BOOST_TEST(!holds({{"text", "a"}}));  // line is missing
    BOOST_TEST(!holds({{"line", "a"}, {"other", "a"}}));
    BOOST_TEST(holds({{"line", "a"}, {"text", "a\r\n\tb"}}));
    BOOST_TEST(!holds({{"line", "a"}, {"text", "a\x1b"}}));
    BOOST_TEST(!holds({{"line", "a"}, {"ascii", "é"}}));
}

BOOST_AUTO_TEST_CASE(paths_are_decoded_once) {
    BOOST_TEST(*web::decode_path("/a%20b?c=d") == "/a b");
    BOOST_TEST(*web::decode_path("/%2541") == "/%41");
    for (const char* bad : {"a", "/%", "/%4", "/%zz", "/%00", "/%ff", ""}) BOOST_TEST(!web::decode_path(bad), bad);
}

BOOST_AUTO_TEST_CASE(what_a_sentence_puts_after_a_path_is_none_of_it) {
    for (const char* typed : {"/aide.", "/aide>", "/aide).", "/aide »", "/aide\"", "/aide\xc2\xa0»,"})
        BOOST_TEST(web::path_meant(typed) == "/aide", typed);
    for (const char* other : {"/aide", "/aide/", "//evil.example>", "/a\r\nSet-Cookie: x>", "/é>", ">", "..."})
        BOOST_TEST(web::path_meant(other).empty(), other);
}

BOOST_AUTO_TEST_CASE(cookies_are_split_and_nothing_more) {
    const auto cookies = web::read_cookies("a=1; __Host-portail=x%20y;b");
    BOOST_TEST(cookies.at("__Host-portail") == "x%20y");
    BOOST_TEST(cookies.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace form_reader_tests
