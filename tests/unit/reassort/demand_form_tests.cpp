// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading what people type: forgiven forms, and the sentence for each other one.
#include "reassort/demand_form.hpp"

#include <boost/test/unit_test.hpp>

namespace demand_form_tests {

namespace {

std::string told(const reassort::Typed& typed, const char* field) {
    web::FormErrors errors;
    BOOST_TEST(!reassort::read_demand(typed, false, {}, errors).has_value());
    const auto messages = errors.of(field);
    return messages.empty() ? "" : messages[0];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(demand_form_tests)

BOOST_AUTO_TEST_CASE(usual_writings_are_forgiven) {
    web::FormErrors errors;
    const auto demand = reassort::read_demand({" 06.12.34.56.78", "13e-7654321 abc ", "28.2.1971", ""}, false, {}, errors);
    BOOST_REQUIRE(demand.has_value());
    BOOST_TEST(demand->to.address == "+33612345678");
    BOOST_TEST(demand->numen == "13E7654321ABC");
    BOOST_TEST(demand->birth_date == "1971-02-28");
}

BOOST_AUTO_TEST_CASE(each_field_has_its_own_sentence) {
    BOOST_TEST(told({"", "13E7654321ABC", "28/02/1971", ""}, "telephone").find("Exemple : 06 12") != std::string::npos);
    BOOST_TEST(told({"05 49 00 00 00", "13E7654321ABC", "28/02/1971", ""}, "telephone").find("téléphone fixe") !=
               std::string::npos);
    BOOST_TEST(told({"+1 202 555 0100", "13E7654321ABC", "28/02/1971", ""}, "telephone").find("indicatif") != std::string::npos);
    BOOST_TEST(told({"06 12 34", "13E7654321ABC", "28/02/1971", ""}, "telephone").find("complet") != std::string::npos);
    BOOST_TEST(told({"0612345678", "13E765", "28/02/1971", ""}, "numen").find("13 lettres et chiffres") != std::string::npos);
    BOOST_TEST(told({"0612345678", "13E7654321ABC", "le 3 mars", ""}, "naissance").find("jj/mm/aaaa") != std::string::npos);
    for (const char* no_day : {"29/02/1971", "31/02/1980", "00/01/1980", "12/13/1980", "01/01/2999"})
        BOOST_TEST(told({"0612345678", "13E7654321ABC", no_day, ""}, "naissance").find("Cette date n’existe pas") !=
                   std::string::npos);
}

BOOST_AUTO_TEST_CASE(all_faults_are_told_at_once) {
    web::FormErrors errors;
    BOOST_TEST(!reassort::read_demand({}, true, {}, errors).has_value());
    for (const char* field : {"telephone", "numen", "naissance", "reponse"}) BOOST_TEST(errors.of(field).size() == 1u, field);
}

BOOST_AUTO_TEST_CASE(an_answer_is_wanted_only_where_a_question_is_asked) {
    web::FormErrors errors;
    const reassort::Typed typed{"06 12 34 56 78", "13E7654321ABC", "28/02/1971", "  LA  Rochélle "};
    const auto asked = reassort::read_demand(typed, true, {}, errors);
    BOOST_REQUIRE(asked.has_value());
    BOOST_TEST(asked->answer == "la rochelle");
    const auto not_asked = reassort::read_demand(typed, false, {}, errors);
    BOOST_REQUIRE(not_asked.has_value());
    BOOST_TEST(not_asked->answer.empty());
}

BOOST_AUTO_TEST_CASE(a_number_is_kept_by_its_end_and_counted_by_its_prefix) {
    BOOST_TEST(reassort::phone_end("+33612345678") == "5678");
    web::FormErrors errors;
    const auto counted_by = [&](const char* phone, const std::vector<domain::PhoneCountry>& declared = {}) {
        return reassort::read_demand({phone, "13E7654321ABC", "28/02/1971", ""}, false, declared, errors).value().to;
    };
    BOOST_TEST(counted_by("06 12 34 56 78").prefix == "+33");
    BOOST_TEST(counted_by("+262692123456").prefix == "+262");
    const auto belgian = counted_by("+32 470 12 34 56", {{"+32", "Belgique"}});
    BOOST_TEST(belgian.prefix == "+32");
    BOOST_TEST(belgian.abroad);
}

BOOST_AUTO_TEST_CASE(a_temporary_code_goes_to_a_mobile_or_to_an_address_that_is_not_the_professional_one) {
    const auto read = [](const char* destination, web::FormErrors& errors) {
        return reassort::read_temporary_demand({"", "13E7654321ABC", "28/02/1971", "niort", destination}, "zoe@ac-poitiers.example",
                                               {}, errors);
    };
    web::FormErrors none;
    const auto phone = read("06 12 34 56 78", none), mail = read(" Zoe.Martin@Exemple.fr", none);
    BOOST_TEST_REQUIRE((phone.has_value() && mail.has_value()));
    BOOST_TEST(phone->to.address == "+33612345678");
    BOOST_TEST(phone->to.prefix == "+33");
    BOOST_TEST(!phone->to.is_mail);
    BOOST_TEST(mail->to.address == "zoe.martin@exemple.fr");
    BOOST_TEST(mail->to.is_mail);
    BOOST_TEST(reassort::destination_words(phone->to) == "au numéro se terminant par 5678");
    BOOST_TEST(reassort::destination_words(mail->to) == "à l’adresse z…@exemple.fr");
    BOOST_TEST(reassort::destination_words({true, "élise@exemple.fr", {}, false}) == "à l’adresse é…@exemple.fr");
    for (const auto& [typed, word] :
         std::vector<std::pair<const char*, const char*>>{{"", "ou une adresse personnelle"},
                                                          {"ZOE@ac-poitiers.example", "adresse professionnelle"},
                                                          {"zoe@", "pas complète"},
                                                          {"05 49 00 00 00", "téléphone fixe"},
                                                          {"zoe.martin", "pas complet"}}) {
        web::FormErrors errors;
        BOOST_TEST(!read(typed, errors).has_value(), typed);
        BOOST_TEST_REQUIRE(errors.of("destination").size() == 1u);
        BOOST_TEST(errors.of("destination")[0].find(word) != std::string::npos, typed);
    }
}

BOOST_AUTO_TEST_CASE(the_refusal_of_a_country_names_those_that_are_declared) {
    web::FormErrors errors;
    const std::vector<domain::PhoneCountry> declared{{"+32", "Belgique"}, {"+212", "Maroc"}};
    BOOST_TEST(!reassort::read_demand({"+1 202 555 0100", "13E7654321ABC", "28/02/1971", ""}, false, declared, errors));
    BOOST_TEST(errors.of("telephone")[0].find("Belgique (+32), Maroc (+212)") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace demand_form_tests
