// SPDX-License-Identifier: AGPL-3.0-or-later
// The verifier's words in French.
#include "auditor/verify_words.hpp"

#include <boost/test/unit_test.hpp>

namespace verify_words_tests {

using auditor::failure_line;
using auditor::verify_words;

BOOST_AUTO_TEST_CASE(composed_sentences_are_said_in_french) {
    BOOST_TEST(verify_words("trustees[0]: verification key 2: proof of possession") ==
               "porteurs[0] : clé de vérification 2 : preuve de possession");
    BOOST_TEST(verify_words("3 superseded ballots (a credential's last one counts)") ==
               "3 bulletins remplacés (le dernier de chaque électeur compte)");
    BOOST_TEST(verify_words("1 superseded ballots (a credential's last one counts)") ==
               "1 bulletin remplacé (le dernier de chaque électeur compte)");
    BOOST_TEST(verify_words("21 superseded ballots (a credential's last one counts)") ==
               "21 bulletins remplacés (le dernier de chaque électeur compte)");
    // The longest phrase wins, and a word inside another is left alone.
    BOOST_TEST(verify_words("signature hash") == "empreinte signée");
    BOOST_TEST(verify_words("signatures of x") == "signatures of x");
    BOOST_TEST(verify_words("answers[0].overall_proof") == "answers[0].overall_proof");
    BOOST_TEST(verify_words("") == "");
}

BOOST_AUTO_TEST_CASE(a_ballot_is_named_in_both_writings) {
    const std::string hash(64, '0');
    BOOST_TEST(failure_line({"ballot", hash, "individual proof", "answers[0].individual_proofs[1]"}) ==
               "bulletin " + hash + " (numéro de suivi " + std::string(43, 'A') +
                   ") : preuve d’un choix (answers[0].individual_proofs[1])");
    BOOST_TEST(failure_line({"archive", "end", "no Setup event", ""}) == "archive fin : aucun événement Setup");
    BOOST_TEST(failure_line({"archive", "roll", "credentials counted differ from the signatures of the roll", "28 and 29"}) ==
               "archive émargements : électeurs comptés et émargements diffèrent (28 et 29)");
}

}  // namespace verify_words_tests
