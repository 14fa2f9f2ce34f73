// SPDX-License-Identifier: AGPL-3.0-or-later
// The texts of secrets are those that the plain functions write and read, and refused where those refuse. That their time tells nothing
// is tests/exhaustive/crypto_secrecy.cpp.
#include "crypto/secret_text.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

#include "crypto/groups.hpp"
#include "crypto/json_text.hpp"
#include "util/bytes.hpp"
#include "util/json.hpp"

namespace secret_text_tests {

using crypto::SecretReader;

namespace {

template <class S>
void check_scalar(const S& s) {
    BOOST_TEST(s.text_secret().view() == s.text());
    const auto read = S::parse_secret(s.text());
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((*read == s));
}

template <class S>
void check_scalars() {
    S power = S::from(1);  // 10^k and its neighbours: every length
    for (int k = 0; k < 80; ++k, power = power * S::from(10))
        for (const S& s : {power, power - S::from(1), power + S::from(9), -power}) check_scalar(s);
    check_scalar(S{});
    for (int round = 0; round < 200; ++round) check_scalar(S::random());
}

template <class S>
void check_refused(std::string_view text) {
    BOOST_TEST(S::parse_secret(text).has_value() == S::parse(text).has_value(), text);
    if (const auto read = S::parse(text)) BOOST_TEST((S::parse_secret(text) == read), text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secret_text_tests)

BOOST_AUTO_TEST_CASE(scalars_are_written_and_read_as_public_ones) {
    check_scalars<crypto::Toy607::Scalar>();
    check_scalars<crypto::Belenios2048::Scalar>();
    check_scalars<crypto::Ed25519::Scalar>();
}

BOOST_AUTO_TEST_CASE(what_is_no_scalar_is_refused_alike) {
    for (const char* const text : {"",
                                   "0",
                                   "00",
                                   "01",
                                   "-1",
                                   "+1",
                                   " 1",
                                   "1 ",
                                   "1:",
                                   "1/",
                                   "a",
                                   "\x80",
                                   "1\xb1",
                                   "0x1",
                                   "100",
                                   "101",
                                   "102",
                                   "999",
                                   "7237005577332262213973186563042994240857116359379907606001950938285454250988",
                                   "7237005577332262213973186563042994240857116359379907606001950938285454250989",
                                   "78571733251071885079927659812671450121821421258408794611510081919805623223440",
                                   "78571733251071885079927659812671450121821421258408794611510081919805623223441",
                                   "115792089237316195423570985008687907853269984665640564039457584007913129639935",
                                   "115792089237316195423570985008687907853269984665640564039457584007913129639936",
                                   "115792089237316195423570985008687907853269984665640564039457584007913129639937",
                                   "999999999999999999999999999999999999999999999999999999999999999999999999999999",
                                   "9999999999999999999999999999999999999999999999999999999999999999999999999999999"}) {
        check_refused<crypto::Toy607::Scalar>(text);
        check_refused<crypto::Belenios2048::Scalar>(text);
        check_refused<crypto::Ed25519::Scalar>(text);
    }
}

BOOST_AUTO_TEST_CASE(large_numbers_are_written_as_by_hand) {
    std::array<std::uint32_t, 3> words{0, 0, 1};  // 2^64
    BOOST_TEST(crypto::write_decimal_secret(words).view() == "18446744073709551616");
    std::array<std::uint32_t, 3> nothing{};
    BOOST_TEST(crypto::write_decimal_secret(nothing).view() == "0");
    std::array<std::uint32_t, 64> most;
    most.fill(~0U);
    const auto text = crypto::write_decimal_secret(most);
    BOOST_TEST(text.view().size() == 617U);
    BOOST_TEST(text.view().starts_with(
        "3231700607131100730071487668866995196044410266971548403213034542752465513886789089319720141152291346"));
    BOOST_TEST((most == std::array<std::uint32_t, 64>{}));  // nothing of it is left
}

BOOST_AUTO_TEST_CASE(quoting_and_reading_are_those_of_public_texts) {
    std::string all;
    for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
    for (const std::string& text :
         {std::string(), std::string("{\"secret\":\"12345\"}"), std::string("\\\"\\\\"), all, std::string("é\n€")}) {
        const auto quoted = crypto::quote_secret(text);
        BOOST_TEST(quoted.view() == util::json_quote(text));
        SecretReader in(quoted.view());
        BOOST_TEST(in.string().view() == text);
        BOOST_TEST(in.at_end());
    }
    // What is refused as a public string is refused here.
    for (const std::string_view wrong : {"", "\"", "\"a", "a\"", "\"\\\"", "\"\\x\"", "\"\\u0041\"", "\"\\u000a\"", "\"\\u00\"",
                                         "\"a\nb\"", "\"\x7f\"", "\"\xff\"", "\"\xc3\""}) {
        crypto::Reader plain(wrong);
        (void)plain.string();
        SecretReader in(wrong);
        (void)in.string();
        BOOST_TEST(in.ok() == plain.ok(), wrong);
        BOOST_TEST(!in.ok(), wrong);
    }
}

BOOST_AUTO_TEST_CASE(a_reader_stops_at_the_first_difference) {
    SecretReader in("{\"secret\":\"12\"}tail");
    in.literal("{\"secret\":");
    BOOST_TEST(in.plain_string() == "12");
    in.literal("}");
    BOOST_TEST(in.ok());
    BOOST_TEST(!in.at_end());
    BOOST_TEST(in.public_rest() == "tail");
    BOOST_TEST(in.at_end());
    SecretReader other("{\"secret\":\"12\"}");
    other.literal("{\"sacret\":");
    BOOST_TEST(!other.ok());
    BOOST_TEST(other.plain_string() == "");
    BOOST_TEST(other.public_rest() == "");
    BOOST_TEST(!other.at_end());
    SecretReader beyond("{");
    beyond.literal("{}");
    BOOST_TEST(!beyond.ok());
    SecretReader unended("\"12");
    BOOST_TEST(unended.plain_string() == "");
    BOOST_TEST(!unended.ok());
}

BOOST_AUTO_TEST_CASE(pieces_are_joined_and_hashed_as_they_are) {
    BOOST_TEST(crypto::join_secret({"a", "", "bc"}).view() == "abc");
    BOOST_TEST(crypto::join_secret({}).view() == "");
    BOOST_TEST(crypto::hash_secret("abc").view() == util::sha256("abc"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace secret_text_tests
