// SPDX-License-Identifier: AGPL-3.0-or-later
// What becomes of a ballot before its proofs are looked at (V1). When the vote is open: domain/scrutin_tests.cpp.
#include "vote/cast.hpp"

#include <boost/test/unit_test.hpp>

#include "voting_fixture.hpp"

namespace vote {
std::ostream& operator<<(std::ostream& out, Decision decision) { return out << static_cast<int>(decision); }
}  // namespace vote

namespace cast_tests {

using vote::decide;
using vote::Decision;
using vote::Phase;

BOOST_AUTO_TEST_SUITE(cast_tests)

BOOST_AUTO_TEST_CASE(a_ballot_is_looked_at_only_when_nothing_is_stored_and_the_vote_is_open) {
    BOOST_TEST(decide(Phase::open, false, false) == Decision::check_and_store);
    BOOST_TEST(decide(Phase::not_yet, false, false) == Decision::not_yet);
    BOOST_TEST(decide(Phase::closed, false, false) == Decision::closed);
}

BOOST_AUTO_TEST_CASE(a_vote_is_final_and_its_own_ballot_gets_its_receipt_at_any_hour) {
    for (const Phase phase : {Phase::open, Phase::closed}) {
        BOOST_TEST(decide(phase, true, true) == Decision::same_receipt);
        BOOST_TEST(decide(phase, true, false) == Decision::already_voted);
        BOOST_TEST(decide(phase, false, true) == Decision::inconsistent);
    }
}

// Must never be; whoever looks at it again finds it as it was.
BOOST_FIXTURE_TEST_CASE(a_ballot_without_an_emargement_gets_no_receipt_and_makes_none, test::VotingFixture) {
    const std::string sent = ballot("csa", 1);
    BOOST_TEST(cast("csa", sent).status == 200);
    admin().run("DELETE FROM emargement");
    BOOST_TEST(cast("csa", sent).status == 503);
    move_on();
    BOOST_TEST(cast("csa", sent).status == 503);
    BOOST_TEST(count("emargement") == 0);
    BOOST_TEST(count("urne.ballot") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cast_tests
