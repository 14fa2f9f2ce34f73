// SPDX-License-Identifier: AGPL-3.0-or-later
// Casting through the worker's own table and a real database, as the account portail-vote: stored once, or not at all.
#include <boost/test/unit_test.hpp>

#include <thread>

#include "domain/local_time.hpp"
#include "domain/seal.hpp"
#include "crypto/receipt.hpp"
#include "util/bytes.hpp"
#include "web/rolls.hpp"
#include "vote/cast.hpp"
#include "voting_fixture.hpp"

namespace depot_tests {

using test::text_of;
using test::VotingFixture;

namespace {

// As the store takes it, of a ballot that nobody made.
vote::Vote vote_of_nobody(util::Instant at) {
    return {domain::ScrutinId{1},
            domain::VoterId{1},
            at,
            std::string(64, '0'),
            std::string(64, '1'),
            {std::string(64, '3'), std::string(64, '4')},
            "x"};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(depot_tests, VotingFixture)

BOOST_AUTO_TEST_CASE(a_good_ballot_is_stored_with_its_emargement_and_answered_by_a_signed_receipt) {
    const std::string sent = ballot("csa", 1);
    const auto page = cast("csa", sent);
    BOOST_TEST(page.status == 200);
    const std::string receipt = text_of(page, "receipt");
    BOOST_TEST(crypto::verify_receipt(receipt_key(), receipt));
    const auto fields = *util::parse_json(receipt);
    BOOST_TEST(fields["tracker"] == crypto::sha_b64(sent));
    BOOST_TEST(fields["scrutin"] == elections["csa"]->uuid());
    BOOST_TEST(fields["at"] == "2026-12-05T11:00:00Z");

    const auto emargement = admin().select("SELECT scrutin_id, voter_id, voted_at FROM emargement");
    BOOST_TEST_REQUIRE(emargement.size() == 1u);
    BOOST_TEST(emargement[0].number(0) == 1);
    BOOST_TEST(emargement[0].number(1) == 1);
    BOOST_TEST(emargement[0].text(2) == "2026-12-05 11:00:00");
    const auto stored = admin().select("SELECT ballot_tag, credential_tag, sealed FROM urne.inbox");
    BOOST_TEST_REQUIRE(stored.size() == 1u);
    const auto waiting = open_waiting(stored[0].text(2));
    BOOST_TEST(waiting.ballot == sent);
    BOOST_TEST(stored[0].text(0) == waiting_tag("csa", util::sha256_hex(sent)));
    BOOST_TEST(stored[0].text(1) == waiting_tag("csa", waiting.credential_hash));
}

BOOST_AUTO_TEST_CASE(what_waits_says_nothing_of_the_ballot_not_even_its_length) {
    const std::string sent = ballot("csa", 1), other = ballot("csa", 2, 0);
    BOOST_TEST(cast("csa", sent).status == 200);
    portal.sign_in(2);
    BOOST_TEST(cast("csa", other).status == 200);
    const std::string credential_hash = open_waiting(admin().select_one("SELECT sealed FROM urne.inbox")->text(0)).credential_hash;
    const auto rows = admin().select("SELECT ballot_tag, credential_tag, sealed FROM urne.inbox");
    BOOST_TEST_REQUIRE(rows.size() == 2u);
    BOOST_TEST(rows[0].text(2).size() == rows[1].text(2).size());
    for (const auto& row : rows)
        for (unsigned column = 0; column < 3; ++column)
            for (const auto& known : {util::sha256_hex(sent), util::sha256_hex(other), credential_hash, sent.substr(0, 40)})
                BOOST_TEST(row.text(column).find(known) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_scrutin_whose_log_key_is_no_key_takes_no_ballot) {
    admin().run("UPDATE urne.setup SET log_key = REPEAT('A', 43) WHERE scrutin_id = 1");
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 503);
    BOOST_TEST(is_nothing_stored());
}

// What waits can be opened by the sealed log key alone: a key put into the tables afterwards would lose every ballot.
BOOST_AUTO_TEST_CASE(a_log_key_that_the_seal_does_not_name_takes_no_ballot) {
    const auto row = admin().select_one("SELECT uuid, trustees FROM urne.setup WHERE scrutin_id = 1");
    domain::Seal seal;
    seal.code = "csa", seal.uuid = row->text(0), seal.log_key = log_keys.public_key;
    const std::string text = domain::write_seal(seal);
    const std::string rules = crypto::write_rules({.seal = util::sha256_hex(text), .bound_decryption = true, .final_vote = true});
    const auto record = crypto::make_election_record(row->text(0), "Ed25519", *crypto::election_public_key("Ed25519", row->text(1)),
                                                     "Scrutin csa", "Essai. " + rules, {"Votre choix", three_lists()});
    elections["csa"] = *crypto::Election::parse(record);
    admin().execute("UPDATE urne.setup SET election = ?, log_key = ? WHERE scrutin_id = 1",
                    {record, util::make_signing_keys().public_key});
    admin().execute("INSERT INTO seal (scrutin_id, digest, text) VALUES (1, ?, ?)", {util::sha256_hex(text), text});
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 503);
    BOOST_TEST(is_nothing_stored());
    admin().execute("UPDATE urne.setup SET log_key = ? WHERE scrutin_id = 1", {log_keys.public_key});
    admin().run("UPDATE seal SET text = CONCAT(text, 'x')");
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 503);
    admin().execute("UPDATE seal SET text = ? WHERE scrutin_id = 1", {text});
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);
}

