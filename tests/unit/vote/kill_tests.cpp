// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker's real program killed at each step of a vote (ATT-7, OPS-15): both rows or none, and the same ballot sent to
// its successor always ends as one vote with one receipt. The steps are held open from the database's side, by the locks
// that each of them needs.
#include <boost/test/unit_test.hpp>

#include "crypto/receipt.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "web/rolls.hpp"
#include "vote/cast.hpp"
#include "voting_fixture.hpp"
#include "worker_process.hpp"

namespace kill_tests {

namespace {

using test::pause;
using test::VotingFixture;
using test::WorkerProcess;

struct KillFixture : VotingFixture {
    std::string text = ballot("csa", 1);
    db::Connection holder{portal.database.settings()};  // holds the lock that a step needs

    KillFixture() {
        // The program has the machine's clock.
        const auto now = util::SystemClock().now();
        admin().execute("UPDATE calendar SET at = ? WHERE event = 'vote_opens'", {util::to_sql(now - std::chrono::hours{24})});
        admin().execute("UPDATE calendar SET at = ? WHERE event = 'vote_closes'", {util::to_sql(now + std::chrono::hours{24})});
        portal.clock.set(now);
        portal.sign_in(1);
    }

    int send(const WorkerProcess& worker) {
        const auto body = test::Portal::encode({{"ballot", text}, {"csrf", portal.csrf()}});
        return worker.post("/vote/csa/bulletin", body, "__Host-portail=" + portal.cookie);
    }

    void hold_emargement() {
        holder.run("START TRANSACTION");
        holder.run("INSERT INTO emargement (scrutin_id, voter_id, voted_at) VALUES (1, 1, '2026-01-01 00:00:00')");
    }
    void hold_ballot() {
        holder.run("START TRANSACTION");
        holder.execute("INSERT INTO urne.inbox (scrutin_id, ballot_tag, credential_tag, sealed) VALUES (1, ?, ?, 'x')",
                       {waiting_tag("csa", util::sha256_hex(text)), std::string(64, '9')});
    }
    void hold_commit() {
        holder.run("BACKUP STAGE START");
        holder.run("BACKUP STAGE BLOCK_COMMIT");
    }
    void release_commit() { holder.run("BACKUP STAGE END"); }

    // Until portail-vote's statement waits for a row, or its COMMIT for the backup's lock.
    void wait_for_row_lock() { wait_until("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'"); }
    void wait_for_commit_lock() {
        wait_until(
            "SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'portail-vote' AND info LIKE 'COMMIT%' "
            "AND state LIKE 'Waiting for backup%'");
    }
    void wait_until(const std::string& counting) {
        for (int i = 0; i < 60; ++i) {
            if (admin().select_one(counting)->number(0) > 0) return;
            pause(150);
        }
        BOOST_FAIL("never true: " + counting);
    }
    void wait_for_no_transaction() {
        for (int i = 0; i < 100; ++i) {
            if (admin().select_one("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'portail-vote'")->number(0) ==
                0)
                return;
            pause(150);
        }
        BOOST_FAIL("the killed worker's connection stays");
    }

