// SPDX-License-Identifier: AGPL-3.0-or-later
// What is sealed opens with its own code, elector and generation, and with nothing else.
#include "domain/envelope.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/evp.h>

#include <random>

#include "domain/envelope_key.hpp"
#include "domain/voting_code.hpp"

namespace envelope_tests {

using namespace domain;

namespace {
constexpr const char* k_credential = "7Ueq2-t7vKdR-gZ8mX-1PqWcB";
constexpr const char* k_voter = "AAAAAAAAAAAAAAAAAAAAAA";
}  // namespace

BOOST_AUTO_TEST_CASE(an_envelope_opens_with_its_code) {
    const util::SecretText code = make_voting_code();
    const Envelope envelope = seal_envelope(code.view(), k_credential, k_voter, 1);
    BOOST_TEST(envelope.salt.size() == 22U);
    BOOST_TEST(envelope.nonce.size() == 16U);
    BOOST_TEST(envelope.ciphertext.size() <= 80U);
    const auto opened = open_envelope(envelope, code.view());
    BOOST_REQUIRE(opened);
    BOOST_TEST(opened->view() == k_credential);
}

// OpenSSL's own PBKDF2, for codes of every length that fits a block.
BOOST_AUTO_TEST_CASE(the_key_is_the_standards_one) {
    std::mt19937 random(20261129);
    for (std::size_t length = 0; length <= 64; ++length) {
        std::string code(length, ' '), salt(k_envelope_salt_bytes, ' ');
        for (char& c : code) c = static_cast<char>(random());
        for (char& c : salt) c = static_cast<char>(random());
        EnvelopeKey ours;
        derive_envelope_key(ours, code, salt);
        unsigned char theirs[k_envelope_key_bytes];
        BOOST_REQUIRE(PKCS5_PBKDF2_HMAC(code.data(), static_cast<int>(length), reinterpret_cast<const unsigned char*>(salt.data()),
                                        static_cast<int>(salt.size()), 2000, EVP_sha256(), sizeof theirs, theirs) == 1);
        BOOST_TEST(std::equal(std::begin(theirs), std::end(theirs), ours.data()), length);
    }
}

BOOST_AUTO_TEST_CASE(nothing_else_opens_it) {
    const util::SecretText code = make_voting_code(), other = make_voting_code();
    const Envelope envelope = seal_envelope(code.view(), k_credential, k_voter, 1);
    BOOST_TEST(!open_envelope(envelope, other.view()));
    BOOST_TEST(!open_envelope(envelope, "not a code"));
    Envelope changed = envelope;
    changed.generation = 2;
    BOOST_TEST(!open_envelope(changed, code.view()));
    changed = envelope;
    changed.voter_ref = "BAAAAAAAAAAAAAAAAAAAAA";
    BOOST_TEST(!open_envelope(changed, code.view()));
    changed = envelope;
    changed.ciphertext[3] = changed.ciphertext[3] == 'A' ? 'B' : 'A';
    BOOST_TEST(!open_envelope(changed, code.view()));
    changed = envelope;
    changed.ciphertext = "";
    BOOST_TEST(!open_envelope(changed, code.view()));
}

}  // namespace envelope_tests
