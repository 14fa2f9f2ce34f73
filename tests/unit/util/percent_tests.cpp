// SPDX-License-Identifier: AGPL-3.0-or-later
// Text inside an address: every byte, and what a caller lets through besides.
#include <boost/test/unit_test.hpp>

#include "util/percent.hpp"

namespace percent_tests {

using util::percent_escaped;

BOOST_AUTO_TEST_SUITE(percent)

BOOST_AUTO_TEST_CASE(what_is_plain_stays_and_every_other_byte_is_escaped) {
    const std::string plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    BOOST_TEST(percent_escaped(plain) == plain);
    for (int byte = 0; byte < 256; ++byte) {
        const std::string one(1, static_cast<char>(byte));
        const bool is_plain = plain.find(one) != std::string::npos;
        const std::string escaped = percent_escaped(one);
        BOOST_TEST(escaped.size() == (is_plain ? 1 : 3), byte);
        if (!is_plain) BOOST_TEST(std::stoi(escaped.substr(1), nullptr, 16) == byte);
    }
    BOOST_TEST(percent_escaped("") == "");
    BOOST_TEST(percent_escaped("é/1 ?") == "%C3%A9%2F1%20%3F");
    BOOST_TEST(percent_escaped("/scrutins?a=b", "/") == "/scrutins%3Fa%3Db");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace percent_tests
