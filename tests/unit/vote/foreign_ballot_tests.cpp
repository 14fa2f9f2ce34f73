// SPDX-License-Identifier: AGPL-3.0-or-later
// Ballots that are not taken: another elector's, another scrutin's, altered, cut short, and too many of them.
#include <boost/test/unit_test.hpp>

#include "vote/held_up.hpp"
#include "voting_fixture.hpp"

namespace foreign_ballot_tests {

using test::text_of;
using test::VotingFixture;

BOOST_FIXTURE_TEST_SUITE(foreign_ballot_tests, VotingFixture)

BOOST_AUTO_TEST_CASE(another_electors_credential_is_refused) {
    const auto page = cast("csa", ballot("csa", 2));
    BOOST_TEST(page.status == 403);
    BOOST_TEST(text_of(page, "error") == "foreign");
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_CASE(refused_ballots_are_limited_and_a_minute_later_the_vote_goes_on) {
    std::string altered = ballot("csa", 1);
    altered[altered.size() / 2] = altered[altered.size() / 2] == '1' ? '2' : '1';
    for (int i = 0; i < 10; ++i) BOOST_TEST(cast("csa", altered).status == 400);
    const auto limited = cast("csa", altered);
    BOOST_TEST(limited.status == 429);
    BOOST_TEST(limited.header("Retry-After") == "60");
    BOOST_TEST(text_of(limited, "error") == "throttled");
    BOOST_TEST(cast("capd-079", ballot("capd-079", 2)).status == 429);  // whatever the scrutin
    const std::string good = ballot("csa", 1);
    BOOST_TEST(cast("csa", good).status == 429);
    BOOST_TEST(is_nothing_stored());
    portal.sign_in(2);  // another elector is not held up
    BOOST_TEST(cast("csa", ballot("csa", 2)).status == 200);
    portal.sign_in(1);
    portal.clock.set(portal.clock.now() + std::chrono::minutes{1});
    BOOST_TEST(cast("csa", good).status == 200);
    for (int i = 0; i < 30; ++i) BOOST_TEST(cast("csa", good).status == 200);  // its receipt again costs nothing
}

BOOST_AUTO_TEST_CASE(what_other_workers_have_refused_counts) {
    for (int i = 0; i < 3; ++i) BOOST_TEST(cast("csa", "{}").status == 400);
    admin().run("UPDATE throttle SET count = 10");
    BOOST_TEST(cast("csa", "{}").status == 400);  // by this one the worker learns it
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 429);
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_CASE(who_is_held_up_is_forgotten_with_the_minute_and_nobody_else_is) {
    vote::HeldUp held_up;
    const util::Instant noon = portal.noon(), next = noon + std::chrono::minutes{1};
    BOOST_TEST(!held_up.has(domain::VoterId{1}, noon));
    held_up.add(domain::VoterId{1}, noon);
    BOOST_TEST(held_up.has(domain::VoterId{1}, noon));
    BOOST_TEST(!held_up.has(domain::VoterId{2}, noon));
    BOOST_TEST(!held_up.has(domain::VoterId{1}, next));
    held_up.add(domain::VoterId{2}, next);
    held_up.add(domain::VoterId{3}, noon);  // a thread that comes late
    BOOST_TEST(!held_up.has(domain::VoterId{1}, next));
    BOOST_TEST(held_up.has(domain::VoterId{2}, next));
    BOOST_TEST(!held_up.has(domain::VoterId{3}, next));
}

// The look at the credential is in the statement that stores: neither a ballot that waits nor one of the urne makes it say more.
BOOST_AUTO_TEST_CASE(another_electors_ballot_is_refused_whatever_is_stored_of_it) {
    const std::string good = ballot("csa", 2);
    BOOST_TEST(cast("csa", good).status == 403);
    portal.sign_in(2);
    BOOST_TEST(cast("csa", good).status == 200);
    portal.sign_in(1);
    BOOST_TEST(text_of(cast("csa", good), "error") == "foreign");
    move_on();
    BOOST_TEST(text_of(cast("csa", good), "error") == "foreign");
    BOOST_TEST(count("emargement") == 1);
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);
    BOOST_TEST(count("emargement") == 2);
}

BOOST_AUTO_TEST_CASE(an_elector_of_the_roll_without_a_credential_is_told_to_come_back) {
    admin().execute("DELETE FROM urne.credential WHERE binding = ?",
                    {domain::credential_binding(portal.settings.secret("binding_key").view(), elections["csa"]->uuid(), 1)});
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 503);
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_CASE(another_electors_stored_ballot_gives_no_receipt) {
    portal.sign_in(2);
    const std::string published = ballot("csa", 2);
    BOOST_TEST(cast("csa", published).status == 200);
    portal.sign_in(1);
    BOOST_TEST(cast("csa", published).status == 403);
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);
    BOOST_TEST(cast("csa", published).status == 409);
    BOOST_TEST(count("urne.inbox") == 2);
}

BOOST_AUTO_TEST_CASE(another_scrutins_ballot_is_refused) {
    const auto page = cast("csa", ballot("capd-079", 1));
    BOOST_TEST(page.status == 400);
    BOOST_TEST(text_of(page, "error") == "invalid");
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_CASE(a_ballot_altered_in_any_place_is_refused_and_nothing_is_stored) {
    const std::string sent = ballot("csa", 1);
    // About sixty places, spread over uuid, hash, credential, ciphertexts, every proof and the signature.
    const std::size_t step = sent.size() / 61;
    std::size_t tried = 0;
    for (std::size_t at = 1; at < sent.size(); at += step, ++tried) {
        std::string altered = sent;
        altered[at] = altered[at] == '1' ? '2' : '1';
        admin().run("DELETE FROM throttle");
        const auto page = cast("csa", altered);
        BOOST_TEST((page.status == 400 || page.status == 403), "place " << at << ": " << page.status);
    }
    BOOST_TEST(tried > 50u);
    admin().run("DELETE FROM throttle");
    for (const std::string& altered : {sent.substr(0, sent.size() - 1), sent + " ", " " + sent, sent + sent, std::string("{}"),
                                       std::string("[]"), std::string("null"), std::string()})
        BOOST_TEST(cast("csa", altered).status == 400);
    BOOST_TEST(is_nothing_stored());
    BOOST_TEST(cast("csa", sent).status == 200);
}

BOOST_AUTO_TEST_CASE(what_is_not_a_ballot_in_ascii_is_refused_before_the_protocol_sees_it) {
    BOOST_TEST(cast("csa", "é").status == 400);
    BOOST_TEST(cast("csa", std::string(256 * 1024 + 1, 'a')).status == 413);
    BOOST_TEST(portal.post("/vote/csa/bulletin", {}).status == 400);
    BOOST_TEST(portal.post_raw("/vote/csa/bulletin", "ballot=x").status == 403);  // no form token
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_CASE(a_truncated_body_stores_nothing) {
    const std::string body = test::Portal::encode({{"ballot", ballot("csa", 1)}, {"csrf", portal.csrf()}});
    web::RawRequest raw;
    raw.method = "POST";
    raw.uri = "/vote/csa/bulletin";
    raw.content_type = "application/x-www-form-urlencoded";
    raw.content_length = std::to_string(body.size());
    raw.body = body.substr(0, body.size() - 100);
    raw.cookie = "__Host-portail=" + portal.cookie;
    BOOST_TEST(portal.send(raw).status == 400);
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace foreign_ballot_tests
