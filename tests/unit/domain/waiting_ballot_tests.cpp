// SPDX-License-Identifier: AGPL-3.0-or-later
// A ballot that waits says nothing to who has not the keys, and comes out whole to who has.
#include "domain/waiting_ballot.hpp"

#include <boost/test/unit_test.hpp>

#include "util/bytes.hpp"
#include "util/signature.hpp"

namespace waiting_ballot_tests {

BOOST_AUTO_TEST_SUITE(waiting_ballot_tests)

const std::string k_credential_hash = util::sha256_hex("credential");

BOOST_AUTO_TEST_CASE(what_was_sealed_comes_out_whole_whatever_its_length) {
    const auto keys = util::make_signing_keys();
    for (const std::size_t size : {0u, 1u, 4031u, 4032u, 4033u, 20'000u, 170'000u}) {
        std::string ballot(size, 'x');
        if (size > 0) ballot.back() = '\x80';  // the padding's own mark
        const auto opened = domain::open_waiting_ballot(keys.secret_key.view(),
                                                        domain::seal_waiting_ballot(keys.public_key, k_credential_hash, ballot));
        BOOST_TEST_REQUIRE(opened.has_value());
        BOOST_TEST((opened->ballot == ballot));
        BOOST_TEST(opened->credential_hash == k_credential_hash);
    }
}

BOOST_AUTO_TEST_CASE(the_same_ballot_twice_looks_like_two_and_lengths_do_not_tell) {
    const auto keys = util::make_signing_keys();
    const std::string first = domain::seal_waiting_ballot(keys.public_key, k_credential_hash, std::string(4500, 'x'));
    const std::string second = domain::seal_waiting_ballot(keys.public_key, k_credential_hash, std::string(4500, 'x'));
    const std::string longer = domain::seal_waiting_ballot(keys.public_key, k_credential_hash, std::string(4512, 'x'));
    BOOST_TEST((first != second));
    BOOST_TEST(first.size() == longer.size());
    BOOST_TEST(first.find(k_credential_hash) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(another_key_a_changed_byte_or_a_plain_text_opens_nothing) {
    const auto keys = util::make_signing_keys(), others = util::make_signing_keys();
    std::string sealed = domain::seal_waiting_ballot(keys.public_key, k_credential_hash, "ballot");
    BOOST_TEST(!domain::open_waiting_ballot(others.secret_key.view(), sealed));
    for (const std::size_t at : {std::size_t{0}, std::size_t{50}, sealed.size() - 2}) {
        std::string changed = sealed;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        BOOST_TEST(!domain::open_waiting_ballot(keys.secret_key.view(), changed));
    }
    for (const char* text : {"", "{}", "ballot", "AAAA", "é"})
        BOOST_TEST(!domain::open_waiting_ballot(keys.secret_key.view(), text));
}

BOOST_AUTO_TEST_CASE(a_key_that_is_made_ready_once_seals_as_one_that_is_not) {
    const auto keys = util::make_signing_keys();
    const auto sealer = domain::WaitingBallotSealer::of(keys.public_key);
    BOOST_TEST_REQUIRE(sealer.has_value());
    for (const std::size_t size : {0u, 4031u, 4032u, 20'000u}) {
        const std::string ballot(size, 'x'), sealed = sealer->seal(k_credential_hash, ballot);
        BOOST_TEST(sealed.size() == domain::seal_waiting_ballot(keys.public_key, k_credential_hash, ballot).size());
        BOOST_TEST((domain::open_waiting_ballot(keys.secret_key.view(), sealed).value().ballot == ballot));
    }
    BOOST_TEST((sealer->seal(k_credential_hash, "x") != sealer->seal(k_credential_hash, "x")));
    BOOST_TEST(!domain::WaitingBallotSealer::of(std::string(43, 'A')).has_value());
}

BOOST_AUTO_TEST_CASE(only_a_key_is_a_key) {
    BOOST_TEST(domain::is_sealing_key(util::make_signing_keys().public_key));
    for (const std::string& text : {std::string(), std::string(43, 'A'), std::string(42, 'B'), std::string("not base64url !")})
        BOOST_TEST(!domain::is_sealing_key(text));
}

BOOST_AUTO_TEST_CASE(names_depend_on_key_scrutin_and_hash) {
    const std::string name = domain::waiting_tag("key", "uuid", "hash");
    BOOST_TEST(name.size() == 64u);
    BOOST_TEST(name == domain::waiting_tag("key", "uuid", "hash"));
    BOOST_TEST(name != domain::waiting_tag("yek", "uuid", "hash"));
    BOOST_TEST(name != domain::waiting_tag("key", "duui", "hash"));
    BOOST_TEST(name != domain::waiting_tag("key", "uuid", "shah"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace waiting_ballot_tests
