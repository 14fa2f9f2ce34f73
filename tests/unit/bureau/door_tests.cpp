// SPDX-License-Identifier: AGPL-3.0-or-later
// The door of the desk, tried by who may not pass it: without a seat, without a factor, with a code that served, with somebody else's.
#include "bureau_fixture.hpp"

#include <atomic>
#include <thread>

namespace door_tests {

using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(door_tests, test::BureauFixture)

BOOST_AUTO_TEST_CASE(who_is_not_signed_in_is_sent_to_sign_in) {
    for (const char* path : {"/bureau", "/bureau/code", "/bureau/enrolement", "/bureau/journal"}) {
        const auto page = portal.get(path);
        BOOST_TEST(page.status == 303);
        BOOST_TEST(page.header("Location").starts_with("/connexion"));
    }
}

BOOST_AUTO_TEST_CASE(for_who_sits_nowhere_the_desk_does_not_exist) {
    portal.sign_in(k_nobody);
    const auto nothing = portal.get("/bureau/il-n-y-a-rien");
    BOOST_TEST(nothing.status == 404);
    for (const char* path : {"/bureau", "/bureau/code", "/bureau/enrolement", "/bureau/journal"})
        BOOST_TEST(portal.get(path).status == 404);
    BOOST_TEST(portal.post("/bureau/code", {{"code", "123456"}}).status == 404);
    BOOST_TEST(portal.post("/bureau/enrolement", {{"enrolement", hand_out(k_nobody)}}).status == 404);
    BOOST_TEST(portal.post("/bureau/sortie", {}).status == 404);
}

BOOST_AUTO_TEST_CASE(the_password_alone_shows_nothing) {
    enrol(k_president);
    portal.sign_in(k_president);
    for (const char* path : {"/bureau", "/bureau/journal"}) BOOST_TEST(portal.get(path).header("Location") == "/bureau/code");
    BOOST_TEST(portal.get("/bureau/code").has("code à usage unique"));
    for (const char* code : {"", "000000", "12345", "abcdef"})
        BOOST_TEST(portal.post("/bureau/code", {{"code", code}}).status == 400);
    BOOST_TEST(portal.get("/bureau").header("Location") == "/bureau/code");
}

BOOST_AUTO_TEST_CASE(the_right_code_opens_and_the_journal_says_who_came) {
    enter(k_president);
    const auto page = portal.get("/bureau");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Comité ministériel"));
    BOOST_TEST(last_act() == "membre n° 1 desk-enter entrée : Bureau central");
}

BOOST_AUTO_TEST_CASE(a_code_serves_once_also_in_another_connection) {
    enter(k_president);
    portal.sign_in(k_president);
    const auto page = portal.post("/bureau/code", {{"code", code_of(k_president)}});
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("a déjà servi"));
    // Nor the one before it, which was still good when it came.
    BOOST_TEST(portal.post("/bureau/code", {{"code", code_of(k_president, -1)}}).status == 400);
    wait(30s);
    BOOST_TEST(portal.post("/bureau/code", {{"code", code_of(k_president)}}).header("Location") == "/bureau");
}

BOOST_AUTO_TEST_CASE(of_two_connections_that_send_the_same_code_at_once_one_enters) {
    enrol(k_president);
    db.execute("UPDATE desk_factor SET last_step = 1");
    std::vector<std::thread> threads;
    std::atomic<int> spent{0};
    const auto sealed = db.select_one("SELECT sealed FROM desk_factor")->text(0);
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&] {
            db::Connection own(portal.settings.database);
            for (std::int64_t step = 100; step < 110; ++step)
                own.transaction([&] {
                    const bool mine = bureau::spend_step(own, address(k_president), sealed, step);
                    spent += mine ? 1 : 0;
                    return mine;
                });
        });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(spent >= 1);
    BOOST_TEST(spent <= 10);
    BOOST_TEST(count("SELECT last_step FROM desk_factor") == 109);
}

