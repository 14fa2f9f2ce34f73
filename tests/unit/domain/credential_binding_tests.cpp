// SPDX-License-Identifier: AGPL-3.0-or-later
// The name under which the vote worker finds a public credential.
#include "domain/credential_binding.hpp"

#include <boost/test/unit_test.hpp>

namespace credential_binding_tests {

using namespace domain;

BOOST_AUTO_TEST_CASE(a_binding_is_of_one_elector_in_one_scrutin) {
    const std::string binding = credential_binding("key", "uuid", 7);
    BOOST_TEST(binding.size() == 64U);
    BOOST_TEST(binding == credential_binding("key", "uuid", 7));
    BOOST_TEST(binding != credential_binding("key", "uuid", 8));
    BOOST_TEST(binding != credential_binding("key", "uuie", 7));
    BOOST_TEST(binding != credential_binding("kez", "uuid", 7));
}

}  // namespace credential_binding_tests