BOOST_AUTO_TEST_CASE(the_same_ballot_again_gets_the_same_receipt_also_later_and_after_the_close) {
    const std::string sent = ballot("csa", 1);
    const auto first = cast("csa", sent);
    portal.clock.set(portal.noon() + std::chrono::minutes{7});
    const auto second = cast("csa", sent);
    BOOST_TEST(second.status == 200);
    BOOST_TEST(second.body == first.body);
    admin().run("UPDATE scrutin SET state = 'closed'");
    const auto third = cast("csa", sent);
    BOOST_TEST(third.status == 200);
    BOOST_TEST(third.body == first.body);
    BOOST_TEST(count("emargement") == 1);
    BOOST_TEST(count("urne.inbox") == 1);
}

BOOST_AUTO_TEST_CASE(a_second_ballot_is_refused_and_the_first_stays) {
    const std::string sent = ballot("csa", 1, 1);
    BOOST_TEST(cast("csa", sent).status == 200);
    const auto second = cast("csa", ballot("csa", 1, 2));
    BOOST_TEST(second.status == 409);
    BOOST_TEST(text_of(second, "error") == "conflict");
    BOOST_TEST(!text_of(second, "message").empty());
    BOOST_TEST(count("emargement") == 1);
    BOOST_TEST(waiting_ballot() == sent);
}

BOOST_AUTO_TEST_CASE(each_scrutin_and_each_elector_has_his_vote) {
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);
    BOOST_TEST(cast("capd-079", ballot("capd-079", 1)).status == 200);
    portal.sign_in(2);
    BOOST_TEST(cast("csa", ballot("csa", 2, 0)).status == 200);
    BOOST_TEST(count("emargement") == 3);
    BOOST_TEST(count("urne.inbox") == 3);
}

BOOST_AUTO_TEST_CASE(only_an_elector_of_the_roll_who_is_signed_in_votes) {
    portal.sign_in(2);
    BOOST_TEST(cast("capd-079", ballot("csa", 2)).status == 404);
    BOOST_TEST(cast("inconnu", ballot("csa", 2)).status == 404);
    portal.cookie.clear();
    BOOST_TEST(cast("csa", ballot("csa", 2)).status == 403);
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_CASE(the_close_and_its_grace_hold_for_the_cast_itself) {
    const auto at = [&](const char* time) { portal.clock.set(*domain::from_paris(time)); };
    const auto sign_in_at = [&](unsigned voter, const char* time) { portal.sign_in_at(voter, *domain::from_paris(time)); };

    at("2026-12-10 17:29:59");
    sign_in_at(1, "2026-12-10 17:00:00");
    BOOST_TEST(text_of(cast("csa", ballot("csa", 1)), "error") == "closed");
    sign_in_at(1, "2026-12-10 16:59:59");
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);

    at("2026-12-10 17:30:00");
    sign_in_at(2, "2026-12-10 16:59:59");
    const auto late = cast("csa", ballot("csa", 2));
    BOOST_TEST(late.status == 403);
    BOOST_TEST(text_of(late, "error") == "closed");

    at("2026-12-03 09:59:59");
    sign_in_at(3, "2026-12-03 09:50:00");
    BOOST_TEST(text_of(cast("csa", ballot("csa", 3)), "error") == "closed");
    at("2026-12-03 10:00:00");
    BOOST_TEST(cast("csa", ballot("csa", 3)).status == 200);
}

