// SPDX-License-Identifier: AGPL-3.0-or-later
// The compound statement that stores a vote: what a server may show or log of it, what ends it halfway, and tables that are rebuilt under it.
#include <boost/test/unit_test.hpp>
#include <future>
#include <thread>

#include "util/bytes.hpp"
#include "voting_fixture.hpp"

namespace transaction_tests {

namespace {

using vote::StoreOutcome;

const std::string k_hash(64, '5'), k_ballot_tag(64, '6'), k_credential_tag(64, '7'), k_credential_hash(64, '8'),
    k_mail_key(64, '9'), k_binding(64, 'b'), k_public_key(43, 'c');

struct TransactionFixture : test::VotingFixture {
    db::Connection worker{portal.database.settings("vote")};

    TransactionFixture() {
        admin().execute("INSERT INTO urne.credential (scrutin_id, binding, public_key) VALUES (1, ?, ?)",
                        {k_binding, k_public_key});
    }
    vote::Vote vote_of(unsigned voter, const char* digit) const {
        const std::string end(digit), mark = k_hash.substr(1) + end;
        return {domain::ScrutinId{1},
                domain::VoterId{voter},
                portal.noon(),
                mark,
                k_credential_hash.substr(1) + end,
                {k_ballot_tag.substr(1) + end, k_credential_tag.substr(1) + end},
                "sealed-text",
                vote::Mail{voter, k_mail_key.substr(1) + end, "zoe@x.example", "s", "b", portal.noon()},
                util::k_never,
                k_binding,
                k_public_key};
    }
    void check_stored(std::int64_t votes) {
        BOOST_TEST(count("emargement") == votes);
        BOOST_TEST(count("urne.inbox") == votes);
        BOOST_TEST(count("outbox") == votes);
    }
    void wait_for_a_lock() {
        for (int i = 0; i < 60; ++i) {
            if (admin().select_one("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")->number(0) >
                0)
                return;
            std::this_thread::sleep_for(std::chrono::milliseconds{150});  // the server renews this table once it is left alone
        }
        BOOST_FAIL("nobody waits");
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(transaction_tests, TransactionFixture)

// A server that is told to log all statements, slow ones as well, and a list of processes, at the two rows where a vote may wait.
BOOST_AUTO_TEST_CASE(no_text_that_the_server_shows_or_logs_has_the_elector_and_the_ballot) {
    std::vector<std::string> texts;
    const auto take = [&](const char* sql) {
        for (const auto& row : admin().select(sql)) texts.push_back(row.text(0));
    };
    for (const char* set : {"log_output = 'TABLE'", "log_slow_disabled_statements = ''", "long_query_time = 0",
                            "slow_query_log = 1", "general_log = 1"})
        admin().run(std::string("SET GLOBAL ") + set);
    db::Connection logged(portal.database.settings("vote")), holder(portal.database.settings());
    const auto vote = vote_of(1, "1");
    for (const bool at_the_mail : {false, true}) {
        holder.run("START TRANSACTION");
        if (at_the_mail)
            holder.execute(
                "INSERT INTO portail.outbox (id, idempotency_key, channel, recipient, body, created_at, next_attempt_at) "
                "VALUES (900, ?, 'email', 'a@b.c', '', '2026-12-05 11:00:00', '2026-12-05 11:00:00')",
                {vote.mail->idempotency_key});
        else
            holder.execute("INSERT INTO urne.inbox (scrutin_id, ballot_tag, credential_tag, sealed) VALUES (1, ?, 'c', 'x')",
                           {vote.tags.ballot});
        auto casting = std::async(std::launch::async, [&] { return vote::store_vote(logged, vote); });
        wait_for_a_lock();
        take("SELECT COALESCE(info, '') FROM information_schema.processlist WHERE user = 'portail-vote'");
        take("SELECT COALESCE(trx_query, '') FROM information_schema.innodb_trx");
        holder.run("ROLLBACK");
        BOOST_CHECK(casting.get() == StoreOutcome::stored);
        check_stored(1);
        for (const char* table : {"emargement", "urne.inbox", "outbox"}) admin().run(std::string("DELETE FROM ") + table);
    }
    admin().run("SET GLOBAL general_log = 0");
    admin().run("SET GLOBAL slow_query_log = 0");
    admin().run("SET GLOBAL long_query_time = 10");
    take("SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE user_host LIKE 'portail-vote%'");
    take("SELECT CONVERT(sql_text USING utf8mb4) FROM mysql.slow_log WHERE user_host LIKE 'portail-vote%'");
    std::size_t of_elector = 0, of_ballot = 0, logged_whole = 0;
    for (const auto& text : texts) {
        const auto has = [&](const std::string& part) { return text.find(part) != std::string::npos; };
        const bool elector = has("zoe@x.example"), ballot = has(k_ballot_tag.substr(1)) || has(k_credential_tag.substr(1)) ||
                                                            has(k_hash.substr(1)) || has(k_credential_hash.substr(1)) ||
                                                            has("sealed-text") || has(k_binding) || has(k_public_key);
        of_elector += elector;
        of_ballot += ballot;
        logged_whole += text.starts_with("BEGIN NOT ATOMIC START TRANSACTION");
        BOOST_TEST(!(elector && ballot), text);
    }
    BOOST_TEST(of_elector > 0u);
    BOOST_TEST(of_ballot > 0u);
    BOOST_TEST(logged_whole > 0u);
}

// sql/unlink.sql does so every ten minutes, while connections keep their statements.
BOOST_AUTO_TEST_CASE(tables_that_are_rebuilt_between_two_votes_take_the_second) {
    BOOST_CHECK(vote::store_vote(worker, vote_of(1, "1")) == StoreOutcome::stored);
    for (const char* table : {"portail.emargement", "portail.outbox", "urne.inbox", "urne.opened", "portail.scrutin"})
        admin().run(std::string("ALTER TABLE ") + table + " FORCE");
    BOOST_CHECK(vote::store_vote(worker, vote_of(2, "2")) == StoreOutcome::stored);
    check_stored(2);
}

BOOST_AUTO_TEST_CASE(a_mail_that_is_there_already_hinders_no_vote) {
    auto vote = vote_of(1, "1");
    BOOST_CHECK(vote::store_vote(worker, vote) == StoreOutcome::stored);
    auto second = vote_of(2, "2");
    second.mail->idempotency_key = vote.mail->idempotency_key;
    BOOST_CHECK(vote::store_vote(worker, second) == StoreOutcome::stored);
    BOOST_TEST(count("emargement") == 2);
    BOOST_TEST(count("outbox") == 1);
}

BOOST_AUTO_TEST_CASE(a_mail_that_no_column_holds_hinders_no_vote) {
    auto vote = vote_of(1, "1");
    vote.mail->recipient = std::string(5000, 'x');
    BOOST_CHECK(vote::store_vote(worker, vote) == StoreOutcome::stored);
    BOOST_TEST(count("urne.inbox") == 1);
    BOOST_TEST(count("outbox") == 0);
}

// The mail waits for a row of `other`, who then waits for the émargement: the server ends the vote, the smaller of both, and with it the émargement. Taken for
// a trouble of the outbox alone, the ballot would be stored without one.
BOOST_AUTO_TEST_CASE(a_deadlock_at_the_mail_runs_the_whole_vote_again) {
    const auto vote = vote_of(1, "1");
    db::Connection other(portal.database.settings());
    other.run("START TRANSACTION");
    const auto insert = [&](std::uint64_t id, const std::string& key) {
        other.execute(
            "INSERT INTO portail.outbox (id, idempotency_key, channel, recipient, body, created_at, next_attempt_at) "
            "VALUES (?, ?, 'email', 'a@b.c', '', '2026-12-05 11:00:00', '2026-12-05 11:00:00')",
            {id, key});
    };
    insert(900, vote.mail->idempotency_key);
    for (std::uint64_t i = 1; i <= 20; ++i) insert(900 + i, std::to_string(i));
    auto casting = std::async(std::launch::async, [&] { return vote::store_vote(worker, vote); });
    wait_for_a_lock();
    other.run("INSERT INTO portail.emargement (scrutin_id, voter_id, voted_at) VALUES (1, 1, '2026-01-01 00:00:00')");
    BOOST_TEST(count("urne.inbox") == 0);
    other.run("ROLLBACK");
    BOOST_CHECK(casting.get() == StoreOutcome::stored);
    check_stored(1);
}

// Each refusal leaves the connection as it was: the next vote on it is stored, and nothing of the refused one.
BOOST_AUTO_TEST_CASE(a_refusal_takes_all_back_and_the_connection_goes_on) {
    auto late = vote_of(1, "1");
    late.over_from = *util::from_sql("2020-01-01 00:00:00");
    BOOST_CHECK(vote::store_vote(worker, late) == StoreOutcome::not_open);
    admin().execute("INSERT INTO urne.opened (scrutin_id, ballot_hash) VALUES (1, ?)", {vote_of(1, "1").ballot_hash});
    BOOST_CHECK(vote::store_vote(worker, vote_of(1, "1")) == StoreOutcome::opened);
    admin().run("UPDATE scrutin SET suspended_at = '2026-12-05 09:30:00' WHERE id = 1");
    BOOST_CHECK(vote::store_vote(worker, vote_of(2, "2")) == StoreOutcome::suspended);
    admin().run("UPDATE scrutin SET suspended_at = NULL, state = 'closed' WHERE id = 1");
    BOOST_CHECK(vote::store_vote(worker, vote_of(2, "2")) == StoreOutcome::not_open);
    check_stored(0);
    admin().run("UPDATE scrutin SET state = 'open' WHERE id = 1");
    for (auto change : {&vote::Vote::binding, &vote::Vote::public_key}) {
        auto foreign = vote_of(2, "2");
        foreign.*change = std::string(43, 'd');
        BOOST_CHECK(vote::store_vote(worker, foreign) == StoreOutcome::duplicate);
    }
    check_stored(0);
    BOOST_CHECK(vote::store_vote(worker, vote_of(2, "2")) == StoreOutcome::stored);
    BOOST_CHECK(vote::store_vote(worker, vote_of(2, "3")) == StoreOutcome::duplicate);
    check_stored(1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace transaction_tests
