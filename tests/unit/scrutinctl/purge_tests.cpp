// SPDX-License-Identifier: AGPL-3.0-or-later
// The purge on 10,000 rows of each kind, with the account's own rights, beside somebody who works on the same tables.
#include <boost/test/unit_test.hpp>
#include <atomic>
#include <thread>

#include "scrutinctl/election_fixture.hpp"
#include "util/bytes.hpp"

namespace purge_tests {

namespace {

struct Rows : test::ElectionFixture {
    std::int64_t count(const std::string& what) { return database.admin().select_one("SELECT COUNT(*) FROM " + what)->number(0); }
    // `number` rows of each kind whose age is `hours`.
    void add(const std::string& name, int number, int hours) {
        const std::string rows = " FROM seq_1_to_" + std::to_string(number);
        const std::string at = "UTC_TIMESTAMP() - INTERVAL " + std::to_string(hours) + " HOUR";
        const std::string key = "SHA2(CONCAT('" + name + "', seq), 256)";
        auto& db = database.admin();
        db.run("INSERT INTO session (id_hash, created_at, last_seen_at, expires_at) SELECT " + key + ", " + at + ", " + at + ", " +
               at + rows);
        db.run("INSERT INTO throttle (key_hash, window_start, count) SELECT " + key + ", " + at + ", 1" + rows);
        for (const char* state : {"sent", "failed", "queued"})
            db.run(
                "INSERT INTO outbox (idempotency_key, channel, recipient, body, state, created_at, next_attempt_at) SELECT SHA2(CONCAT('" +
                name + state + "', seq), 256), 'email', 'a@b.example', '', '" + state + "', " + at + ", " + at + rows);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(purge, Rows)

BOOST_AUTO_TEST_CASE(what_has_served_goes_and_what_is_in_use_stays) {
    add("fresh", 3, 0);
    add("a day", 5, 24);
    add("old", 10'000, 24 * 8);
    database.admin().run(
        "INSERT INTO mail_return (recipient, kind, at) VALUES ('a@b.example', 'full', UTC_TIMESTAMP() - INTERVAL 61 DAY), "
        "('c@d.example', 'full', UTC_TIMESTAMP() - INTERVAL 59 DAY)");
    database.admin().run("SET foreign_key_checks = 0");  // nobody is on the roll here
    for (const char* hours : {"49", "25"})
        database.admin().run(
            "INSERT INTO reassort_temporary (voter_id, sent_at, code_check, destination, idempotency_key) VALUES (1, UTC_TIMESTAMP() - "
            "INTERVAL " +
            std::string(hours) + " HOUR, '', '', '" + hours + "')");
    database.admin().run("SET foreign_key_checks = 1");
    database.admin().run(
        "INSERT INTO sms_state (message_id, state, at) SELECT seq, 'phone', UTC_TIMESTAMP() - INTERVAL 8 DAY FROM seq_1_to_1200");
    database.admin().run("INSERT INTO sms_state (message_id, state, at) VALUES (1201, 'left', UTC_TIMESTAMP() - INTERVAL 6 DAY)");
    // Deposits that closed 31 and 29 days ago, and one that is open; what was deposited stays.
    database.admin().run(
        "INSERT INTO candidature (id, scrutin_code, union_name, closes_at) VALUES (1, 'x', 'A', UTC_TIMESTAMP() - INTERVAL 31 DAY), (2, 'x', 'B', "
        "UTC_TIMESTAMP() - INTERVAL 29 DAY), (3, 'x', 'C', UTC_TIMESTAMP() + INTERVAL 9 DAY)");
    database.admin().run(
        "INSERT INTO candidature_draft (candidature_id, list_name, names, saved_at) SELECT id, 'L', '', UTC_TIMESTAMP() - INTERVAL 90 DAY FROM candidature");
    database.admin().run(
        "INSERT INTO candidature_draft_file (candidature_id, kind, name, digest, content) SELECT id, 'logo', 'l', '', 'x' FROM candidature");
    database.admin().run(
        "INSERT INTO candidature_deposit (number, candidature_id, version, list_name, at, deposited_by, digest) VALUES ('C-7K3M-9PQR', 1, 1, 'L', "
        "UTC_TIMESTAMP() - INTERVAL 60 DAY, 'x', '')");
    must("purge");
    BOOST_TEST(database.admin().select_one("SELECT GROUP_CONCAT(candidature_id) FROM candidature_draft")->text(0) == "2,3");
    BOOST_TEST(database.admin().select_one("SELECT GROUP_CONCAT(candidature_id) FROM candidature_draft_file")->text(0) == "2,3");
    BOOST_TEST(count("candidature_deposit") == 1);
    BOOST_TEST(count("sms_state") == 1);
    BOOST_TEST(count("sms_state WHERE message_id = 1201") == 1);
    BOOST_TEST(count("mail_return") == 1);
    BOOST_TEST(count("reassort_temporary") == 1);
    BOOST_TEST(count("session") == 3);
    BOOST_TEST(count("throttle") == 8);
    BOOST_TEST(count("outbox WHERE state = 'sent'") == 8);
    BOOST_TEST(count("outbox WHERE state = 'failed'") == 8);
    BOOST_TEST(count("outbox WHERE state = 'queued'") == 10'008);  // whatever its age, a message that waits is not lost
    must("purge");
    BOOST_TEST(count("throttle") == 8);
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_the_purge) {
    add("old", 10'000, 24 * 8);
    std::atomic<bool> over{false};
    std::chrono::milliseconds longest{0};
    std::uint64_t written = 0;
    std::thread worker([&] {
        db::Connection db(database.settings("account"));
        while (!over) {
            const auto started = std::chrono::steady_clock::now();
            db.execute("INSERT INTO throttle (key_hash, window_start, count) VALUES (?, UTC_TIMESTAMP(), 1)",
                       {util::sha256_hex(std::to_string(written++))});
            db.execute(
                "INSERT INTO session (id_hash, created_at, last_seen_at, expires_at) "
                "VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP(), UTC_TIMESTAMP() + INTERVAL 1 HOUR)",
                {util::sha256_hex(std::to_string(written))});
            longest = std::max(longest,
                               std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started));
        }
    });
    must("purge");
    over = true;
    worker.join();
    BOOST_TEST(written > 10u);
    BOOST_TEST(longest.count() < 2000, longest.count() << " ms");
    BOOST_TEST(count("session") == static_cast<std::int64_t>(written));
    BOOST_TEST(count("throttle") == static_cast<std::int64_t>(written));
}

BOOST_AUTO_TEST_CASE(a_purge_that_met_a_lock_is_run_again_and_goes_on) {
    add("old", 1'200, 24 * 8);
    db::Connection holder(database.settings());
    holder.run("START TRANSACTION");
    holder.run("UPDATE session SET device = 'held' ORDER BY expires_at DESC LIMIT 1");
    office->db().run("SET innodb_lock_wait_timeout = 1");
    must_not("purge", {}, "la base de données a refusé");
    BOOST_TEST(count("session") < 1'200);
    BOOST_TEST(count("session") > 0);
    holder.run("ROLLBACK");
    must("purge");
    BOOST_TEST(count("session") == 0);
    BOOST_TEST(count("outbox WHERE state <> 'queued'") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace purge_tests
