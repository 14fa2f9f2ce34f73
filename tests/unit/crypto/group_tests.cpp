// SPDX-License-Identifier: AGPL-3.0-or-later
// Group laws, the constant-time operations against the variable-time ones, and the elements that must not enter (sections 1.1,
// 1.2).
#include "crypto/groups.hpp"

#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include <cctype>
#include <set>

#include "crypto/hash.hpp"

namespace group_tests {

using crypto::Belenios2048;
using crypto::Ed25519;
using crypto::Toy607;
using Groups = boost::mpl::list<Toy607, Belenios2048, Ed25519>;

BOOST_AUTO_TEST_SUITE(group_tests)

BOOST_AUTO_TEST_CASE(published_parameters_have_their_published_hashes) {
    using P = crypto::Belenios2048Params;
    BOOST_TEST(crypto::sha_hex(P::k_g) == "96649bff87fad6b5f819ba03df4f32759730a48fd8795c98d2d70bb84151f3ec");
    BOOST_TEST(crypto::sha_hex(P::k_p) == "ef7979cebad81edd3a952d8005c6a18a57600586e6fe6086947b4988475d007f");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(powers_follow_the_laws, G, Groups) {
    using S = typename G::Scalar;
    const auto& g = G::generator();
    BOOST_TEST(G::is_member_var(g));
    BOOST_TEST(G::equal(G::multiply(g, G::inverse_generator()), G::identity()));
    for (int round = 0; round < 5; ++round) {
        const S s = S::random(), t = S::random();
        const auto a = G::power_var(g, s);
        BOOST_TEST(G::is_member_var(a));
        BOOST_TEST(G::equal(G::generator_power_secret(s), a));
        BOOST_TEST(G::generator_power_text_secret(s) == G::encode(a));
        BOOST_TEST(G::equal(G::power_secret(a, t), G::power_var(g, s * t)));
        BOOST_TEST(G::equal(G::power2_var(g, s, a, t), G::power_var(g, s + s * t)));
        BOOST_TEST(G::equal(G::masked_power_secret(a, t, s), G::power_var(g, s * t + s)));
        BOOST_TEST(G::product_text_secret(a, g, t).view() == G::encode(G::multiply(a, G::power_var(g, t))));
        BOOST_TEST(G::product_text_secret(G::power_var(g, s * t), a, -t).view() == G::encode(G::identity()));
        BOOST_TEST(G::equal(G::multiply(a, G::invert_var(a)), G::identity()));
        BOOST_TEST(G::equal(*G::decode_var(G::encode(a)), a));
        BOOST_TEST((G::encode_all({a, g, a}) == std::vector<std::string>{G::encode(a), G::encode(g), G::encode(a)}));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(zero_and_identity_are_no_special_case, G, Groups) {
    using S = typename G::Scalar;
    const S zero, one = S::from(1), last = -one, some = S::random();
    const auto &g = G::generator(), e = G::identity();
    BOOST_TEST(G::is_member_var(e));
    BOOST_TEST(G::equal(G::power_var(g, zero), e));
    BOOST_TEST(G::equal(G::power_var(e, some), e));
    BOOST_TEST(G::equal(G::generator_power_secret(zero), e));
    BOOST_TEST(G::equal(G::power_secret(g, zero), e));
    BOOST_TEST(G::equal(G::power_secret(e, some), e));
    BOOST_TEST(G::equal(G::masked_power_secret(g, zero, zero), e));
    BOOST_TEST(G::equal(G::masked_power_secret(g, last, one), e));
    BOOST_TEST(G::equal(G::masked_power_secret(e, some, one), g));
    BOOST_TEST(G::equal(G::power2_var(g, one, g, last), e));
    BOOST_TEST(G::product_text_secret(e, g, zero).view() == G::encode(e));
    BOOST_TEST(G::product_text_secret(g, e, some).view() == G::encode(g));
    BOOST_TEST(G::product_text_secret(g, g, one).view() == G::encode(G::multiply(g, g)));
    BOOST_TEST(G::equal(G::multiply(G::power_var(g, last), g), e));
    BOOST_TEST(crypto::parse_member<G>(G::encode(e)).has_value());
    BOOST_TEST(!crypto::parse_key<G>(G::encode(e)).has_value());
}

BOOST_AUTO_TEST_CASE(toy_members_are_exactly_the_powers_of_the_generator) {
    std::set<std::string> powers;
    for (std::uint64_t i = 0; i < 101; ++i)
        powers.insert(Toy607::encode(Toy607::power_var(Toy607::generator(), Toy607::Scalar::from(i))));
    BOOST_TEST(powers.size() == 101u);
    for (int x = 0; x < 700; ++x)
        BOOST_TEST(crypto::parse_member<Toy607>(std::to_string(x)).has_value() == (powers.count(std::to_string(x)) != 0));
}

BOOST_AUTO_TEST_CASE(large_group_refuses_other_writings_and_other_orders) {
    using G = Belenios2048;
    const std::string g = G::encode(G::generator()), p(crypto::Belenios2048Params::k_p);
    std::string minus_one = p;
    minus_one.back() = '8';  // p ends with 9
    BOOST_TEST(G::decode_var(minus_one).has_value());
    BOOST_TEST(!crypto::parse_member<G>(minus_one).has_value());  // order two
    for (const std::string& text :
         {std::string(), std::string("0"), "0" + g, "+" + g, " " + g, g + " ", p, p + "1", "-" + g, std::string("0x40")})
        BOOST_TEST(!G::decode_var(text).has_value());
    BOOST_TEST(!crypto::parse_member<G>("2").has_value());
}

// y-coordinates and sign of the eight points whose order divides 8, and what a reader must do with them.
BOOST_AUTO_TEST_CASE(ed25519_small_orders_and_mixed_points_are_refused) {
    using G = Ed25519;
    const auto encode = [](const Ed25519::Element& p) { return G::encode(p); };
    const std::string order2 = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";
    const std::string order4 = std::string(64, '0'), order4b = "8" + std::string(63, '0');
    // Two of the four points of order eight.
    const std::string order8b = "85fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826";
    const std::string order8 = "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7";
    for (const auto& text : {order2, order4, order4b, order8, order8b}) {
        const auto small = G::decode_var(text);
        BOOST_REQUIRE(small.has_value());
        BOOST_TEST(encode(*small) == text);
        BOOST_TEST(!G::is_member_var(*small));
        const auto eight = crypto::ed25519::twice(crypto::ed25519::twice(crypto::ed25519::twice(*small)));
        BOOST_TEST(crypto::ed25519::is_identity(eight));
        for (std::uint64_t k = 1; k < 20; ++k) {
            const auto mixed = G::multiply(*small, G::power_var(G::generator(), G::Scalar::from(k)));
            BOOST_TEST(!G::is_member_var(mixed));
            BOOST_TEST(!crypto::parse_member<G>(encode(mixed)).has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(ed25519_has_one_writing_per_point) {
    using G = Ed25519;
    const std::string b = "6666666666666666666666666666666666666666666666666666666666666658";
    BOOST_TEST(G::encode(G::generator()) == b);
    BOOST_TEST(G::encode(G::identity()) == std::string(63, '0') + "1");
    std::string reversed;
    for (std::size_t i = 64; i > 0; i -= 2) reversed += b.substr(i - 2, 2);
    const std::string k_refused[] = {
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee",  // y = p + 1: identity again
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed",  // y = p
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",  // y = p + 18
        "8" + std::string(62, '0') + "1",                                    // identity with the sign bit
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",  // order two with the sign bit
        "666666666666666666666666666666666666666666666666666666666666665",
        b + "6",
        "",
        std::string(63, '0') + "2",  // not on the curve
        "666666666666666666666666666666666666666666666666666666666666665G"};
    for (const auto& text : k_refused) BOOST_TEST(!G::decode_var(text).has_value(), text);
    BOOST_TEST(!crypto::parse_member<G>(reversed).has_value());
    const std::string high = G::encode(G::power_var(G::generator(), G::Scalar::from(3)));
    std::string upper = high;
    for (auto& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    BOOST_TEST(upper != high);
    BOOST_TEST(!G::decode_var(upper).has_value());
}

// The field of the curve on its edges: limbs at their largest, values at p.
BOOST_AUTO_TEST_CASE(field_edges) {
    using namespace crypto::ed25519;
    const Field minus_one = field_from(0) - field_from(1);
    BOOST_TEST(equal(square(minus_one), field_from(1)));
    BOOST_TEST(equal(invert(minus_one), minus_one));
    BOOST_TEST(equal(square(k_sqrt_minus_one), minus_one));
    BOOST_TEST(equal(k_d * field_from(121666) + field_from(121665), field_from(0)));
    BOOST_TEST(is_zero(Field{{k_mask51 - 18, k_mask51, k_mask51, k_mask51, k_mask51}}));  // p itself
    const std::uint64_t big = (std::uint64_t{1} << 54) - 1;
    const Field widest{{big, big, big, big, big}};
    const Field narrow = from_limbs(to_limbs(widest));
    BOOST_TEST(equal(widest * widest, narrow * narrow));
    BOOST_TEST(equal(square(widest), narrow * narrow));
    BOOST_TEST(is_zero(invert(field_from(0))));
    // Comparison of values left unreduced on either side.
    for (std::uint64_t n = 0; n < 3; ++n) {
        const Field wide = field_from(n) - field_from(1), small = field_from(n + 5) - field_from(6);
        BOOST_TEST(equal(wide, small));
        BOOST_TEST(equal(small, from_limbs(to_limbs(wide))));
        BOOST_TEST(!equal(wide, wide + field_from(1)));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace group_tests
