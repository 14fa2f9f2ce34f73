// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/sign_in.hpp"

#include <boost/test/unit_test.hpp>

namespace sign_in_tests {

BOOST_AUTO_TEST_SUITE(sign_in_tests)

BOOST_AUTO_TEST_CASE(the_delay_grows_from_the_fifth_try_and_never_becomes_a_lock) {
    const long expected[] = {0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900};
    for (unsigned failures = 0; failures < 12; ++failures) BOOST_TEST(account::delay_after(failures).count() == expected[failures]);
    BOOST_TEST(account::delay_after(65535).count() == 900);
}

BOOST_AUTO_TEST_CASE(only_paths_of_this_portal_are_followed) {
    BOOST_TEST(account::safe_path("/scrutins/ctm?page=2") == "/scrutins/ctm?page=2");
    BOOST_TEST(account::safe_path("/vote") == "/vote");
    for (const char* foreign : {"", "/", "//evil.example", "/\\evil.example", "https://evil.example", "evil", "/a b", "/a\r\nX: y",
                                "/é", "/connexion", "/connexion?suite=/x", "/deconnexion", "/%2F%2Fevil.example"})
        BOOST_TEST(account::safe_path(foreign) == "/espace", foreign);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sign_in_tests
