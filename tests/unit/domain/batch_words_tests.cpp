// SPDX-License-Identifier: AGPL-3.0-or-later
// What electors read of the public log's pace.
#include "domain/batch_words.hpp"

#include <boost/test/unit_test.hpp>

namespace batch_words_tests {

using domain::batch_words;
using std::chrono::seconds;

BOOST_AUTO_TEST_CASE(the_pace_of_the_log_in_words) {
    BOOST_TEST(batch_words(10, seconds{600}) == "par groupes d’au moins 10, toutes les 10 minutes");
    BOOST_TEST(batch_words(5, seconds{3600}) == "par groupes d’au moins 5, toutes les heures");
    BOOST_TEST(batch_words(5, seconds{7200}) == "par groupes d’au moins 5, toutes les 2 heures");
    BOOST_TEST(batch_words(1, seconds{60}) == "toutes les minutes");
    BOOST_TEST(batch_words(1, seconds{90}) == "toutes les 90 secondes");
}

}  // namespace batch_words_tests
