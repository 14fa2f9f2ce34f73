// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/bytes.hpp"

#include <boost/test/unit_test.hpp>

namespace bytes_tests {

BOOST_AUTO_TEST_SUITE(bytes_tests)

BOOST_AUTO_TEST_CASE(hexadecimal_goes_and_comes_back) {
    const std::string bytes("\x00\x7f\xff\x0a", 4);
    BOOST_TEST(util::to_hex(bytes) == "007fff0a");
    BOOST_TEST((util::from_hex("007fff0a") == bytes));
    BOOST_TEST(!util::from_hex("0"));
    BOOST_TEST(!util::from_hex("0A"));
    BOOST_TEST(!util::from_hex("0g"));
}

BOOST_AUTO_TEST_CASE(base64_has_no_padding_and_refuses_what_it_did_not_write) {
    BOOST_TEST(util::to_base64_unpadded("f") == "Zg");
    BOOST_TEST(util::to_base64_unpadded("foobar") == "Zm9vYmFy");
    BOOST_TEST(util::to_base64url("\xfb\xff") == "-_8");
    BOOST_TEST((util::from_base64url("-_8") == std::string("\xfb\xff")));
    BOOST_TEST(!util::from_base64url("+/8"));
    BOOST_TEST(!util::from_base64url("-_8="));
    BOOST_TEST(!util::from_base64url("-_9"));  // bits left over
}

BOOST_AUTO_TEST_CASE(hashes_are_those_of_the_standards) {
    // FIPS 180-4 example; RFC 4231, test cases 2 and 7: a key longer than a block.
    BOOST_TEST(util::sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    BOOST_TEST(util::to_hex(util::hmac_sha256("Jefe", "what do ya want for nothing?")) ==
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    BOOST_TEST(util::to_hex(
                   util::hmac_sha256(std::string(131, '\xaa'),
                                     "This is a test using a larger than block-size key and a larger than block-size data. The key "
                                     "needs to be hashed before being used by the HMAC algorithm.")) ==
               "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

BOOST_AUTO_TEST_CASE(comparison_sees_every_byte_and_the_length) {
    BOOST_TEST(util::equal_constant_time("abc", "abc"));
    BOOST_TEST(!util::equal_constant_time("abc", "abd"));
    BOOST_TEST(!util::equal_constant_time("abc", "abcd"));
    BOOST_TEST(util::equal_constant_time("", ""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bytes_tests
