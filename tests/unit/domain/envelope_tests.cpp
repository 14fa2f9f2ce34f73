// SPDX-License-Identifier: AGPL-3.0-or-later
// Envelope and escrow: what is sealed opens with its own code, key, elector and generation, and with nothing else.
#include "domain/envelope.hpp"

#include <boost/test/unit_test.hpp>

#include "domain/voting_code.hpp"

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

BOOST_AUTO_TEST_CASE(escrow_opens_with_the_reassort_key_only) {
    const EscrowKeys keys = make_escrow_keys(), others = make_escrow_keys();
    const std::string sealed = seal_escrow(keys.public_key, k_credential);
    BOOST_TEST(sealed.size() <= 120U);
    const auto opened = open_escrow(keys.public_key, keys.secret_key.view(), sealed);
    BOOST_REQUIRE(opened);
    BOOST_TEST(opened->view() == k_credential);
    BOOST_TEST(!open_escrow(others.public_key, others.secret_key.view(), sealed));
    BOOST_TEST(!open_escrow(keys.public_key, keys.secret_key.view(), "AAAA"));
    BOOST_TEST(!open_escrow(keys.public_key, "short", sealed));
    BOOST_CHECK_THROW(static_cast<void>(seal_escrow("short", k_credential)), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_binding_is_of_one_elector_in_one_scrutin) {
    const std::string binding = credential_binding("key", "uuid", 7);
    BOOST_TEST(binding.size() == 64U);
    BOOST_TEST(binding == credential_binding("key", "uuid", 7));
    BOOST_TEST(binding != credential_binding("key", "uuid", 8));
    BOOST_TEST(binding != credential_binding("key", "uuie", 7));
    BOOST_TEST(binding != credential_binding("kez", "uuid", 7));
}