BOOST_AUTO_TEST_CASE(a_scrutin_that_the_office_has_not_opened_or_has_closed_takes_no_ballot) {
    for (const char* state : {"published", "sealed", "closed", "tallied", "proclaimed", "archived"}) {
        admin().execute("UPDATE scrutin SET state = ?", {state});
        BOOST_TEST(text_of(cast("csa", ballot("csa", 1)), "error") == "closed");
    }
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_CASE(a_close_between_the_check_and_the_commit_leaves_nothing) {
    db::Connection worker(portal.database.settings("vote"));
    admin().run("UPDATE scrutin SET state = 'closed' WHERE id = 1");
    const std::string text = ballot("csa", 1);
    let_nobody_vote();
    const auto outcome = vote::store_vote(worker, vote_of_nobody(portal.noon()));
    BOOST_TEST((outcome == vote::StoreOutcome::not_open));
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_CASE(the_offices_close_waits_for_a_vote_under_way) {
    let_nobody_vote();
    db::Connection voter(portal.database.settings("vote"));
    db::Connection office(portal.database.settings());
    office.run("SET innodb_lock_wait_timeout = 1");
    // Another vote holds the ballot's key, so that ours stops between its two inserts.
    db::Connection other(portal.database.settings());
    other.run("START TRANSACTION");
    other.execute("INSERT INTO urne.inbox (scrutin_id, ballot_tag, credential_tag, sealed) VALUES (1, ?, REPEAT('2', 64), 'x')",
                  {std::string(64, '3')});
    std::thread casting([&] {
        const auto outcome = vote::store_vote(voter, vote_of_nobody(portal.noon()));
        BOOST_TEST((outcome == vote::StoreOutcome::stored));
    });
    while (admin().select_one("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")->number(0) == 0)
        std::this_thread::sleep_for(std::chrono::milliseconds{150});  // the server renews this table once it is left alone
    BOOST_CHECK_THROW(office.run("UPDATE scrutin SET state = 'closed' WHERE id = 1"), db::Error);
    other.run("ROLLBACK");
    casting.join();
    office.run("UPDATE scrutin SET state = 'closed' WHERE id = 1");
    BOOST_TEST(count("emargement") == 1);
    BOOST_TEST(count("urne.inbox") == 1);
}

BOOST_AUTO_TEST_CASE(a_ballot_that_cannot_be_inserted_takes_its_emargement_back) {
    // This credential is used already, without an émargement: the urne and the roll disagree.
    const auto hash = crypto::sha_hex(*crypto::derive_public_key("Ed25519", elections["csa"]->uuid(), credentials[1]));
    admin().execute("INSERT INTO urne.inbox (scrutin_id, ballot_tag, credential_tag, sealed) VALUES (1, REPEAT('3', 64), ?, ?)",
                    {waiting_tag("csa", hash), domain::seal_waiting_ballot(log_keys.public_key, hash, "x")});
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 503);
    BOOST_TEST(count("emargement") == 0);
    BOOST_TEST(count("urne.inbox") == 1);
    // The same once that ballot has moved on.
    move_on();
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 503);
    BOOST_TEST(count("emargement") == 0);
    BOOST_TEST(count("urne.inbox") == 0);
}

BOOST_AUTO_TEST_CASE(a_ballot_that_has_moved_on_gets_its_receipt_and_no_second_place) {
    const std::string sent = ballot("csa", 1);
    const auto first = cast("csa", sent);
    BOOST_TEST(first.status == 200);
    move_on();
    BOOST_TEST(cast("csa", sent).body == first.body);
    BOOST_TEST(cast("csa", ballot("csa", 1, 2)).status == 409);
    BOOST_TEST(count("urne.inbox") == 0);
    BOOST_TEST(count("urne.ballot") == 1);
}

