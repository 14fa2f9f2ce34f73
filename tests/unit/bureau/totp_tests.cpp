// SPDX-License-Identifier: AGPL-3.0-or-later
// Codes of a second factor against the vectors of RFC 6238, and which step of time they are taken for.
#include "bureau/totp.hpp"

#include <boost/test/unit_test.hpp>

namespace totp_tests {

namespace {
constexpr std::string_view k_rfc_secret = "12345678901234567890";
util::Instant at(std::int64_t seconds) { return util::Instant{std::chrono::seconds{seconds}}; }
}  // namespace

BOOST_AUTO_TEST_SUITE(totp_tests)

BOOST_AUTO_TEST_CASE(codes_are_those_of_the_rfc) {
    // RFC 6238, appendix B, SHA-1, eight digits.
    const std::pair<std::int64_t, const char*> vectors[] = {{59, "94287082"},         {1111111109, "07081804"},
                                                            {1111111111, "14050471"}, {1234567890, "89005924"},
                                                            {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& [time, code] : vectors) {
        BOOST_TEST(bureau::totp_code(k_rfc_secret, bureau::totp_step(at(time)), 8) == code);
        BOOST_TEST(bureau::totp_code(k_rfc_secret, bureau::totp_step(at(time))) == std::string(code).substr(2));
    }
}

BOOST_AUTO_TEST_CASE(the_step_before_and_the_one_after_are_taken_and_no_other) {
    const util::Instant now = at(1111111111);
    const std::int64_t present = bureau::totp_step(now);
    for (std::int64_t off = -3; off <= 3; ++off) {
        const auto step = bureau::step_of_totp(k_rfc_secret, bureau::totp_code(k_rfc_secret, present + off), now);
        BOOST_TEST(step.has_value() == (off >= -1 && off <= 1));
        if (step) BOOST_TEST(*step == present + off);
    }
}

BOOST_AUTO_TEST_CASE(what_is_typed_is_six_digits_with_blanks_forgiven) {
    const util::Instant now = at(1111111109);
    BOOST_TEST(bureau::step_of_totp(k_rfc_secret, "081804", now).has_value());
    BOOST_TEST(bureau::step_of_totp(k_rfc_secret, " 081 804 ", now).has_value());
    for (const char* wrong : {"", "0", "08180", "0818040", "07081804", "081805", "81804", "O81804", "081804\n"})
        BOOST_TEST(!bureau::step_of_totp(k_rfc_secret, wrong, now).has_value());
}

BOOST_AUTO_TEST_CASE(another_secret_gives_other_codes) {
    const util::Instant now = at(1111111109);
    BOOST_TEST(!bureau::step_of_totp("12345678901234567891", "081804", now).has_value());
}

BOOST_AUTO_TEST_CASE(an_application_reads_the_key_in_base32_and_the_address_as_it_is_written) {
    BOOST_TEST(bureau::totp_base32(k_rfc_secret).view() == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    BOOST_TEST(bureau::totp_address("Élections 2026", "zoe@ac-x.example", k_rfc_secret).view() ==
               "otpauth://totp/%C3%89lections%202026:zoe%40ac-x.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
               "&issuer=%C3%89lections%202026&algorithm=SHA1&digits=6&period=30");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace totp_tests