BOOST_AUTO_TEST_CASE(the_same_form_sent_twice_is_in_at_both_answers) {
    enrol(k_president);
    portal.sign_in(k_president);
    const test::Portal::Fields fields{{"code", code_of(k_president)}, {"form_key", "00112233445566778899aabbccddeeff"}};
    BOOST_TEST(portal.post("/bureau/code", fields).header("Location") == "/bureau");
    BOOST_TEST(portal.post("/bureau/code", fields).header("Location") == "/bureau");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit") == 1);
}

BOOST_AUTO_TEST_CASE(a_code_of_somebody_else_or_a_row_copied_from_him_opens_nothing) {
    enrol(k_president), enrol(k_other);
    portal.sign_in(k_president);
    BOOST_TEST(portal.post("/bureau/code", {{"code", code_of(k_other)}}).status == 400);
    db.execute("UPDATE desk_factor a JOIN desk_factor b ON b.email = ? SET a.sealed = b.sealed WHERE a.email = ?",
               {address(k_other), address(k_president)});
    BOOST_TEST(portal.post("/bureau/code", {{"code", code_of(k_other)}}).status == 400);
}

BOOST_AUTO_TEST_CASE(eight_tries_in_an_hour_then_none_not_even_the_right_code) {
    enrol(k_president);
    portal.sign_in(k_president);
    for (int i = 0; i < 8; ++i) BOOST_TEST(portal.post("/bureau/code", {{"code", "000000"}}).status == 400);
    BOOST_TEST(portal.post("/bureau/code", {{"code", code_of(k_president)}}).status == 429);
    // Another member has his own count.
    enter(k_delegue);
}

BOOST_AUTO_TEST_CASE(two_hours_later_the_code_is_asked_again_in_the_same_connection) {
    enter(k_president);
    const auto stay = [&] { db.execute("UPDATE session SET last_seen_at = ?", {util::to_sql(portal.clock.now())}); };
    wait(2h - 1s), stay();
    BOOST_TEST(portal.get("/bureau").status == 200);
    wait(1s), stay();
    BOOST_TEST(portal.get("/bureau").header("Location") == "/bureau/code");
}

BOOST_AUTO_TEST_CASE(leaving_keeps_the_connection_and_asks_again) {
    enter(k_president);
    BOOST_TEST(portal.post("/bureau/sortie", {}).header("Location") == "/espace");
    BOOST_TEST(portal.get("/bureau").header("Location") == "/bureau/code");
}

BOOST_AUTO_TEST_CASE(the_entry_goes_with_the_connection) {
    enter(k_president);
    db.execute("DELETE FROM session");
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_session") == 0);
}

BOOST_AUTO_TEST_CASE(the_entry_follows_the_identifier_that_the_entry_to_the_vote_renews) {
    enter(k_president);
    db.execute("UPDATE session SET id_hash = ?", {std::string(64, 'a')});
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_session WHERE session_hash = REPEAT('a', 64)") == 1);
}

BOOST_AUTO_TEST_CASE(who_is_removed_or_struck_off_is_out_at_once) {
    enter(k_president);
    db.execute("UPDATE desk_member SET removed_at = added_at WHERE email = ?", {address(k_president)});
    BOOST_TEST(portal.get("/bureau").status == 404);
    db.execute("UPDATE desk_member SET removed_at = NULL");
    BOOST_TEST(portal.get("/bureau").status == 200);
    db.execute("UPDATE voter SET struck_off_at = ? WHERE id = 1", {util::to_sql(portal.clock.now())});
    BOOST_TEST(portal.get("/bureau").status != 200);
}

BOOST_AUTO_TEST_CASE(a_factor_made_anew_ends_the_entries_by_the_old_one) {
    enter(k_president);
    hand_out(k_president);  // what two officers decided
    BOOST_TEST(portal.get("/bureau").header("Location") == "/bureau/code");
    BOOST_TEST(portal.post("/bureau/code", {{"code", code_of(k_president)}}).status == 400);
}

