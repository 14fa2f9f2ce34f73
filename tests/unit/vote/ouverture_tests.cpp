// SPDX-License-Identifier: AGPL-3.0-or-later
// A ballot that is opened is never stored, and one that is stored is never opened: through the worker's own table, by the account
// portail-vote, and with both at once on a real database.
#include <boost/test/unit_test.hpp>

#include <barrier>
#include <thread>

#include "util/bytes.hpp"
#include "vote/cast.hpp"
#include "voting_fixture.hpp"

namespace ouverture_tests {

using test::text_of;
using vote::NoteOutcome;
using vote::StoreOutcome;

namespace {

struct OpeningFixture : test::VotingFixture {
    std::string text = ballot("csa", 1);
    std::string hash = util::sha256_hex(text), tag = waiting_tag("csa", hash);

    OpeningFixture() { let_nobody_vote(); }

    test::Page open(const std::string& code, const std::string& reference) {
        return portal.post("/vote/" + code + "/ouverture", {{"reference", reference}});
    }
    test::Page open(const std::string& ballot_text) { return open("csa", crypto::sha_b64(ballot_text)); }

    StoreOutcome store(db::Connection& worker) {
        return vote::store_vote(worker, {domain::ScrutinId{1},
                                         domain::VoterId{1},
                                         portal.noon(),
                                         hash,
                                         std::string(64, '1'),
                                         {tag, std::string(64, '1')},
                                         "x"});
    }
    NoteOutcome note(db::Connection& worker) { return vote::note_opened(worker, domain::ScrutinId{1}, hash, tag); }

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

BOOST_FIXTURE_TEST_SUITE(ouverture_tests, OpeningFixture)

BOOST_AUTO_TEST_CASE(an_opened_ballot_is_refused_for_good_and_another_one_is_taken) {
    const auto noted = open(text);
    BOOST_TEST(noted.status == 200);
    BOOST_TEST(text_of(noted, "opened") == crypto::sha_b64(text));
    for (int i = 0; i < 2; ++i) {
        const auto page = cast("csa", text);
        BOOST_TEST(page.status == 410);
        BOOST_TEST(text_of(page, "error") == "opened");
        BOOST_TEST(text_of(page, "message").find("n’est compté nulle part") != std::string::npos);
    }
    BOOST_TEST(is_nothing_stored());
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);
    BOOST_TEST(count("urne.inbox") == 1);
    BOOST_TEST(count("emargement") == 1);
}

BOOST_AUTO_TEST_CASE(opening_twice_is_opening_once) {
    BOOST_TEST(open(text).status == 200);
    BOOST_TEST(open(text).status == 200);
    BOOST_TEST(count("urne.opened") == 1);
}

BOOST_AUTO_TEST_CASE(what_is_noted_is_the_scrutin_and_the_hash_and_says_nobody) {
    BOOST_TEST(open(text).status == 200);
    const auto rows = admin().select("SELECT * FROM urne.opened");
    BOOST_TEST_REQUIRE(rows.size() == 1u);
    BOOST_TEST(rows[0].number(0) == 1);
    BOOST_TEST(rows[0].text(1) == hash);
    // The count of tries names nobody either, to whoever has no binding key: not by his number, nor as his credential does.
    const auto uuid = elections["csa"]->uuid();
    const auto binding = domain::credential_binding(portal.settings.secret("binding_key").view(), uuid, 1);
    for (const auto& row : admin().select("SELECT key_hash FROM throttle"))
        for (const auto& guess : std::vector<std::string>{"1", "csa|1", "1|1", uuid + "|1", binding})
            BOOST_TEST(row.text(0) != util::sha256_hex("opening|" + guess));
    BOOST_TEST(count("throttle") == 1);
}

BOOST_AUTO_TEST_CASE(a_ballot_that_is_cast_cannot_be_opened_by_anybody) {
    BOOST_TEST(cast("csa", text).status == 200);
    const auto his = open(text);
    BOOST_TEST(his.status == 409);
    BOOST_TEST(text_of(his, "error") == "conflict");  // he has voted
    portal.sign_in(2);
    for (int i = 0; i < 2; ++i) {
        const auto page = open(text);
        BOOST_TEST(page.status == 409);
        BOOST_TEST(text_of(page, "error") == "cast");
        BOOST_TEST(text_of(page, "message").find("déjà déposé") != std::string::npos);
        move_on();  // the same once it is in the urne
    }
    BOOST_TEST(count("urne.opened") == 0);
    portal.sign_in(1);
    BOOST_TEST(cast("csa", text).status == 200);  // still his receipt
}

BOOST_AUTO_TEST_CASE(only_an_elector_who_may_vote_there_notes_and_only_a_reference) {
    for (const std::string& wrong :
         {std::string(), std::string("bonjour"), "-" + crypto::sha_b64(text).substr(1), crypto::sha_b64(text).substr(1),
          crypto::sha_b64(text) + "A", "é" + crypto::sha_b64(text).substr(2)})
        BOOST_TEST(open("csa", wrong).status == 400, wrong);
    BOOST_TEST(portal.post_raw("/vote/csa/ouverture", "reference=" + crypto::sha_b64(text)).status == 403);  // no form token
    BOOST_TEST(portal.post("/vote/csa/ouverture", {}).status == 400);
    portal.sign_in(2);
    BOOST_TEST(open("capd-079", crypto::sha_b64(text)).status == 404);
    move_all_to("closed");
    BOOST_TEST(text_of(open(text), "error") == "closed");
    portal.cookie.clear();
    BOOST_TEST(open(text).status == 403);
    BOOST_TEST(count("urne.opened") == 0);
}

BOOST_AUTO_TEST_CASE(twenty_openings_a_day_in_a_scrutin_and_the_vote_goes_on) {
    for (int i = 0; i < 20; ++i) BOOST_TEST(open(std::to_string(i)).status == 200);
    const auto page = open(text);
    BOOST_TEST(page.status == 429);
    BOOST_TEST(text_of(page, "message").find("voter") != std::string::npos);
    BOOST_TEST(count("urne.opened") == 20);
    BOOST_TEST(open("capd-079", crypto::sha_b64(ballot("capd-079", 1))).status == 200);  // each scrutin has its own
    portal.sign_in(2);
    BOOST_TEST(open("2").status == 200);  // and each elector
    portal.sign_in(1);
    BOOST_TEST(cast("csa", text).status == 200);
    portal.clock.set(portal.noon() + std::chrono::hours{24});
    portal.sign_in(3);
    BOOST_TEST(open("3").status == 200);
}

BOOST_AUTO_TEST_CASE(a_cast_waits_for_an_opening_under_way) {
    db::Connection voter(portal.database.settings("vote")), other(portal.database.settings());
    for (const char* end : {"COMMIT", "ROLLBACK"}) {
        other.run("START TRANSACTION");
        other.execute("INSERT INTO urne.opened (scrutin_id, ballot_hash) VALUES (1, ?)", {hash});
        StoreOutcome outcome{};
        std::thread casting([&] { outcome = store(voter); });
        wait_for_a_lock();
        other.run(end);
        casting.join();
        const bool was_opened = std::string(end) == "COMMIT";
        BOOST_TEST((outcome == (was_opened ? StoreOutcome::opened : StoreOutcome::stored)));
        BOOST_TEST(is_nothing_stored() == was_opened);
        admin().run("DELETE FROM urne.opened");
    }
}

BOOST_AUTO_TEST_CASE(an_opening_waits_for_a_cast_under_way_and_for_a_batch_that_moves) {
    db::Connection voter(portal.database.settings("vote")), other(portal.database.settings());
    const auto beside = [&](const std::function<void()>& act, const char* end) {
        other.run("START TRANSACTION");
        act();
        NoteOutcome outcome{};
        std::thread opening([&] { outcome = note(voter); });
        wait_for_a_lock();
        other.run(end);
        opening.join();
        return outcome;
    };
    const auto insert = [&] {
        other.execute("INSERT INTO urne.inbox (scrutin_id, ballot_tag, credential_tag, sealed) VALUES (1, ?, REPEAT('1', 64), 'x')",
                      {tag});
    };
    const auto move = [&] {
        other.execute("INSERT INTO urne.ballot SELECT scrutin_id, ?, credential_tag, sealed FROM urne.inbox", {hash});
        other.run("DELETE FROM urne.inbox");
    };
    BOOST_TEST((beside(insert, "COMMIT") == NoteOutcome::cast));
    BOOST_TEST((beside(move, "ROLLBACK") == NoteOutcome::cast));
    BOOST_TEST((beside(move, "COMMIT") == NoteOutcome::cast));
    BOOST_TEST(count("urne.opened") == 0);
    admin().run("DELETE FROM urne.ballot");
    BOOST_TEST((beside(insert, "ROLLBACK") == NoteOutcome::noted));
    BOOST_TEST(count("urne.opened") == 1);
}

BOOST_AUTO_TEST_CASE(of_an_opening_and_a_cast_at_once_one_succeeds) {
    constexpr int k_rounds = 150;
    db::Connection casts(portal.database.settings("vote")), opens(portal.database.settings("vote"));
    int cast_first = 0, opened_first = 0;
    std::barrier start(2);
    for (int round = 0; round < k_rounds; ++round) {
        StoreOutcome stored{};
        NoteOutcome noted{};
        const std::chrono::microseconds later{round * 10 % 1500}, at_once{0};
        std::thread casting([&] {
            start.arrive_and_wait();
            std::this_thread::sleep_for(round % 2 == 0 ? at_once : later);
            stored = store(casts);
        });
        start.arrive_and_wait();
        std::this_thread::sleep_for(round % 2 == 0 ? later : at_once);
        noted = note(opens);
        casting.join();
        const bool is_cast = stored == StoreOutcome::stored, is_opened = noted == NoteOutcome::noted;
        BOOST_TEST_REQUIRE(is_cast != is_opened, "round " << round);
        BOOST_TEST_REQUIRE(count("urne.inbox") == (is_cast ? 1 : 0));
        BOOST_TEST_REQUIRE(count("emargement") == (is_cast ? 1 : 0));
        BOOST_TEST_REQUIRE(count("urne.opened") == (is_opened ? 1 : 0));
        (is_cast ? cast_first : opened_first)++;
        for (const char* table : {"urne.inbox", "urne.opened", "emargement"}) admin().run(std::string("DELETE FROM ") + table);
    }
    BOOST_TEST_MESSAGE(cast_first << " cast, " << opened_first << " opened");
    BOOST_TEST(cast_first > 0);
    BOOST_TEST(opened_first > 0);
}

BOOST_AUTO_TEST_CASE(the_worker_can_take_no_opening_back) {
    BOOST_TEST(open(text).status == 200);
    db::Connection worker(portal.database.settings("vote"));
    for (const char* statement : {"DELETE FROM urne.opened", "UPDATE urne.opened SET ballot_hash = REPEAT('0', 64)",
                                  "REPLACE INTO urne.opened VALUES (1, REPEAT('0', 64))", "DELETE FROM throttle"})
        BOOST_CHECK_THROW(worker.run(statement), db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ouverture_tests
