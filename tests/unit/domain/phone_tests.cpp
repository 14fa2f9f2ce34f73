// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers of mobiles as people type them, and why others are refused.
#include "domain/phone.hpp"

#include <boost/test/unit_test.hpp>

namespace phone_tests {

using namespace domain;

namespace {
std::string phone(std::string_view typed) { return normalise_phone(typed).e164.value_or("(refused)"); }
bool refused_as(std::string_view typed, PhoneFault fault) {
    const Phone result = normalise_phone(typed);
    return !result.e164 && result.fault == fault;
}
}  // namespace

BOOST_AUTO_TEST_CASE(phones_as_typed) {
    BOOST_TEST(phone("06 12 34 56 78") == "+33612345678");
    BOOST_TEST(phone("07.12.34.56.78") == "+33712345678");
    BOOST_TEST(phone("+33 (0)6 12 34 56 78") == "+33612345678");
    BOOST_TEST(phone("0033612345678") == "+33612345678");
    BOOST_TEST(phone("0692 12 34 56") == "+262692123456");  // typed as at home, Réunion
    BOOST_TEST(phone("+262 692 12 34 56") == "+262692123456");
    BOOST_TEST(phone("+262639123456") == "+262639123456");
    BOOST_TEST(phone("0690123456") == "+590690123456");
    BOOST_TEST(phone("+594 694 12 34 56") == "+594694123456");
    BOOST_TEST(phone("+596696123456") == "+596696123456");
    BOOST_TEST(phone("+508 55 12 34") == "+508551234");
    BOOST_TEST(phone("00 687 75 12 34") == "+687751234");
    BOOST_TEST(phone("+689 87 12 34 56") == "+68987123456");
    BOOST_TEST(phone("+681 82 12 34") == "+681821234");
}

BOOST_AUTO_TEST_CASE(phones_refused_for_a_reason) {
    for (const char* const landline :
         {"05 49 12 34 56", "01 40 12 34 56", "09 12 34 56 78", "+262 262 12 34 56", "+687 25 12 34"}) {
        BOOST_TEST(refused_as(landline, PhoneFault::landline), landline);
    }
    for (const char* const abroad : {"+32 470 12 34 56", "+44 7700 900123", "+1 212 555 0100"}) {
        BOOST_TEST(refused_as(abroad, PhoneFault::prefix_not_allowed), abroad);
    }
    for (const char* const wrong :
         {"", "06 12 34 56", "06 12 34 56 789", "+", "+33", "0612345x78", "75 12 34", "+33 006 12 34 56 78"}) {
        BOOST_TEST(refused_as(wrong, PhoneFault::malformed), wrong);
    }
}

BOOST_AUTO_TEST_CASE(declared_countries_are_taken_and_no_other) {
    const std::vector<PhoneCountry> declared{{"+32", "Belgique"}, {"+39", "Italie"}, {"+212", "Maroc"}};
    const auto abroad = [&](std::string_view typed) { return normalise_phone(typed, declared); };
    BOOST_TEST(abroad("+32 470 12 34 56").e164.value() == "+32470123456");
    BOOST_TEST(abroad("0032 (0)470/12.34.56").e164.value() == "+32470123456");
    BOOST_TEST(abroad("+39 06 1234 5678").e164.value() == "+390612345678");  // a 0 that belongs to the number
    BOOST_TEST(abroad("+212612345678").prefix == "+212");
    BOOST_TEST(abroad("+212612345678").abroad);
    BOOST_TEST(!abroad("+33612345678").abroad);
    BOOST_TEST(abroad("+33612345678").prefix == "+33");
    BOOST_TEST(abroad("+262692123456").prefix == "+262");
    BOOST_TEST((abroad("+44 7700 900123").fault == PhoneFault::prefix_not_allowed));
    for (const char* const wrong : {"+32 470", "+32 4701 2345 6789 01", "+32"}) BOOST_TEST(!abroad(wrong).e164, wrong);
    BOOST_TEST((abroad("+33 5 49 12 34 56").fault == PhoneFault::landline));
}

BOOST_AUTO_TEST_CASE(a_country_is_declared_with_its_name) {
    BOOST_TEST(read_phone_country("+32 Belgique")->prefix == "+32");
    BOOST_TEST(read_phone_country("+225 Côte d’Ivoire")->name == "Côte d’Ivoire");
    for (const char* const wrong : {"", "+32", "32 Belgique", "+ Belgique", "+0 Rien", "+1234 Trop", "+3x Belgique", "+33 France",
                                    "+3 Europe", "+262 Réunion", "+2 Afrique", "+6871 Nouméa", "+32 "})
        BOOST_TEST(!read_phone_country(wrong).has_value(), wrong);
}

}  // namespace phone_tests
