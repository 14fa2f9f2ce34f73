// SPDX-License-Identifier: AGPL-3.0-or-later
// Campaigns: each once, whatever stops the command; so many a minute to each mail domain; and nobody learns from it who has voted.
#include <boost/test/unit_test.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "scrutinctl/election_fixture.hpp"

namespace invite_tests {

namespace {

struct Campaigns : test::ElectionFixture {
    Campaigns() {
        import_demo("60");
        database.admin().run("UPDATE calendar SET at = UTC_TIMESTAMP() - INTERVAL 1 MINUTE WHERE event = 'portal_opens'");
    }
    std::int64_t mails(const std::string& where = "TRUE") { return count("SELECT COUNT(*) FROM outbox WHERE " + where); }
    std::string text(const std::string& sql) { return database.admin().select_one(sql)->text(0); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(invite, Campaigns)

BOOST_AUTO_TEST_CASE(everybody_is_invited_once_and_latecomers_when_it_runs_again) {
    database.admin().run("UPDATE voter SET struck_off_at = UTC_TIMESTAMP() WHERE id <= 2");
    must("invite", {"--dry-run"});
    BOOST_TEST(mails() == 0);
    must("invite");
    BOOST_TEST(mails() == 58);
    BOOST_TEST(count("SELECT COUNT(DISTINCT recipient) FROM outbox") == 58);
    const std::string body = text("SELECT body FROM outbox WHERE recipient = (SELECT email FROM voter WHERE id = 3)");
    BOOST_TEST(body.find("http://localhost:8080/\n") != std::string::npos);
    BOOST_TEST(body.find("token") == std::string::npos);
    must("invite");
    BOOST_TEST(mails() == 58);
    database.admin().run("UPDATE voter SET struck_off_at = NULL WHERE id = 1");
    database.admin().run("DELETE FROM outbox");  // the purge's work: what was sent is still known
    must("invite");
    BOOST_TEST(mails() == 1);
}

BOOST_AUTO_TEST_CASE(two_runs_at_once_write_once) {
    std::atomic<int> done = 0;
    const auto run_one = [&] {
        scrutinctl::Office other(path("portail.toml"), (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
        if (scrutinctl::invite(other, {})) ++done;
    };
    std::thread one(run_one), two(run_one);
    one.join(), two.join();
    BOOST_TEST(done == 2);
    BOOST_TEST(mails() == 60);
    BOOST_TEST(count("SELECT COUNT(*) FROM invitation") == 60);
}

BOOST_AUTO_TEST_CASE(killed_at_any_moment_it_goes_on_and_writes_to_each_once) {
    import_demo("2000");
    database.admin().run("UPDATE calendar SET at = UTC_TIMESTAMP() - INTERVAL 1 MINUTE WHERE event = 'portal_opens'");
    int kills_in_the_middle = 0;
    for (std::int64_t until : {1, 500, 900, 1300, 1700, 2001}) {
        const pid_t child = ::fork();
        if (child == 0) {
            scrutinctl::Office other(path("portail.toml"),
                                     (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
            ::_exit(scrutinctl::invite(other, {}) ? 0 : 1);
        }
        int ended = 0;
        while (::waitpid(child, &ended, WNOHANG) == 0) {
            if (mails() >= until) ::kill(child, SIGKILL);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        BOOST_TEST((WIFSIGNALED(ended) || WEXITSTATUS(ended) == 0));
        if (WIFSIGNALED(ended) && mails() < 2000) ++kills_in_the_middle;
    }
    BOOST_TEST(kills_in_the_middle > 0);
    BOOST_TEST(mails() == 2000);
    BOOST_TEST(count("SELECT COUNT(DISTINCT recipient) FROM outbox") == 2000);
}

BOOST_AUTO_TEST_CASE(a_run_that_breaks_off_leaves_nothing_half_done) {
    database.admin().run("RENAME TABLE outbox TO outbox_away");
    BOOST_CHECK_THROW(run("invite"), std::runtime_error);
    BOOST_TEST(count("SELECT COUNT(*) FROM invitation") == 0);
    database.admin().run("RENAME TABLE outbox_away TO outbox");
    must("invite");
    BOOST_TEST(mails() == 60);
}

BOOST_AUTO_TEST_CASE(a_mail_domain_gets_so_many_a_minute_over_runs_too) {
    database.admin().run("UPDATE voter SET email = CONCAT('p', id, IF(id <= 40, '@un.example', '@deux.example'))");
    database.admin().run("UPDATE voter SET struck_off_at = UTC_TIMESTAMP() WHERE id > 20 AND id <= 40");
    must("invite", {"--rythme", "10"});
    database.admin().run("UPDATE voter SET struck_off_at = NULL");
    must("invite", {"--rythme", "10"});
    BOOST_TEST(mails() == 60);
    for (const char* domain : {"%@un.example", "%@deux.example"})
        BOOST_TEST(count("SELECT MAX(n) FROM (SELECT COUNT(*) n FROM outbox WHERE recipient LIKE '" + std::string(domain) +
                         "' GROUP BY TIMESTAMPDIFF(SECOND, (SELECT MIN(created_at) FROM outbox), next_attempt_at) DIV 60) t") <=
                   11);
    BOOST_TEST(count("SELECT TIMESTAMPDIFF(SECOND, MIN(created_at), MAX(next_attempt_at)) >= 220 FROM outbox WHERE recipient LIKE "
                     "'%@un.example'") == 1);
}

BOOST_AUTO_TEST_CASE(a_reminder_goes_to_who_has_no_space_and_once_for_each_number) {
    database.admin().run(
        "INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at) "
        "SELECT id, '', UTC_TIMESTAMP(), UTC_TIMESTAMP() FROM voter WHERE id <= 50");
    must("invite", {"--relance", "not-activated"});
    must("invite", {"--relance", "not-activated"});
    BOOST_TEST(mails() == 10);
    must("invite", {"--relance", "not-activated", "--numero", "2"});
    BOOST_TEST(mails() == 20);
    must_not("invite", {"--numero", "2"}, "--relance");
    must_not("invite", {"--relance", "tous"}, "not-activated ou non-voters");
}

BOOST_AUTO_TEST_CASE(before_the_portal_opens_and_after_the_close_nothing_leaves) {
    database.admin().run("UPDATE calendar SET at = UTC_TIMESTAMP() + INTERVAL 1 HOUR WHERE event = 'portal_opens'");
    must_not("invite", {}, "pas encore ouvert");
    database.admin().run("UPDATE calendar SET at = UTC_TIMESTAMP() - INTERVAL 2 DAY WHERE event = 'portal_opens'");
    database.admin().run("UPDATE calendar SET at = UTC_TIMESTAMP() + INTERVAL 1 DAY WHERE event IN ('vote_opens', 'vote_closes')");
    must_not("invite", {"--relance", "non-voters"}, "le vote n’est pas encore ouvert");
    database.admin().run("UPDATE calendar SET at = UTC_TIMESTAMP() - INTERVAL 1 DAY WHERE event IN ('vote_opens', 'vote_closes')");
    must_not("invite", {}, "clos");
}

BOOST_AUTO_TEST_CASE(who_has_not_voted_is_written_to_and_few_are_never_counted) {
    database.admin().run("UPDATE scrutin SET state = 'open'");
    database.admin().run("UPDATE calendar SET at = UTC_TIMESTAMP() - INTERVAL 1 DAY WHERE event = 'vote_opens'");
    const auto vote = [&](const std::string& who) {
        database.admin().run("INSERT INTO emargement SELECT scrutin_id, voter_id, UTC_TIMESTAMP() FROM voter_scrutin WHERE " + who);
    };
    vote("voter_id <= 9");
    must_not("invite", {"--relance", "non-voters"}, "trop peu");
    must_not("invite", {"--relance", "non-voters", "--dry-run"}, "trop peu");
    vote("voter_id BETWEEN 10 AND 40");
    database.admin().run("UPDATE voter SET struck_off_at = UTC_TIMESTAMP() WHERE id IN (1, 60)");
    must("invite", {"--relance", "non-voters"});
    BOOST_TEST(mails() == 19);
    // Two come back on the roll. One is written to; no number says that, so none says that the other has voted.
    for (const char* back : {"1", "60"}) {
        database.admin().run("UPDATE voter SET struck_off_at = NULL WHERE id = " + std::string(back));
        must("invite", {"--relance", "non-voters"});
    }
    BOOST_TEST(mails() == 20);
    BOOST_TEST(mails("recipient IN (SELECT email FROM voter WHERE id <= 40)") == 0);
    // Neither the row nor the text says what the person did not do; the subject is read over shoulders.
    BOOST_TEST(mails("voter_id IS NOT NULL") == 0);
    BOOST_TEST(mails("subject LIKE '%pas voté%'") == 0);
    vote("voter_id BETWEEN 41 AND 51");
    must_not("invite", {"--relance", "non-voters", "--numero", "2"}, "trop peu");
    BOOST_TEST(text("SELECT GROUP_CONCAT(detail ORDER BY id SEPARATOR '|') FROM audit WHERE action = 'invite'") ==
               "non-voters-1 : 19 personnes à qui écrire ; motif : essai|"
               "non-voters-1 : moins de 10 personnes à qui écrire ; motif : essai|"
               "non-voters-1 : moins de 10 personnes à qui écrire ; motif : essai");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace invite_tests
