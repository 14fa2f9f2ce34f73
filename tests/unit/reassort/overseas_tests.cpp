// SPDX-License-Identifier: AGPL-3.0-or-later
// An elector of Nouméa reads the hour of his demands by his own clock too, on pages and in mails.
#include "screen_fixture.hpp"

namespace overseas_tests {

using test::ReassortFixture;
using test::ScreenFixture;

constexpr const char* k_noon = "samedi 5 décembre 2026 à 12\u00a0h\u00a000 (heure de Paris)";
constexpr const char* k_noon_there =
    "samedi 5 décembre 2026 à 12\u00a0h\u00a000 (heure de Paris), soit 22\u00a0h\u00a000, heure de Nouméa";

void move_to_noumea(db::Connection& db) {
    db.execute(
        "INSERT INTO academie (code, name, position, webmail_url, recovery_url, assistance_phone, assistance_email, "
        "assistance_hours) VALUES ('noumea', 'Nouvelle-Calédonie', 2, 'https://webmail.example', '', '26 61 00', "
        "'assistance@ac-noumea.example', '7 h à 16 h')");
    db.execute("UPDATE voter SET academie_code = 'noumea' WHERE id = 1");
}

std::string mail_with_subject(db::Connection& db, const std::string& words) {
    const auto row = db.select_one("SELECT body FROM outbox WHERE channel = 'email' AND subject LIKE ? ORDER BY id DESC LIMIT 1",
                                   {"%" + words + "%"});
    BOOST_TEST_REQUIRE(row.has_value());
    return row->text(0);
}

BOOST_AUTO_TEST_SUITE(overseas_tests)

BOOST_FIXTURE_TEST_CASE(a_code_by_sms_is_told_in_both_hours, ReassortFixture) {
    move_to_noumea(db);
    BOOST_TEST(portal.post("/reassort", typed()).header("Location") == "/reassort/envoi");
    BOOST_TEST(portal.get("/reassort/envoi").has(k_noon_there));
    BOOST_TEST(portal.get("/reassort/gel").has(k_noon_there));
    const std::string mail = mail_with_subject(db, "est envoyé");
    BOOST_TEST(mail.find(k_noon_there) != std::string::npos, mail);
}

BOOST_FIXTURE_TEST_CASE(a_code_on_screen_is_told_in_both_hours, ScreenFixture) {
    move_to_noumea(db);
    ask();
    const std::string asked = mail_with_subject(db, "est demandé");
    BOOST_TEST(asked.find(k_noon_there) != std::string::npos, asked);
    BOOST_TEST_REQUIRE(type(temporary()).status == 200);
    const std::string shown_mail = mail_with_subject(db, "a été affiché");
    BOOST_TEST(shown_mail.find(k_noon_there) != std::string::npos, shown_mail);
    BOOST_TEST(portal.get("/reassort/envoi").has(k_noon_there));
    BOOST_TEST(portal.get("/reassort/gel").has(k_noon_there));
}

BOOST_FIXTURE_TEST_CASE(who_lives_by_the_clocks_of_paris_reads_one_hour, ReassortFixture) {
    portal.post("/reassort", typed());
    for (const char* path : {"/reassort/envoi", "/reassort/gel"}) {
        const auto page = portal.get(path);
        BOOST_TEST(page.has(k_noon), path);
        BOOST_TEST(!page.has(", soit "), path);
    }
    const std::string mail = mail_with_subject(db, "est envoyé");
    BOOST_TEST(mail.find(k_noon) != std::string::npos);
    BOOST_TEST(mail.find(", soit ") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace overseas_tests
