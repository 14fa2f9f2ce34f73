// SPDX-License-Identifier: AGPL-3.0-or-later
// References as people paste them.
#include "scrutins/ballot_reference.hpp"

#include <boost/test/unit_test.hpp>

#include "util/bytes.hpp"

namespace ballot_reference_tests {

BOOST_AUTO_TEST_SUITE(ballot_reference_tests)

BOOST_AUTO_TEST_CASE(a_reference_is_the_hash_in_base64) {
    const std::string hash = util::sha256("un bulletin");
    BOOST_TEST(*scrutins::ballot_hash_of(util::to_base64_unpadded(hash)) == util::to_hex(hash));
}

BOOST_AUTO_TEST_CASE(blanks_line_ends_and_padding_are_forgiven) {
    const std::string hash = util::sha256("un autre bulletin");
    std::string typed = "  " + util::to_base64_unpadded(hash) + "=\r\n";
    typed.insert(12, " ");
    BOOST_TEST(*scrutins::ballot_hash_of(typed) == util::to_hex(hash));
}

BOOST_AUTO_TEST_CASE(anything_else_is_refused) {
    const std::string good = util::to_base64_unpadded(util::sha256("x"));
    for (const std::string& bad :
         {std::string(), good.substr(1), good + "A", std::string(43, '!'), "=" + good.substr(1), good + "=="}) {
        BOOST_TEST(!scrutins::ballot_hash_of(bad).has_value(), bad);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ballot_reference_tests