    std::int64_t rows_of_vote() {
        const auto emargements = count("emargement"), ballots = count("urne.inbox");
        BOOST_TEST(emargements == ballots);          // both or none
        BOOST_TEST(count("outbox") == emargements);  // and the mail that tells him
        return emargements;
    }
    // The successor is sent the same ballot twice.
    void check_that_the_vote_ends_once() {
        WorkerProcess worker(portal.folder());
        const auto first = test::read_all(send(worker));
        const auto second = test::read_all(send(worker));
        BOOST_TEST(first.find("Status: 200") != std::string::npos, first);
        const auto body = [](const std::string& answer) { return answer.substr(answer.find("{\"receipt\"")); };
        BOOST_TEST(body(first) == body(second));
        BOOST_TEST(rows_of_vote() == 1);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(kill_tests, KillFixture)

// The transaction is one call: a server that has begun it ends it, whether somebody waits for the answer or not.
BOOST_AUTO_TEST_CASE(killed_before_the_emargement_both_rows_are_left_or_none) {
    WorkerProcess worker(portal.folder());
    hold_emargement();
    const int fd = send(worker);
    wait_for_row_lock();
    BOOST_TEST(rows_of_vote() == 0);
    worker.end(SIGKILL);
    holder.run("ROLLBACK");
    BOOST_TEST(test::read_all(fd).find("receipt") == std::string::npos);
    wait_for_no_transaction();
    rows_of_vote();
    check_that_the_vote_ends_once();
}

BOOST_AUTO_TEST_CASE(killed_between_emargement_and_ballot_both_rows_are_left_or_none) {
    WorkerProcess worker(portal.folder());
    hold_ballot();
    const int fd = send(worker);
    wait_for_row_lock();
    BOOST_TEST(rows_of_vote() == 0);
    worker.end(SIGKILL);
    holder.run("ROLLBACK");
    BOOST_TEST(test::read_all(fd).find("receipt") == std::string::npos);
    wait_for_no_transaction();
    rows_of_vote();
    check_that_the_vote_ends_once();
}

BOOST_AUTO_TEST_CASE(killed_while_its_commit_is_under_way_both_rows_are_left_or_none) {
    WorkerProcess worker(portal.folder());
    hold_commit();
    const int fd = send(worker);
    wait_for_commit_lock();
    BOOST_TEST(rows_of_vote() == 0);
    worker.end(SIGKILL);
    release_commit();
    BOOST_TEST(test::read_all(fd).find("receipt") == std::string::npos);
    wait_for_no_transaction();
    rows_of_vote();
    check_that_the_vote_ends_once();
}

BOOST_AUTO_TEST_CASE(killed_after_the_commit_the_vote_stands_and_its_receipt_is_given_again) {
    WorkerProcess worker(portal.folder());
    const auto first = test::read_all(send(worker));
    worker.end(SIGKILL);
    BOOST_TEST(rows_of_vote() == 1);
    WorkerProcess successor(portal.folder());
    const auto again = test::read_all(send(successor));
    BOOST_TEST(again.substr(again.find("{\"receipt\"")) == first.substr(first.find("{\"receipt\"")));
}

// The server's socket appears when the worker has waited for a while.
BOOST_AUTO_TEST_CASE(started_before_its_database_it_waits_and_then_serves) {
    namespace fs = std::filesystem;
    const auto real = portal.database.socket(), later = (portal.folder() / "later.sock").string();
    const auto settings = portal.folder() / "portail.toml";
    std::string toml = util::read_file(settings).value();
    toml.replace(toml.find(real), real.size(), later);
    std::ofstream(settings) << toml;
    WorkerProcess worker(portal.folder(), false);
    pause(1500);
    BOOST_TEST(worker.is_alive());
    BOOST_TEST(!worker.is_ready());
    fs::create_symlink(real, later);
    BOOST_REQUIRE(worker.wait_until_ready());
    BOOST_TEST(test::read_all(send(worker)).find("Status: 200") != std::string::npos);
    BOOST_TEST(rows_of_vote() == 1);
}

BOOST_AUTO_TEST_CASE(sigterm_finishes_the_vote_under_way) {
    WorkerProcess worker(portal.folder());
    hold_ballot();
    const int fd = send(worker);
    wait_for_row_lock();
    worker.signal(SIGTERM);
    pause(300);
    holder.run("ROLLBACK");
    BOOST_TEST(test::read_all(fd).find("Status: 200") != std::string::npos);
    const int status = worker.wait();
    BOOST_TEST((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    BOOST_TEST(rows_of_vote() == 1);
}

// D8: the answer to the COMMIT is lost, whether the commit took place or not.
BOOST_AUTO_TEST_CASE(a_lost_answer_to_the_commit_is_looked_up_before_it_is_tried_again) {
    vote::SealedElections sealed(receipt_key());
    const vote::Keys keys{portal.settings.secret("binding_key"), portal.settings.secret("receipt_secret_key")};
    const auto scrutin = *web::scrutin_of_code(vote::my_scrutins(admin(), domain::VoterId{1}), "csa");
    hold_commit();
    std::string receipt;
    std::thread casting([&] {
        db::Connection db(portal.database.settings("vote"));
        const auto mail = [](util::Instant at) { return vote::Mail{7, std::string(64, 'a'), "zoe@x.example", "s", "b", at}; };
        const auto cast = vote::cast_ballot(db, sealed, keys,
                                            {scrutin, domain::VoterId{1}, vote::Phase::open, portal.clock.now(), text, {}, mail});
        receipt = cast ? cast->receipt : cast.error().detail;
    });
    wait_for_commit_lock();
    const auto connection = admin()
                                .select_one(
                                    "SELECT id FROM information_schema.processlist WHERE user = 'portail-vote' AND "
                                    "info LIKE 'COMMIT%'")
                                ->number(0);
    admin().run("KILL CONNECTION " + std::to_string(connection));
    pause(500);
    release_commit();
    casting.join();
    BOOST_TEST(crypto::verify_receipt(receipt_key(), receipt), receipt);
    BOOST_TEST(rows_of_vote() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace kill_tests
