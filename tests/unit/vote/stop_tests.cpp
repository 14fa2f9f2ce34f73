// SPDX-License-Identifier: AGPL-3.0-or-later
// A vote that the office stopped, for a time or for good: what the elector reads, and that no ballot enters once the stop is committed.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

#include "util/bytes.hpp"
#include "vote/store.hpp"
#include "voting_fixture.hpp"

namespace stop_tests {

using test::text_of;

namespace {

struct StopFixture : test::VotingFixture {
    // As the office's act leaves it; `column`: suspended_at or annulled_at.
    void stop(const std::string& column, const std::string& kind) {
        admin().run("UPDATE scrutin SET " + column + " = '2026-12-05 09:30:00' WHERE id = 1");
        admin().execute(
            "INSERT INTO suspension (number, scrutin_id, kind, reason, authority, state, proposed_by, proposed_at, decided_at) "
            "SELECT COALESCE(MAX(number), 0) + 1, 1, ?, 'Une panne du réseau <académique>.', 'La rectrice', 'done', 'a', '2026-12-05 09:00:00', "
            "'2026-12-05 09:30:00' FROM suspension",
            {kind});
        admin().run("UPDATE election SET data_version = data_version + 1");
    }
    void go_on() {
        admin().run("UPDATE scrutin SET suspended_at = NULL WHERE id = 1");
        admin().run("UPDATE election SET data_version = data_version + 1");
    }
    // As the store takes it; nobody made these ballots.
    static vote::Vote vote_of(unsigned voter, util::Instant at) {
        const std::string hash = util::sha256_hex(std::to_string(voter));
        return {domain::ScrutinId{1}, domain::VoterId{voter}, at, hash, hash, {hash, hash}, "x"};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(stop_tests, StopFixture)

BOOST_AUTO_TEST_CASE(a_suspended_scrutin_says_since_when_and_why_and_takes_nothing) {
    stop("suspended_at", "suspend");
    const auto page = portal.get("/vote");
    BOOST_TEST(page.has("suspendu depuis le samedi 5 décembre 2026 à 10\u00a0h\u00a030"));
    BOOST_TEST(page.has("Une panne du réseau &lt;académique&gt;."));
    BOOST_TEST(!page.has("/vote/csa/bulletin"));
    BOOST_TEST(page.has("/vote/capd-079/bulletin"));  // the other goes on
    const auto booth = portal.get("/vote/csa/bulletin");
    BOOST_TEST(booth.status == 200);
    BOOST_TEST(booth.has("<h1>Le vote est suspendu</h1>"));
    BOOST_TEST(booth.has("Une panne du réseau"));
    const auto parameters = portal.get("/vote/csa/parametres");
    BOOST_TEST(parameters.status == 403);
    BOOST_TEST(text_of(parameters, "error") == "suspended");
    const auto refused = cast("csa", ballot("csa", 1));
    BOOST_TEST(refused.status == 403);
    BOOST_TEST(text_of(refused, "error") == "suspended");
    BOOST_TEST(text_of(refused, "message").find("n’est pas enregistré, et cette page le garde") != std::string::npos);
    const auto opened = portal.post("/vote/csa/ouverture", {{"reference", std::string(43, 'A')}});
    BOOST_TEST(text_of(opened, "error") == "suspended");
    BOOST_TEST(is_nothing_stored());
    BOOST_TEST(count("urne.opened") == 0);
}

BOOST_AUTO_TEST_CASE(the_ballot_that_was_refused_is_taken_when_the_vote_goes_on) {
    const std::string sent = ballot("csa", 1);
    stop("suspended_at", "suspend");
    BOOST_TEST(cast("csa", sent).status == 403);
    go_on();
    BOOST_TEST(cast("csa", sent).status == 200);
    BOOST_TEST(!portal.get("/vote").has("suspendu"));
}

BOOST_AUTO_TEST_CASE(a_vote_acknowledged_before_stays_and_gives_its_receipt_again) {
    const std::string sent = ballot("csa", 1);
    const auto first = cast("csa", sent);
    BOOST_TEST(first.status == 200);
    stop("suspended_at", "suspend");
    BOOST_TEST(cast("csa", sent).body == first.body);
    BOOST_TEST(portal.get("/vote").has("Vous avez voté le"));
    BOOST_TEST(portal.get("/vote/csa/accuse").status == 200);
}

BOOST_AUTO_TEST_CASE(an_annulled_scrutin_says_so_whatever_the_hour) {
    admin().run("UPDATE scrutin SET state = 'closed' WHERE id = 1");
    stop("annulled_at", "annul");
    BOOST_TEST(portal.get("/vote").has("Ce scrutin est annulé"));
    BOOST_TEST(portal.get("/vote/csa/bulletin").has("<h1>Ce scrutin est annulé</h1>"));
    BOOST_TEST(text_of(cast("csa", ballot("csa", 1)), "error") == "closed");
    portal.clock.set(*domain::from_paris("2026-12-10 17:10"));
    portal.sign_in(1);
    BOOST_TEST(portal.get("/vote").has("arrêté définitivement le samedi 5 décembre 2026"));
    BOOST_TEST(is_nothing_stored());
}

// The worker that does not know yet: what it keeps of a scrutin is of the version before.
BOOST_AUTO_TEST_CASE(the_transaction_that_stores_refuses_what_the_page_did_not_know) {
    let_nobody_vote();
    db::Connection db(portal.database.settings("vote"));
    admin().run("UPDATE scrutin SET suspended_at = '2026-12-05 09:30:00' WHERE id = 1");
    BOOST_CHECK(vote::store_vote(db, vote_of(1, portal.noon())) == vote::StoreOutcome::suspended);
    BOOST_TEST(is_nothing_stored());
    BOOST_TEST(portal.get("/vote").status == 200);  // known by now
    BOOST_TEST(text_of(cast("csa", ballot("csa", 1)), "error") == "suspended");
}

// Suspended in the middle of sixty casts on four connections: what the commit of the suspension found is what stays.
BOOST_AUTO_TEST_CASE(no_ballot_enters_behind_a_committed_suspension) {
    let_nobody_vote();
    constexpr unsigned k_threads = 4, k_each = 15;
    for (unsigned voter = 100; voter < 100 + k_threads * k_each; ++voter) {
        portal.add_voter(voter, "electeur" + std::to_string(voter) + "@ac-poitiers.fr");
        admin().execute("INSERT INTO voter_scrutin (scrutin_id, voter_id, sort_key, reason) VALUES (1, ?, 'e', 'essai')", {voter});
    }
    std::atomic<unsigned> stored{0}, suspended{0};
    std::atomic<bool> begun{false};
    std::vector<std::thread> threads;
    for (unsigned thread = 0; thread < k_threads; ++thread) {
        threads.emplace_back([&, thread] {
            db::Connection db(portal.database.settings("vote"));
            for (unsigned i = 0; i < k_each; ++i) {
                const auto outcome = vote::store_vote(db, vote_of(100 + thread * k_each + i, portal.noon()));
                stored += outcome == vote::StoreOutcome::stored;
                suspended += outcome == vote::StoreOutcome::suspended;
                begun = true;
            }
        });
    }
    while (!begun) std::this_thread::yield();
    db::Connection office(portal.database.settings("scrutinctl"));
    office.execute("UPDATE scrutin SET suspended_at = UTC_TIMESTAMP() WHERE id = 1 AND state = 'open' AND suspended_at IS NULL");
    const auto found = count("urne.inbox");
    for (auto& thread : threads) thread.join();
    BOOST_TEST(count("urne.inbox") == found);
    BOOST_TEST(count("emargement") == found);
    BOOST_TEST(stored == static_cast<unsigned>(found));
    BOOST_TEST(stored + suspended == k_threads * k_each);
}

BOOST_AUTO_TEST_CASE(no_process_takes_an_annulment_back_or_lets_the_scrutin_go_on) {
    stop("annulled_at", "annul");
    admin().run("UPDATE scrutin SET state = 'closed' WHERE id = 1");
    db::Connection office(portal.database.settings("scrutinctl"));
    BOOST_CHECK_THROW(office.run("UPDATE scrutin SET annulled_at = NULL WHERE id = 1"), db::Error);
    BOOST_CHECK_THROW(office.run("UPDATE scrutin SET state = 'tallied' WHERE id = 1"), db::Error);
    db::Connection worker(portal.database.settings("vote"));
    BOOST_CHECK_THROW(worker.run("UPDATE scrutin SET suspended_at = NULL"), db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace stop_tests
