// SPDX-License-Identifier: AGPL-3.0-or-later
// What people type, made regular: addresses, NUMEN, birth dates.
#include "domain/identity.hpp"

#include <boost/test/unit_test.hpp>

namespace identity_tests {

using namespace domain;

namespace {
std::string address(std::string_view typed) { return normalise_address(typed).value_or("(refused)"); }
std::string numen(std::string_view typed) { return normalise_numen(typed).value_or("(refused)"); }
std::string date(std::string_view typed) { return normalise_birth_date(typed).value_or("(refused)"); }
}  // namespace

BOOST_AUTO_TEST_CASE(addresses_as_typed) {
    BOOST_TEST(address("Marie.Lagarde@AC-Poitiers.fr") == "marie.lagarde@ac-poitiers.fr");
    BOOST_TEST(address("  marie.lagarde @ac-poitiers.fr\t") == "marie.lagarde@ac-poitiers.fr");
    BOOST_TEST(address("mailto:marie.lagarde@ac-poitiers.fr?subject=x") == "marie.lagarde@ac-poitiers.fr");
    BOOST_TEST(address("jean.d’arc2@ac-rouen.fr") == "jean.d'arc2@ac-rouen.fr");
    BOOST_TEST(address("\u00a0agent@diplomatie.gouv.fr\u200b") == "agent@diplomatie.gouv.fr");
    for (const char* const wrong : {"", "marie", "marie@", "@ac-poitiers.fr", "a@b", "a@b@c.fr", "a@-b.fr", "a@b..fr", ".a@b.fr",
                                    "a,b@c.fr", "<a@b.fr>", "a\x01@b.fr", "a\xff@b.fr", "a@b.fr\r\nBcc:c@d.fr"}) {
        BOOST_TEST(address(wrong) == "(refused)", wrong);
    }
    BOOST_TEST(address(std::string(60, 'a') + "@" + std::string(60, 'b') + "." + std::string(60, 'c') + ".fr") != "(refused)");
    BOOST_TEST(address(std::string(64, 'a') + "@" + std::string(62, 'b') + "." + std::string(62, 'c') + ".fr") == "(refused)");
}

BOOST_AUTO_TEST_CASE(numen_as_typed) {
    BOOST_TEST(numen("12e3456789abc") == "12E3456789ABC");
    BOOST_TEST(numen(" 12E 345-6789 ABC ") == "12E3456789ABC");
    BOOST_TEST(numen("12E3456789AB") == "(refused)");
    BOOST_TEST(numen("12E3456789ABCD") == "(refused)");
    BOOST_TEST(numen("12E3456789AB!") == "(refused)");
}

BOOST_AUTO_TEST_CASE(birth_dates_as_typed) {
    for (const char* const typed :
         {"3/2/1971", "03/02/1971", "03.02.1971", "03-02-1971", "03021971", "1971-02-03", " 3 / 2 / 1971 "}) {
        BOOST_TEST(date(typed) == "1971-02-03", typed);
    }
    BOOST_TEST(date("29/02/1972") == "1972-02-29");
    for (const char* const wrong : {"29/02/1971", "31/04/1980", "0/1/1980", "1/13/1980", "3/2/71", "3/2", "03/02/1899",
                                    "03/02/2999", "trois février", "", "1971-2-3-4", "030219711"}) {
        BOOST_TEST(date(wrong) == "(refused)", wrong);
    }
}

BOOST_AUTO_TEST_CASE(the_check_joins_numen_and_date) {
    const std::string check = identity_check("pepper", "12E3456789ABC", "1971-02-03");
    BOOST_TEST(check.size() == 64U);
    BOOST_TEST(check != identity_check("pepper", "12E3456789ABC", "1971-02-04"));
    BOOST_TEST(check != identity_check("Pepper", "12E3456789ABC", "1971-02-03"));
}

}  // namespace identity_tests
