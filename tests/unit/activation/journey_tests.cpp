// SPDX-License-Identifier: AGPL-3.0-or-later
#include "activation/journey.hpp"

#include <boost/test/unit_test.hpp>

namespace journey_tests {

namespace {
const util::Instant k_now{std::chrono::seconds{1'800'000'000}};
}

BOOST_AUTO_TEST_SUITE(journey_tests)

BOOST_AUTO_TEST_CASE(a_journey_is_read_as_it_was_written) {
    const activation::Journey journey{domain::VoterId{7}, activation::Purpose::reset, k_now, "$argon2id$…"};
    const auto read = activation::journey_of(activation::to_data(journey), k_now - std::chrono::seconds{1});
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->voter.value == 7U);
    BOOST_TEST((read->purpose == activation::Purpose::reset));
    BOOST_TEST((read->until == k_now));
    BOOST_TEST(read->password_hash == "$argon2id$…");
}

BOOST_AUTO_TEST_CASE(a_journey_ends_on_its_second) {
    const activation::Journey journey{domain::VoterId{7}, activation::Purpose::activation, k_now, ""};
    BOOST_TEST(!activation::journey_of(activation::to_data(journey), k_now).has_value());
    BOOST_TEST(!activation::journey_of(util::Json::object(), k_now).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_waited_for_is_read_as_it_was_written) {
    const auto read = activation::waiting_of(activation::to_data(activation::Waiting{"Zoé@x", k_now, true, true}));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->typed == "Zoé@x");
    BOOST_TEST((read->asked_at == k_now));
    BOOST_TEST(read->forgotten);
    BOOST_TEST(read->limited);
    BOOST_TEST(!activation::waiting_of(util::Json::object()).has_value());
}

BOOST_AUTO_TEST_CASE(the_longest_address_fits_the_session) {
    std::string longest;
    for (int i = 0; i < 254; ++i) longest += "\xF0\x9F\x93\xAB";  // 4 bytes
    BOOST_TEST(activation::to_data(activation::Waiting{longest, k_now, true, true}).dump().size() <= 2000U);
    BOOST_TEST(activation::to_data(activation::Waiting{std::string(254, '"'), k_now, true, true}).dump().size() <= 2000U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace journey_tests
