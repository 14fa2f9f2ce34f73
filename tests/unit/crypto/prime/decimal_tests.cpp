// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers of the prime groups as archives write them: decimal, below p, against OpenSSL's writing.
#include "crypto/prime/decimal.hpp"

#include "crypto/prime/numbers.hpp"

namespace decimal_tests {

using crypto::Belenios2048;
using crypto::BigNumber;
using crypto::Toy607;
using crypto::prime::Words;
using test::constants_of;
using test::Groups;
using test::numbers;
using test::ParamsOf;

BOOST_AUTO_TEST_SUITE(prime_decimal_tests)

BOOST_AUTO_TEST_CASE(decimal_writing_agrees_with_openssl) {
    std::vector<BigNumber> list = numbers<Belenios2048>();
    for (const auto& x : numbers<Toy607>()) list.push_back(x);
    list.emplace_back();  // zero
    BigNumber power;
    BN_one(power.get());
    for (int i = 0; i < 32; ++i) {  // around the powers of 10^19
        BN_mul_word(power.get(), 10'000'000'000'000'000'000u);
        for (int d = -1; d <= 1; ++d) {
            BigNumber near = power;
            d < 0 ? BN_sub_word(near.get(), 1) : BN_add_word(near.get(), static_cast<BN_ULONG>(d));
            list.push_back(near);
        }
    }
    for (int bits = 1; bits <= 2048; bits += 63) {
        BigNumber random;
        BN_rand(random.get(), bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY);
        list.push_back(random);
    }
    BigNumber largest;
    BN_set_bit(largest.get(), 2048);
    BN_sub_word(largest.get(), 1);
    list.push_back(largest);
    std::vector<Words> words(list.size());
    std::vector<std::uint64_t*> pointers;
    for (std::size_t i = 0; i < list.size(); ++i) {
        crypto::to_words(list[i], words[i].data(), words[i].size());
        pointers.push_back(words[i].data());
    }
    const auto copy = words;
    std::vector<std::string> texts(list.size());
    crypto::prime::write_decimals_var(pointers.data(), pointers.size(), crypto::prime::k_words, texts.data());
    for (std::size_t i = 0; i < list.size(); ++i) {
        char* expected = BN_bn2dec(list[i].get());
        BOOST_TEST(texts[i] == expected);
        OPENSSL_free(expected);
        Words back;
        BOOST_TEST(crypto::prime::read_decimal_var(texts[i], back));
        BOOST_TEST((back == copy[i]));
        std::uint64_t short_of[1];
        BOOST_TEST(crypto::prime::read_decimal_var(texts[i], short_of) == (BN_num_bits(list[i].get()) <= 64));
    }
    Words back;
    BOOST_TEST(!crypto::prime::read_decimal_var(texts.back() + "0", back));
    BOOST_TEST(!crypto::prime::read_decimal_var(std::string(617, '9'), back));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(reading_refuses_what_is_not_below_p, G, Groups) {
    const auto& k = constants_of<G>();
    const std::string p(ParamsOf<G>::type::k_p);
    std::string last = p;
    --last.back();
    BOOST_TEST(!G::decode_var(p));
    BOOST_REQUIRE(G::decode_var(last));
    BOOST_TEST(G::encode(*G::decode_var(last)) == last);
    BOOST_TEST(!G::decode_var(std::string(p.size(), '9')));
    BOOST_TEST(!G::decode_var(p + "1"));
    for (const char* text : {"", "0", "01", "-1", "+1", " 1", "1 ", "1a", "0x1"}) BOOST_TEST(!G::decode_var(text));
    for (const auto& x : numbers<G>()) BOOST_TEST(BN_cmp(G::decode_var(G::encode(x))->get(), x.get()) == 0);
    BOOST_TEST(BN_cmp(k.one.get(), G::decode_var("1")->get()) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace decimal_tests
