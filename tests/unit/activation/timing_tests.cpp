// SPDX-License-Identifier: AGPL-3.0-or-later
// SEC-26: an address that is known takes as long as one that is not. Asked in pairs, so that a slow moment of the machine
// weighs on both; the median of the differences is compared.
#include "activation/activation_fixture.hpp"
#include "support/timing.hpp"

namespace timing_tests {

BOOST_FIXTURE_TEST_SUITE(timing_tests, test::ActivationFixture)

BOOST_AUTO_TEST_CASE(known_and_unknown_addresses_take_the_same_time) {
    constexpr unsigned k_pairs = 300;
    for (unsigned i = 0; i < k_pairs; ++i) portal.add_voter(1000 + i, "known" + std::to_string(i) + "@ac-poitiers.example");
    portal.get("/portail/identification.htm");
    unsigned asked = 0;
    const double best = test::median_difference(k_pairs, "known", "other", 1.0, [&](const std::string& name, unsigned i) {
        BOOST_REQUIRE(ask(name + std::to_string(i) + "@ac-poitiers.example").status == 303);
        asked += name == "known";
    });
    BOOST_TEST_MESSAGE("median difference: " << best << " ms");
    BOOST_TEST(std::abs(best) < 1.0);
    BOOST_TEST(count("outbox") == asked);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace timing_tests
