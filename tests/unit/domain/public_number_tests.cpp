// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers told to a person.
#include "domain/public_number.hpp"

#include <boost/test/unit_test.hpp>

namespace public_number_tests {

using namespace domain;

BOOST_AUTO_TEST_CASE(public_numbers_fit_their_column) {
    const std::string number = make_public_number('R');
    BOOST_TEST(number.size() == 11U);
    BOOST_TEST((number[0] == 'R' && number[1] == '-' && number[6] == '-'));
    BOOST_TEST(number != make_public_number('R'));
}

}  // namespace public_number_tests
