// SPDX-License-Identifier: AGPL-3.0-or-later
// What `proclaim` shows before it publishes, when it asks, and which draws it takes.
#include <boost/test/unit_test.hpp>

#include "scrutinctl/election_fixture.hpp"

namespace proclaim_tests {

BOOST_FIXTURE_TEST_SUITE(proclaiming, test::ElectionFixture)

BOOST_AUTO_TEST_CASE(a_draw_is_taken_among_the_equal_lists_alone_and_shown_with_votes_and_seats) {
    seal("30");
    must("open");
    // One vote each for the lists 1 and 2: seven seats each, and the fifteenth is for the lot.
    const auto voters = database.admin().select(
        "SELECT r.voter_id FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id WHERE s.code = 'ctm' LIMIT 2");
    cast(static_cast<unsigned>(voters.at(0).number(0)), "ctm", 1);
    cast(static_cast<unsigned>(voters.at(1).number(0)), "ctm", 2);
    fill_urne();
    must("close");
    decrypt_all();
    must("tally", {"--scrutin", "ctm"});
    const auto proclaim = [&](const Words& more) {
        Words words{"--scrutin", "ctm"};
        words.insert(words.end(), more.begin(), more.end());
        const test::Said said;
        const util::Status done = run("proclaim", words);
        return said.text() + (done ? "" : done.error().detail);
    };
    const std::string tie = proclaim({});
    BOOST_TEST(tie.find("Égalité à ctm entre 1 «") != std::string::npos, tie);
    for (const auto& [draw, because] : {std::pair{"ctm=3", "n’est pas parmi les listes à égalité : 1 «"},
                                        {"ctm=9", "n’a pas de liste 9"},
                                        {"ctm=2,ctm=1", "aucun tirage au sort n’est à faire pour 1 «"}}) {
        const std::string refused = proclaim({"--draw", draw});
        BOOST_TEST(refused.find(because) != std::string::npos, refused);
        BOOST_TEST(state_of("ctm") == "tallied");
        BOOST_TEST(count("SELECT COUNT(*) FROM proclamation") == 0);
    }
    const std::string shown = proclaim({"--draw", "ctm=2"});
    for (const char* const line : {" votants, 0 blanc, 2 exprimés, 15 sièges\n", "» : 1 voix, 7 sièges\n", "» : 1 voix, 8 sièges\n",
                                   "» : 0 voix, 0 siège\n", "tiré au sort par le bureau entre 1 «"})
        BOOST_TEST(shown.find(line) != std::string::npos, shown);
    BOOST_TEST(state_of("ctm") == "proclaimed");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace proclaim_tests
