// SPDX-License-Identifier: AGPL-3.0-or-later
// The mail that each vote leaves for its elector: one, without choice or reference, without a time or a number that says who voted after
// whom; and no trouble of the outbox hinders a vote.
#include <boost/test/unit_test.hpp>

#include "util/bytes.hpp"
#include "voting_fixture.hpp"

namespace mail_tests {

using test::VotingFixture;

BOOST_FIXTURE_TEST_SUITE(mail_tests, VotingFixture)

BOOST_AUTO_TEST_CASE(a_vote_is_told_to_its_elector_once) {
    const std::string sent = ballot("csa", 1);
    BOOST_TEST(cast("csa", sent).status == 200);
    BOOST_TEST(cast("csa", sent).status == 200);                 // the answer was lost
    BOOST_TEST(cast("csa", ballot("csa", 1, 2)).status == 409);  // another ballot
    const auto mails = admin().select("SELECT recipient, subject, body, channel FROM outbox");
    BOOST_TEST_REQUIRE(mails.size() == 1u);
    BOOST_TEST(mails[0].text(0) == "zoe.electrice1@ac-poitiers.fr");
    BOOST_TEST(mails[0].text(3) == "email");
    BOOST_TEST(mails[0].text(1).find("csa") == std::string::npos);  // the box's list of subjects is read over shoulders
    BOOST_TEST(mails[0].text(2).find("Scrutin csa") != std::string::npos);
    BOOST_TEST(mails[0].text(2).find("samedi 5 décembre 2026 à 12\u00a0h\u00a000") != std::string::npos, mails[0].text(2));
    BOOST_TEST(mails[0].text(2).find("/assistance") != std::string::npos);
    BOOST_TEST(cast("capd-079", ballot("capd-079", 1)).status == 200);
    BOOST_TEST(count("outbox") == 2);
}

// Its text is made once for many, and each one's own is put in.
BOOST_AUTO_TEST_CASE(each_mail_has_its_own_electors_name_and_nobody_elses) {
    admin().run("UPDATE voter SET civility = 'Mme', last_name = 'Odile & <Zoé>' WHERE id = 1");
    admin().run("UPDATE voter SET civility = 'M.', last_name = 'Braun {{phone}}' WHERE id = 2");
    admin().run("UPDATE voter SET civility = '', last_name = 'Nemo' WHERE id = 3");
    for (const unsigned voter : {1u, 2u, 3u}) {
        portal.sign_in(voter);
        BOOST_TEST(cast("csa", ballot("csa", voter)).status == 200);
    }
    const auto head = [&](unsigned voter) {
        const std::string body = admin().select_one("SELECT body FROM outbox WHERE voter_id = ?", {voter})->text(0);
        return body.substr(0, body.find('\n'));
    };
    BOOST_TEST(head(1) == "Bonjour Mme Odile & <Zoé>,");
    BOOST_TEST(head(2) == "Bonjour M. Braun {{phone}},");
    BOOST_TEST(head(3) == "Bonjour,");
}

BOOST_AUTO_TEST_CASE(overseas_the_mail_has_the_electors_own_hour_too) {
    admin().execute(
        "INSERT INTO academie (code, name, position, webmail_url, recovery_url, assistance_phone, assistance_email, "
        "assistance_hours) VALUES ('noumea', 'Nouvelle-Calédonie', 2, '', '', '', '', '')");
    admin().execute("UPDATE voter SET academie_code = 'noumea' WHERE id = 1");
    BOOST_TEST_REQUIRE(cast("csa", ballot("csa", 1)).status == 200);
    const std::string mail = admin().select_one("SELECT body FROM outbox")->text(0);
    BOOST_TEST(mail.find("12\u00a0h\u00a000 (heure de Paris), soit 22\u00a0h\u00a000, heure de Nouméa") != std::string::npos, mail);
}

BOOST_AUTO_TEST_CASE(the_mail_says_nothing_of_the_ballot) {
    const std::string sent = ballot("csa", 1);
    BOOST_TEST(cast("csa", sent).status == 200);
    const auto mail = admin().select_one("SELECT CONCAT_WS(' ', id, idempotency_key, recipient, subject, body) FROM outbox");
    for (const auto& known : {crypto::sha_b64(sent), crypto::sha_hex(sent), waiting_tag("csa", crypto::sha_hex(sent)),
                              std::string("Alizé"), std::string("Bise"), std::string("Mistral"), std::string("Syndicat")})
        BOOST_TEST(mail->text(0).find(known) == std::string::npos, known);
}

BOOST_AUTO_TEST_CASE(no_time_and_no_number_says_who_voted_after_whom) {
    for (const unsigned voter : {1u, 2u, 3u}) {
        portal.sign_in(voter);
        portal.clock.set(portal.noon() + std::chrono::seconds{10 * voter});
        BOOST_TEST(cast("csa", ballot("csa", voter)).status == 200);
    }
    const auto rows = admin().select("SELECT id, created_at, TIMESTAMPDIFF(SECOND, created_at, next_attempt_at) FROM outbox");
    BOOST_TEST_REQUIRE(rows.size() == 3u);
    for (const auto& row : rows) {
        BOOST_TEST(row.number(0) < (std::int64_t{1} << 48));
        BOOST_TEST(row.text(1) == "2026-12-05 11:00:00");
        BOOST_TEST(row.number(2) >= 600);
        BOOST_TEST(row.number(2) < 1800);
    }
    // A counter would give neighbours.
    BOOST_TEST(std::abs(rows[1].number(0) - rows[0].number(0)) > 1);
    BOOST_TEST(std::abs(rows[2].number(0) - rows[1].number(0)) > 1);
    // Those that are counted begin above, and drawn ones leave the counter where it is.
    admin().run(
        "INSERT INTO outbox (idempotency_key, channel, recipient, body, created_at, next_attempt_at) "
        "VALUES ('x', 'email', 'a@b.c', '', NOW(), NOW())");
    BOOST_TEST(admin().select_one("SELECT MAX(id) FROM outbox")->number(0) == (std::int64_t{1} << 48));
}

BOOST_AUTO_TEST_CASE(an_outbox_that_takes_nothing_hinders_no_vote) {
    admin().run("RENAME TABLE outbox TO outbox_away");
    BOOST_TEST(cast("csa", ballot("csa", 1)).status == 200);
    BOOST_TEST(count("emargement") == 1);
    BOOST_TEST(count("urne.inbox") == 1);
    admin().run("RENAME TABLE outbox_away TO outbox");
    BOOST_TEST(count("outbox") == 0);
}

BOOST_AUTO_TEST_CASE(a_refused_ballot_leaves_no_mail) {
    BOOST_TEST(cast("csa", "{}").status == 400);
    BOOST_TEST(cast("csa", ballot("csa", 2)).status == 403);
    BOOST_TEST(count("outbox") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mail_tests