BOOST_AUTO_TEST_CASE(the_emargement_and_the_receipt_tell_the_minute_and_no_more) {
    portal.clock.set(portal.noon() + std::chrono::seconds{59});
    const auto page = cast("csa", ballot("csa", 1));
    BOOST_TEST(util::parse_json(text_of(page, "receipt")).value()["at"] == "2026-12-05T11:00:00Z");
    BOOST_TEST(admin().select_one("SELECT voted_at FROM emargement")->text(0) == "2026-12-05 11:00:00");
}

BOOST_AUTO_TEST_CASE(eight_ballots_of_one_elector_at_once_leave_one_vote) {
    constexpr unsigned k_threads = 8;
    std::vector<std::string> ballots;
    for (unsigned i = 0; i < k_threads; ++i) ballots.push_back(ballot("csa", 1, i % 4));
    vote::SealedElections sealed(receipt_key());
    const vote::Keys keys{portal.settings.secret("binding_key"), portal.settings.secret("receipt_secret_key")};
    const auto scrutin = *web::scrutin_of_code(vote::my_scrutins(admin(), domain::VoterId{1}), "csa");
    std::atomic<int> stored{0}, conflicts{0};
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < k_threads; ++i) {
        threads.emplace_back([&, i] {
            db::Connection db(portal.database.settings("vote"));
            const auto receipt =
                vote::cast_ballot(db, sealed, keys, {scrutin, domain::VoterId{1}, vote::Phase::open, portal.noon(), ballots[i]});
            if (receipt) ++stored;
            if (!receipt && receipt.error().fault == util::Fault::conflict) ++conflicts;
        });
    }
    for (auto& thread : threads) thread.join();
    BOOST_TEST(stored == 1);
    BOOST_TEST(conflicts == static_cast<int>(k_threads) - 1);
    BOOST_TEST(count("emargement") == 1);
    BOOST_TEST(count("urne.inbox") == 1);
}

BOOST_AUTO_TEST_CASE(one_ballot_sent_eight_times_at_once_gives_eight_equal_receipts) {
    constexpr unsigned k_threads = 8;
    const std::string text = ballot("csa", 1);
    vote::SealedElections sealed(receipt_key());
    const vote::Keys keys{portal.settings.secret("binding_key"), portal.settings.secret("receipt_secret_key")};
    const auto scrutin = *web::scrutin_of_code(vote::my_scrutins(admin(), domain::VoterId{1}), "csa");
    std::vector<std::string> receipts(k_threads);
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < k_threads; ++i) {
        threads.emplace_back([&, i] {
            db::Connection db(portal.database.settings("vote"));
            const auto now = portal.noon() + std::chrono::seconds{i};  // each request has its own time
            const auto cast = vote::cast_ballot(db, sealed, keys, {scrutin, domain::VoterId{1}, vote::Phase::open, now, text});
            receipts[i] = cast ? cast->receipt : cast.error().detail;
        });
    }
    for (auto& thread : threads) thread.join();
    BOOST_TEST(crypto::verify_receipt(receipt_key(), receipts[0]));
    for (const auto& receipt : receipts) BOOST_TEST(receipt == receipts[0]);
    BOOST_TEST(count("emargement") == 1);
}

BOOST_AUTO_TEST_CASE(a_scrutin_sealed_with_another_receipt_key_takes_no_ballot) {
    admin().run("UPDATE urne.setup SET receipt_key = REPEAT('B', 43) WHERE scrutin_id = 1");
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 503);
    BOOST_TEST(portal.get("/vote/csa/parametres").status == 503);
    BOOST_TEST(is_nothing_stored());
    BOOST_TEST(cast("capd-079", ballot("capd-079", 1)).status == 200);
}

BOOST_AUTO_TEST_CASE(the_worker_can_neither_change_nor_remove_a_ballot) {
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);
    db::Connection worker(portal.database.settings("vote"));
    for (const char* statement :
         {"UPDATE urne.inbox SET sealed = 'x'", "DELETE FROM urne.inbox", "SELECT sealed FROM urne.inbox",
          "INSERT INTO urne.ballot VALUES (1, '', '', '')", "DELETE FROM urne.ballot", "DELETE FROM emargement",
          "UPDATE emargement SET voted_at = NOW()", "SELECT password_hash FROM account"})
        BOOST_CHECK_THROW(worker.run(statement), db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace depot_tests
