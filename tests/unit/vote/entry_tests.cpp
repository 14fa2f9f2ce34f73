// SPDX-License-Identifier: AGPL-3.0-or-later
// SEC-13: the entry to the vote gives the session a new identifier, and neither a form nor a ballot is lost on the way.
#include <boost/test/unit_test.hpp>

#include "voting_fixture.hpp"

namespace entry_tests {

namespace {

struct EntryFixture : test::VotingFixture {
    std::string before = portal.cookie;

    test::Page enter() { return portal.get("/vote/csa/bulletin"); }
    void wait(int seconds) { portal.clock.set(portal.clock.now() + std::chrono::seconds{seconds}); }
    // Asks with this cookie, as another tab or a thief would, and leaves the browser's own alone.
    int status_with(const std::string& cookie, const char* path = "/vote") {
        const std::string own = portal.cookie;
        portal.cookie = cookie;
        const int status = portal.get(path).status;
        portal.cookie = own;
        return status;
    }
    std::string csrf_of(const std::string& cookie) {
        const std::string own = portal.cookie;
        portal.cookie = cookie;
        std::string token = portal.csrf();
        portal.cookie = own;
        return token;
    }
    test::Page cast_with(const std::string& cookie, const std::string& csrf) {
        portal.cookie = cookie;
        return portal.post_raw("/vote/csa/bulletin", test::Portal::encode({{"ballot", ballot("csa", 1)}, {"csrf", csrf}}));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(entry_tests, EntryFixture)

BOOST_AUTO_TEST_CASE(the_booth_gives_a_new_identifier_once) {
    BOOST_TEST(portal.get("/vote").status == 200);
    BOOST_TEST(portal.cookie == before);
    const auto booth = enter();
    const std::string fresh = portal.cookie;
    BOOST_TEST(fresh != before);
    BOOST_TEST(booth.has("data-csrf=\"" + csrf_of(fresh) + "\""));
    BOOST_TEST(count("session") == 1);
    enter();
    portal.get("/vote/capd-079/bulletin");
    BOOST_TEST(portal.cookie == fresh);
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);
}

BOOST_AUTO_TEST_CASE(a_stolen_identifier_from_before_the_entry_dies_a_minute_after_the_new_one_is_shown) {
    enter();
    BOOST_TEST(portal.get("/vote/csa/parametres").status == 200);
    wait(59);
    BOOST_TEST(status_with(before) == 200);
    wait(1);
    BOOST_TEST(status_with(before) == 303);
    BOOST_TEST(portal.get("/vote").status == 200);
    BOOST_TEST(enter().status == 200);
    BOOST_TEST(status_with(before) == 303);
}

BOOST_AUTO_TEST_CASE(a_ballot_in_flight_with_the_old_identifier_is_stored) {
    enter();
    portal.get("/vote/csa/parametres");
    BOOST_TEST(cast_with(before, csrf_of(before)).status == 200);
    BOOST_TEST(count("urne.inbox") == 1);
}

BOOST_AUTO_TEST_CASE(a_page_opened_before_the_entry_still_sends_its_form) {
    const std::string older = portal.csrf();
    enter();
    wait(1000);
    portal.get("/vote");
    BOOST_TEST(cast_with(portal.cookie, older).status == 200);
    BOOST_TEST(cast_with(portal.cookie, "x").status == 403);
}

BOOST_AUTO_TEST_CASE(two_tabs_that_enter_at_once_both_go_on) {
    enter();
    const std::string fresh = portal.cookie;
    portal.cookie = before;  // the second tab asked before it had the first one's answer
    const auto second = enter();
    BOOST_TEST(second.status == 200);
    BOOST_TEST(second.header("Set-Cookie").empty());
    portal.cookie = fresh;
    BOOST_TEST(portal.get("/vote/csa/parametres").status == 200);
    BOOST_TEST(cast_with(fresh, csrf_of(before)).status == 200);
}

BOOST_AUTO_TEST_CASE(a_lost_answer_signs_nobody_out) {
    enter();
    portal.cookie = before;  // the answer never came
    for (int minutes = 0; minutes < 60; minutes += 15) {
        wait(15 * 60);
        BOOST_TEST(portal.get("/vote").status == 200);
    }
    BOOST_TEST(portal.cookie == before);
    enter();
    BOOST_TEST(portal.cookie != before);
    BOOST_TEST(portal.get("/vote/csa/parametres").status == 200);
    wait(61);
    BOOST_TEST(status_with(before) == 303);
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);
}

BOOST_AUTO_TEST_CASE(nothing_is_renewed_where_no_vote_is_open) {
    portal.get("/vote/inconnu/bulletin");
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);
    enter();
    BOOST_TEST(portal.cookie == before);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace entry_tests
