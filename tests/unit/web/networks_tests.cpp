// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/networks.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace networks_tests {

using web::Networks;

BOOST_AUTO_TEST_SUITE(networks_tests)

BOOST_AUTO_TEST_CASE(an_undeclared_client_is_counted_with_its_neighbours) {
    const auto budget = Networks{}.budget("192.0.2.77", 300);
    BOOST_TEST(budget.network == "192.0.2.0/24");
    BOOST_TEST(budget.limit == 300U);
    BOOST_TEST(web::network_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
    BOOST_TEST(web::network_of("::ffff:192.0.2.77") == "192.0.2.0/24");
    BOOST_TEST(web::network_of("unix:") == "unix:");
}

BOOST_AUTO_TEST_CASE(a_declared_network_has_the_limit_of_its_people) {
    const auto networks = Networks::read({"193.54.0.0/16 20000", "193.54.7.0/24 6000", "2001:db8::/32 9000", "10.0.0.0/8 5"});
    BOOST_TEST(networks.budget("193.54.200.1", 300).network == "193.54.0.0/16");
    BOOST_TEST(networks.budget("193.54.200.1", 300).limit == 2000U);
    BOOST_TEST(networks.budget("193.54.7.9", 300).network == "193.54.7.0/24");  // the narrowest
    BOOST_TEST(networks.budget("193.54.7.9", 300).limit == 600U);
    BOOST_TEST(networks.budget("2001:db8:ffff::1", 300).limit == 900U);
    BOOST_TEST(networks.budget("10.1.2.3", 300).limit == 300U);  // never below
    BOOST_TEST(networks.budget("193.55.0.1", 300).network == "193.55.0.0/24");
    BOOST_TEST(networks.budget("not an address", 300).limit == 300U);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_none_is_refused_by_name) {
    for (const char* line :
         {"", "193.54.0.0", "193.54.0.0/16", "193.54.0.0 20000", "193.54.0.1/16 20000", "193.54.0.0/33 5", "193.54.0.0/4 5",
          "0.0.0.0/0 5", "2001:db8::/129 5", "::/0 5", "host/16 5", "193.54.0.0/16 0", "193.54.0.0/16 -1", "193.54.0.0/16 2000001",
          "193.54.0.0/16 many", "193.54.0.0/x 5", "193.54.0.0/16 5 5"})
        BOOST_CHECK_EXCEPTION(Networks::read({line}), std::runtime_error, [&](const std::runtime_error& error) {
            return std::string(error.what()).find(line) != std::string::npos;
        });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace networks_tests
