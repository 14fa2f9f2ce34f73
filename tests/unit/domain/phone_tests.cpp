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

}  // namespace phone_tests
