// SPDX-License-Identifier: AGPL-3.0-or-later
// The hours of the vote by the database's clock, moved for the worker's own connection, while the worker's machine has another hour: to the
// second, over both changes of hour, and in the transaction that stores.
#include <boost/test/unit_test.hpp>

#include "domain/local_time.hpp"
#include "util/bytes.hpp"
#include "voting_fixture.hpp"

namespace hour_tests {

using test::text_of;

namespace {

struct HourFixture : test::VotingFixture {
    // An elector who signed in then, before a database that has this hour: what his cast is answered.
    std::string cast_at(unsigned voter, const std::string& signed_in, util::Instant database) {
        portal.clock.heed_database();
        portal.connection().run("SET timestamp = " + std::to_string(database.time_since_epoch().count()));
        portal.cookie = util::random_token(16);
        admin().execute("INSERT INTO session (id_hash, voter_id, created_at, last_seen_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                        {util::sha256_hex(portal.cookie), voter, util::to_sql(paris(signed_in)), util::to_sql(database),
                         util::to_sql(database + std::chrono::hours{1})});
        const auto page = cast("csa", ballot("csa", voter));
        return page.status == 200 ? "stored" : text_of(page, "error");
    }
    static util::Instant paris(const std::string& text) { return *domain::from_paris(text); }
    void move_vote(util::Instant opens, util::Instant closes) {
        admin().execute("UPDATE calendar SET at = ? WHERE event = 'vote_opens'", {util::to_sql(opens)});
        admin().execute("UPDATE calendar SET at = ? WHERE event = 'vote_closes'", {util::to_sql(closes)});
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hour_tests, HourFixture)

BOOST_AUTO_TEST_CASE(a_worker_whose_clock_is_an_hour_wrong_neither_takes_nor_refuses_by_it) {
    for (const char* worker : {"2026-12-10 16:00:00", "2026-12-10 18:29:00", "2031-01-01 00:00:00"}) {
        portal.clock.set(paris(worker));
        BOOST_TEST(cast_at(1, "2026-12-10 16:59:59", paris("2026-12-10 17:30:00")) == "closed");
        BOOST_TEST(cast_at(1, "2026-12-10 17:00:00", paris("2026-12-10 17:00:00")) == "closed");
        BOOST_TEST(cast_at(1, "2026-12-10 17:00:00", paris("2026-12-10 17:29:59")) == "closed");
        BOOST_TEST(is_nothing_stored());
    }
    portal.clock.set(paris("2026-12-10 18:29:00"));
    BOOST_TEST(cast_at(1, "2026-12-10 16:59:59", paris("2026-12-10 17:00:00")) == "stored");
    BOOST_TEST(cast_at(2, "2026-12-10 16:59:59", paris("2026-12-10 17:29:59")) == "stored");
    // The émargement and the receipt have the database's minute, too.
    BOOST_TEST(admin().select_one("SELECT voted_at FROM emargement WHERE voter_id = 2")->text(0) == "2026-12-10 16:29:00");
    portal.clock.set(paris("2026-12-02 12:00:00"));
    BOOST_TEST(cast_at(3, "2026-12-03 09:00:00", paris("2026-12-03 09:59:59")) == "closed");
    BOOST_TEST(cast_at(3, "2026-12-03 09:00:00", paris("2026-12-03 10:00:00")) == "stored");
}

BOOST_AUTO_TEST_CASE(thirty_minutes_are_thirty_minutes_over_both_changes_of_hour) {
    // 3 o'clock becomes 2 o'clock: a close at the first 2:45 has its grace until the second 2:15.
    const auto autumn = *util::from_sql("2026-10-25 00:45:00");
    move_vote(autumn - std::chrono::hours{48}, autumn);
    BOOST_TEST(cast_at(1, "2026-10-24 20:00:00", autumn + std::chrono::minutes{30}) == "closed");
    BOOST_TEST(cast_at(1, "2026-10-24 20:00:00", autumn + std::chrono::minutes{90}) == "closed");
    BOOST_TEST(cast_at(1, "2026-10-24 20:00:00", autumn + std::chrono::minutes{30} - std::chrono::seconds{1}) == "stored");
    // 2 o'clock becomes 3 o'clock.
    const auto spring = paris("2027-03-28 01:45:00");
    move_vote(spring - std::chrono::hours{48}, spring);
    BOOST_TEST(cast_at(2, "2027-03-27 20:00:00", spring + std::chrono::minutes{30}) == "closed");
    BOOST_TEST(cast_at(2, "2027-03-27 20:00:00", paris("2027-03-28 03:14:59")) == "stored");
    BOOST_TEST(count("emargement") == 2);
}

// The page was asked in time; the transaction comes after the grace.
BOOST_AUTO_TEST_CASE(the_transaction_that_stores_looks_at_the_hour_itself) {
    let_nobody_vote();
    db::Connection db(portal.database.settings("vote"));
    db.run("SET timestamp = " + std::to_string(paris("2026-12-10 17:30:00").time_since_epoch().count()));
    const std::string hash(64, '0');
    vote::Vote vote{domain::ScrutinId{1}, domain::VoterId{1}, portal.noon(), hash, hash, {hash, hash}, "x"};
    vote.over_from = paris("2026-12-10 17:30:00");
    BOOST_CHECK(vote::store_vote(db, vote) == vote::StoreOutcome::not_open);
    BOOST_TEST(is_nothing_stored());
    db.run("SET timestamp = " + std::to_string(paris("2026-12-10 17:29:59").time_since_epoch().count()));
    BOOST_CHECK(vote::store_vote(db, vote) == vote::StoreOutcome::stored);
}

BOOST_AUTO_TEST_CASE(a_session_is_idle_and_ends_by_the_same_clock) {
    portal.set_database_clock("2026-12-05 12:00");
    portal.clock.set(paris("2026-12-05 13:00"));
    portal.cookie = util::random_token(16);
    admin().execute("INSERT INTO session (id_hash, voter_id, created_at, last_seen_at, expires_at) VALUES (?, 1, ?, ?, ?)",
                    {util::sha256_hex(portal.cookie), "2026-12-05 10:50:00", "2026-12-05 10:50:00", "2026-12-05 14:50:00"});
    BOOST_TEST(portal.get("/vote").status == 200);
    portal.set_database_clock("2026-12-05 12:30");
    BOOST_TEST(portal.get("/vote").status == 303);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace hour_tests
