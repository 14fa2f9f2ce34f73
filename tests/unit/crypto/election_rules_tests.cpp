// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules that a description ends with (SPECIFICATION-2.md 15.1).
#include <boost/test/unit_test.hpp>

#include "crypto/election_rules.hpp"

namespace election_rules_tests {

using crypto::ElectionRules;
using crypto::read_rules;
using crypto::write_rules;

BOOST_AUTO_TEST_SUITE(election_rules_tests)

BOOST_AUTO_TEST_CASE(every_set_of_rules_is_read_back_from_the_end_of_a_description) {
    const std::string digest(64, 'a');
    for (unsigned set = 0; set < 16; ++set) {
        const ElectionRules rules{.seal = (set & 1) != 0 ? digest : "",
                                  .small_totals = (set & 2) != 0,
                                  .bound_decryption = (set & 4) != 0,
                                  .final_vote = (set & 8) != 0};
        for (const std::string before : {"", "Élections 2026. "}) {
            const auto read = read_rules(before + write_rules(rules));
            BOOST_TEST(read.seal == rules.seal);
            BOOST_TEST(read.small_totals == rules.small_totals);
            BOOST_TEST(read.bound_decryption == rules.bound_decryption);
            BOOST_TEST(read.final_vote == rules.final_vote);
        }
    }
    BOOST_TEST(write_rules({.small_totals = true, .bound_decryption = true, .final_vote = true}) ==
               "Un total de moins de cinq bulletins est déchiffré aussi. Tout déchiffrement porte une seconde preuve. "
               "Un vote validé est définitif.");
}

BOOST_AUTO_TEST_CASE(a_sentence_out_of_its_place_is_free_text) {
    const std::string final_vote(crypto::k_vote_is_final), bound(crypto::k_bound_decryption), small(crypto::k_small_totals);
    BOOST_TEST(!read_rules(final_vote + " " + bound).final_vote);
    BOOST_TEST(read_rules(final_vote + " " + bound).bound_decryption);
    BOOST_TEST(!read_rules(bound + " Ou presque. " + final_vote).bound_decryption);
    BOOST_TEST(!read_rules(bound + "  " + final_vote).bound_decryption);  // two spaces
    BOOST_TEST(!read_rules(bound + " " + small + " " + final_vote).bound_decryption);
    BOOST_TEST(read_rules(bound + " " + small + " " + final_vote).small_totals);
    BOOST_TEST(read_rules("Empreinte du scellement : " + std::string(64, 'A') + ". " + final_vote).seal == "");
    BOOST_TEST(read_rules("Empreinte : " + std::string(64, 'a') + ". " + final_vote).seal == "");
    BOOST_TEST(!read_rules("").final_vote);
}

BOOST_AUTO_TEST_CASE(a_total_of_one_to_four_ballots_wants_the_rule) {
    for (const std::uint64_t ballots : {0, 1, 4, 5, 1000}) {
        BOOST_TEST(ElectionRules{}.allows_total_of(ballots) == (ballots == 0 || ballots >= 5));
        BOOST_TEST((ElectionRules{.small_totals = true}.allows_total_of(ballots)));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace election_rules_tests
