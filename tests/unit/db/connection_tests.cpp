// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/connection.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <future>
#include <thread>

#include "support/database.hpp"
#include "support/logged.hpp"

namespace connection_tests {

namespace {

struct Fixture {
    test::Database database;
    db::Connection db{database.settings()};
    Fixture() {
        db.run("CREATE TABLE IF NOT EXISTS try_out (id INT PRIMARY KEY, note MEDIUMTEXT, n BIGINT NULL)");
        db.run("DELETE FROM try_out");
    }

    long server_says(const char* sql) { return database.admin().select_one(sql)->number(0); }
    // `work` takes row 1, then row 2, and adds one to each. Another has row 2 and asks for row 1 once `work` waits; it has written more, so that the server
    // ends `work`, and not by chance.
    void in_a_deadlock(const std::function<void(db::Connection&)>& work) {
        db.execute("INSERT INTO try_out (id, n) VALUES (1, 0), (2, 0)");
        std::future<void> ended;
        int runs = 0;
        const std::string log = test::logged([&] {
            db.transaction([&] {
                ++runs;
                db.execute("INSERT INTO try_out (id, n) SELECT seq, 0 FROM seq_3_to_50");
                db.execute("UPDATE try_out SET n = n + 1 WHERE id = 2");
                ended = std::async(std::launch::async, [&] {
                    db::Connection own(database.settings());
                    work(own);
                });
                // Asked more often than every tenth of a second, this table of the server says what it said before.
                while (ended.wait_for(std::chrono::milliseconds(150)) == std::future_status::timeout)
                    if (server_says("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'") == 1) break;
                return db.execute("UPDATE try_out SET n = n + 1 WHERE id = 1") == 1;
            });
            ended.get();
        });
        BOOST_TEST(runs == 1);
        BOOST_TEST(log.find("-retry\",\"code\":\"1213\",\"attempt\":\"1\"}") != std::string::npos, log);
        BOOST_TEST(db.select_one("SELECT SUM(n) FROM try_out")->number(0) == 4);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(connection_tests, Fixture)

BOOST_AUTO_TEST_CASE(values_come_back_as_they_went) {
    const std::string text = "L’élève \U0001F600 'quoted' \\ ; DROP";
    db.execute("INSERT INTO try_out VALUES (?, ?, ?)", {1, text, std::nullopt});
    db.execute("INSERT INTO try_out VALUES (?, ?, ?)", {2, "", 9'000'000'000'000LL});
    const auto rows = db.select("SELECT id, note, n FROM try_out ORDER BY id");
    BOOST_REQUIRE(rows.size() == 2u);
    BOOST_TEST(rows[0].text(1) == text);
    BOOST_TEST(rows[0].is_null(2));
    BOOST_TEST(!rows[1].is_null(1));
    BOOST_TEST(rows[1].number(2) == 9'000'000'000'000LL);
    BOOST_TEST(!db.select_one("SELECT id FROM try_out WHERE id = ?", {3}));
}

BOOST_AUTO_TEST_CASE(a_datetime_is_an_instant_and_nothing_else_is) {
    const auto row = db.select_one(
        "SELECT CAST('2026-12-03 09:00:01' AS DATETIME), CAST(NULL AS DATETIME), 'yesterday', CAST('2026-12-03' AS DATE), "
        "MIN(CAST('2026-12-03 09:00:01' AS DATETIME))");
    BOOST_TEST(util::to_sql(row->instant(0)) == "2026-12-03 09:00:01");
    BOOST_TEST((row->instant_or_null(0) == row->instant(0)));
    BOOST_TEST((row->instant(4) == row->instant(0)));
    BOOST_TEST(!row->instant_or_null(1).has_value());
    BOOST_CHECK_THROW(row->instant(1), std::runtime_error);
    BOOST_CHECK_THROW(row->instant(2), std::runtime_error);
    BOOST_CHECK_THROW(row->instant_or_null(2), std::runtime_error);
    BOOST_CHECK_THROW(row->instant(3), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(long_texts_travel_whole) {
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += "é" + std::to_string(i);
    db.execute("INSERT INTO try_out VALUES (1, ?, NULL)", {text});
    BOOST_TEST((db.select_one("SELECT note FROM try_out")->text(0) == text));
    BOOST_TEST(db.execute("UPDATE try_out SET n = 1 WHERE note = ?", {text}) == 1u);
}

BOOST_AUTO_TEST_CASE(a_taken_key_is_an_answer_and_not_an_error) {
    BOOST_TEST(db.insert_unique("INSERT INTO try_out (id) VALUES (?)", {1}));
    BOOST_TEST(!db.insert_unique("INSERT INTO try_out (id) VALUES (?)", {1}));
    BOOST_CHECK_THROW(db.insert_unique("INSERT INTO no_such_table VALUES (?)", {1}), db::Error);
}

BOOST_AUTO_TEST_CASE(a_transaction_is_all_or_nothing) {
    BOOST_TEST(!db.transaction([&] {
        db.execute("INSERT INTO try_out (id) VALUES (1)");
        return false;
    }));
    BOOST_CHECK_THROW(db.transaction([&]() -> bool {
        db.execute("INSERT INTO try_out (id) VALUES (2)");
        throw std::runtime_error("stop");
    }),
                      std::runtime_error);
    BOOST_TEST(db.select("SELECT id FROM try_out").empty());
    BOOST_TEST(db.transaction([&] { return db.execute("INSERT INTO try_out (id) VALUES (3)") == 1; }));
    BOOST_TEST(db.select("SELECT id FROM try_out").size() == 1u);
}

BOOST_AUTO_TEST_CASE(statements_that_open_and_commit_by_themselves_are_all_or_nothing) {
    const auto put = [&](int first, int second, bool keeps) {
        return db.transaction_of_statements([&] {
            db.execute("BEGIN NOT ATOMIC START TRANSACTION; INSERT INTO try_out (id) VALUES (?); END", {first});
            if (!keeps) return false;
            db.execute("BEGIN NOT ATOMIC INSERT INTO try_out (id) VALUES (?); COMMIT; END", {second});
            return true;
        });
    };
    BOOST_TEST(!put(1, 2, false));
    BOOST_CHECK_EXCEPTION(put(1, 1, true), db::Error, [](const db::Error& error) { return error.is_duplicate_key(); });
    BOOST_TEST(db.select("SELECT id FROM try_out").empty());
    BOOST_TEST(put(1, 2, true));
    BOOST_TEST(db.select("SELECT id FROM try_out").size() == 2u);
    BOOST_TEST(db.execute("INSERT INTO try_out (id) VALUES (3)") == 1u);  // alone again, and committed
    BOOST_TEST(database.admin().select_one("SELECT COUNT(*) FROM " + database.settings().schema + ".try_out")->number(0) == 3);
}

BOOST_AUTO_TEST_CASE(a_deadlock_runs_statements_that_open_and_commit_by_themselves_again) {
    in_a_deadlock([](db::Connection& own) {
        own.transaction_of_statements([&] {
            own.execute("BEGIN NOT ATOMIC START TRANSACTION; UPDATE try_out SET n = n + 1 WHERE id = ?; END", {1});
            own.execute("BEGIN NOT ATOMIC UPDATE try_out SET n = n + 1 WHERE id = ?; COMMIT; END", {2});
            return true;
        });
    });
}

BOOST_AUTO_TEST_CASE(a_deadlock_runs_the_whole_transaction_again) {
    in_a_deadlock([](db::Connection& own) {
        own.transaction([&] {
            own.execute("UPDATE try_out SET n = n + 1 WHERE id = ?", {1});
            own.execute("UPDATE try_out SET n = n + 1 WHERE id = ?", {2});
            return true;
        });
    });
}

BOOST_AUTO_TEST_CASE(a_deadlock_runs_a_statement_alone_again) {
    in_a_deadlock([](db::Connection& own) { own.execute("UPDATE try_out SET n = n + 1 WHERE id IN (1, 2) ORDER BY id"); });
}

BOOST_AUTO_TEST_CASE(a_lock_waited_for_in_vain_is_asked_for_again) {
    db.execute("INSERT INTO try_out (id, n) VALUES (1, 0)");
    std::promise<void> held;
    auto holder = std::async(std::launch::async, [&] {
        db::Connection own(database.settings());
        own.transaction([&] {
            own.execute("UPDATE try_out SET n = n + 1 WHERE id = 1");
            held.set_value();
            std::this_thread::sleep_for(std::chrono::milliseconds(1300));
            return true;
        });
    });
    held.get_future().get();
    db.run("SET innodb_lock_wait_timeout = 1");
    BOOST_TEST(db.execute("UPDATE try_out SET n = n + 1 WHERE id = 1") == 1u);
    holder.get();
    BOOST_TEST(db.select_one("SELECT n FROM try_out")->number(0) == 2);
}

BOOST_AUTO_TEST_CASE(a_full_table_is_a_trouble_that_passes_and_a_wrong_statement_is_not) {
    db.run("SET max_heap_table_size = 16384");
    db.run("CREATE TEMPORARY TABLE heap (t CHAR(250)) ENGINE = MEMORY");
    const auto fill = [&] {
        for (int i = 0; i < 1000; ++i) db.execute("INSERT INTO heap VALUES (REPEAT('x', 250))");
    };
    BOOST_CHECK_EXCEPTION(fill(), db::Error, [](const db::Error& error) { return error.code() == 1114 && error.is_temporary(); });
    BOOST_CHECK_EXCEPTION(db.execute("INSERT INTO no_such_table VALUES (1)"), db::Error,
                          [](const db::Error& error) { return !error.is_temporary(); });
}

BOOST_AUTO_TEST_CASE(the_engine_s_trouble_passes_only_where_it_lacks_space) {
    BOOST_TEST(db::Error(1030, "Got error 28 \"No space left on device\" from storage engine InnoDB").is_temporary());
    BOOST_TEST(!db::Error(1030, "Got error 168 \"Unknown (generic) error from engine\" from storage engine InnoDB").is_temporary());
}

BOOST_AUTO_TEST_CASE(a_killed_connection_is_made_again_outside_a_transaction_only) {
    const auto me = db.select_one("SELECT CONNECTION_ID()")->text(0);
    database.admin().run("KILL " + me);
    BOOST_TEST(db.select_one("SELECT 1")->number(0) == 1);

    const auto again = db.select_one("SELECT CONNECTION_ID()")->text(0);
    BOOST_CHECK_THROW(db.transaction([&] {
        db.execute("INSERT INTO try_out (id) VALUES (7)");
        database.admin().run("KILL " + again);
        db.execute("INSERT INTO try_out (id) VALUES (8)");
        return true;
    }),
                      db::Error);
    BOOST_TEST(db.select("SELECT id FROM try_out").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace connection_tests