BOOST_AUTO_TEST_CASE(enrolment_wants_the_code_of_the_office) {
    portal.sign_in(k_president);
    BOOST_TEST(portal.get("/bureau/code").has("/bureau/enrolement"));
    BOOST_TEST(portal.post("/bureau/enrolement", {{"enrolement", "AAAA-AAAA-AAAA-AAAA"}}).status == 400);
    const std::string others = hand_out(k_delegue);
    const auto page = portal.post("/bureau/enrolement", {{"enrolement", others}});
    BOOST_TEST(page.status == 400);
    BOOST_TEST(!page.has("<svg"));
}

BOOST_AUTO_TEST_CASE(enrolment_shows_a_key_and_keeps_it_once_a_code_of_it_came_back) {
    const std::string code = hand_out(k_president);
    portal.sign_in(k_president);
    const auto page = portal.post("/bureau/enrolement", {{"enrolement", code}});
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("<path d=\"M4 4h7v1h-7z"));
    const std::string plain = domain::normalise_voting_code(code).value();
    const std::string secret(box.secret_of(address(k_president), plain).view());
    std::string key(bureau::totp_base32(secret).view());
    for (std::size_t at = 4; at < key.size(); at += 5) key.insert(at, " ");
    BOOST_TEST(page.has(key));
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_factor WHERE sealed IS NOT NULL") == 0);
    BOOST_TEST(portal.post("/bureau/enrolement", {{"enrolement", code}, {"chiffres", "000000"}}).status == 400);
    const std::string digits = bureau::totp_code(secret, bureau::totp_step(portal.clock.now()));
    BOOST_TEST(portal.post("/bureau/enrolement", {{"enrolement", code}, {"chiffres", digits}}).header("Location") == "/bureau");
    BOOST_TEST(portal.get("/bureau").status == 200);
    // The code of the office has served, and so have these digits.
    portal.sign_in(k_president);
    BOOST_TEST(portal.post("/bureau/enrolement", {{"enrolement", code}}).status == 400);
    BOOST_TEST(portal.post("/bureau/code", {{"code", digits}}).status == 400);
    wait(30s);
    BOOST_TEST(portal.post("/bureau/code", {{"code", bureau::totp_code(secret, bureau::totp_step(portal.clock.now()))}})
                   .header("Location") == "/bureau");
}

BOOST_AUTO_TEST_CASE(an_enrolment_code_ends_by_itself) {
    const std::string code = hand_out(k_president);
    wait(24h);
    portal.sign_in(k_president);
    BOOST_TEST(portal.post("/bureau/enrolement", {{"enrolement", code}}).status == 400);
}

BOOST_AUTO_TEST_CASE(what_is_kept_of_a_factor_says_nothing_without_the_key) {
    const std::string sealed = box.seal(address(k_president), secret_of(k_president));
    BOOST_TEST(box.open(address(k_president), sealed)->view() == secret_of(k_president));
    BOOST_TEST(!box.open(address(k_other), sealed));
    for (std::size_t i = 0; i < sealed.size(); i += 7) {
        std::string changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        BOOST_TEST(!box.open(address(k_president), changed));
    }
    BOOST_TEST(!box.open(address(k_president), ""));
    test::Portal another("bureau", bureau::routes);
    BOOST_TEST(!bureau::FactorBox(another.settings).open(address(k_president), sealed));
}

BOOST_AUTO_TEST_CASE(the_worker_adds_acts_of_its_own_to_the_journal_and_no_others) {
    db::Connection worker(portal.settings.database);
    const auto insert = [&](const char* actor, const char* action) {
        worker.execute(
            "INSERT INTO audit (id, at, actor, action, detail, hash) VALUES (7, '2026-12-01 00:00:00', ?, ?, '', REPEAT('0', 64))",
            {actor, action});
    };
    BOOST_CHECK_THROW(insert("root", "seal-election"), db::Error);
    BOOST_CHECK_THROW(insert("membre n° 1", "programs"), db::Error);
    BOOST_CHECK_THROW(insert("root", "desk-enter"), db::Error);
    insert("membre n° 1", "desk-enter");
    BOOST_CHECK_THROW(worker.execute("UPDATE audit SET detail = 'x'"), db::Error);
    BOOST_CHECK_THROW(worker.execute("DELETE FROM audit"), db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace door_tests
