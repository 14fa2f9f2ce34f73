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
        EnvelopeKey plain;
        derive_envelope_key_plainly({plain, code, salt});
        BOOST_TEST(std::equal(std::begin(theirs), std::end(theirs), plain.data()), length);
        // Beside another, first and second.
        const std::string other_code = code.substr(length / 2), other_salt(salt.rbegin(), salt.rend());
        EnvelopeKey first, second, other;
        const EnvelopeKeyToDerive ahead[] = {{first, code, salt}, {other, other_code, other_salt}};
        derive_envelope_keys(ahead);
        const EnvelopeKeyToDerive behind[] = {{other, other_code, other_salt}, {second, code, salt}};
        derive_envelope_keys(behind);
        BOOST_TEST(std::equal(std::begin(theirs), std::end(theirs), first.data()), length);
        BOOST_TEST(std::equal(std::begin(theirs), std::end(theirs), second.data()), length);
    }
}

BOOST_AUTO_TEST_CASE(each_of_many_opens_with_its_own_code) {
    for (const std::size_t number : {0u, 1u, 2u, 5u}) {
        std::vector<util::SecretText> codes;
        std::vector<std::string> credentials;
        std::vector<EnvelopeToSeal> to_seal;
        for (std::size_t i = 0; i < number; ++i) {
            codes.push_back(make_voting_code());
            credentials.push_back(k_credential + std::to_string(i));
        }
        for (std::size_t i = 0; i < number; ++i) to_seal.push_back({codes[i].view(), credentials[i], k_voter, 1});
        const auto envelopes = seal_envelopes(to_seal);
        BOOST_TEST_REQUIRE(envelopes.size() == number);
        for (std::size_t i = 0; i < number; ++i)
            for (std::size_t j = 0; j < number; ++j) {
                const auto opened = open_envelope(envelopes[i], codes[j].view());
                BOOST_TEST(opened.has_value() == (i == j));
                if (opened) BOOST_TEST(opened->view() == credentials[i]);
                if (i != j) BOOST_TEST(envelopes[i].salt != envelopes[j].salt);
            }
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
