// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/scalar.hpp"

#include <boost/test/unit_test.hpp>

#include "crypto/ed25519/group.hpp"
#include "crypto/prime/group.hpp"

namespace scalar_tests {

using Toy = crypto::Toy607::Scalar;
using Large = crypto::Belenios2048::Scalar;
using Ed = crypto::Ed25519::Scalar;

BOOST_AUTO_TEST_SUITE(scalar_tests)

BOOST_AUTO_TEST_CASE(every_pair_of_the_small_field_is_right) {
    for (std::uint64_t a = 0; a < 101; ++a)
        for (std::uint64_t b = 0; b < 101; ++b) {
            BOOST_REQUIRE(Toy::from(a) + Toy::from(b) == Toy::from((a + b) % 101));
            BOOST_REQUIRE(Toy::from(a) - Toy::from(b) == Toy::from((a + 101 - b) % 101));
            BOOST_REQUIRE(Toy::from(a) * Toy::from(b) == Toy::from(a * b % 101));
        }
}

BOOST_AUTO_TEST_CASE(decimal_writing_is_canonical_and_below_q) {
    for (const char* text :
         {"0", "1", "10000000000000000000", "7237005577332262213973186563042994240857116359379907606001950938285454250988"})
        BOOST_TEST(Ed::parse(text)->text() == text);
    for (const char* text : {"", "00", "01", "+1", "-1", " 1", "1 ", "0x1", "1e3", "٣",
                             "7237005577332262213973186563042994240857116359379907606001950938285454250989",
                             "115792089237316195423570985008687907853269984665640564039457584007913129639936",
                             "999999999999999999999999999999999999999999999999999999999999999999999999999999999"})
        BOOST_TEST(!Ed::parse(text).has_value());
    BOOST_TEST(Toy::parse("100").has_value());
    BOOST_TEST(!Toy::parse("101").has_value());
}

template <class S>
void check_field_laws() {
    for (int round = 0; round < 200; ++round) {
        const S a = S::random(), b = S::random(), c = S::random();
        BOOST_REQUIRE((a + b) * c == a * c + b * c);
        BOOST_REQUIRE(a - b + b == a);
        BOOST_REQUIRE(S::parse(a.text()) == a);
        if (!a.is_zero()) BOOST_REQUIRE(a * a.inverse() == S::from(1));
        BOOST_REQUIRE(S::select(a, b, 0) == a && S::select(a, b, 1) == b);
    }
    // (q-1)^2 = 1, (q-1) + (q-1) = q-2.
    const S last = -S::from(1);
    BOOST_TEST((last * last == S::from(1)));
    BOOST_TEST((last + last == -S::from(2)));
}

BOOST_AUTO_TEST_CASE(field_laws_hold) {
    check_field_laws<Toy>();
    check_field_laws<Large>();
    check_field_laws<Ed>();
}

BOOST_AUTO_TEST_CASE(reduction_of_bytes_is_big_endian) {
    BOOST_TEST(Ed::reduce(std::string("\x01\x00", 2)).text() == "256");
    // 2^256 - 1 and 2^512 - 1 mod q, computed with Python.
    BOOST_TEST(Large::reduce(std::string(32, '\xff')).text() ==
               "37220355986244310343643325196016457731448563407231769427947502088107506416494");
    BOOST_TEST(Ed::reduce_wide(std::string(64, '\xff')).text() ==
               "1627715501170711445284395025044413883736156588369414752970002579683115011840");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace scalar_tests
