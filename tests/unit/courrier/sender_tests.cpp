// SPDX-License-Identifier: AGPL-3.0-or-later
// The round over a real outbox: once each, retries, doubts; then the daemon itself as a process, stopped and killed.
#include "courrier/sender.hpp"

#include <boost/test/unit_test.hpp>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <thread>

#include "courrier/sms_by_mail.hpp"
#include "courrier/smtp_transport.hpp"
#include "smtp_sink.hpp"
#include "support/database.hpp"
#include "support/source_dir.hpp"
#include "util/bytes.hpp"

namespace sender_tests {

namespace {

struct SenderFixture {
    test::Database database;
    db::Connection& admin = database.admin();
    db::Connection worker{database.settings("courrier")};
    test::SmtpSink sink;
    courrier::SmtpTransport mail{sink.url(), "no-reply@elections.example"};
    courrier::SmsByMail sms{mail, "sms.example"};
    util::FixedClock clock{*util::from_sql("2026-12-03 09:00:00")};
    courrier::Sender sender{worker, clock, mail, sms};

    void queue(const std::string& to, const char* channel = "email", const std::string& body = "Un lien secret\n") {
        static int number = 0;
        admin.execute(
            "INSERT INTO outbox (idempotency_key, channel, recipient, subject, body, created_at, next_attempt_at) "
            "VALUES (?, ?, ?, 'Essai', ?, ?, ?)",
            {util::sha256_hex("m" + std::to_string(++number)), channel, to, body, util::to_sql(clock.now()),
             util::to_sql(clock.now())});
    }
    courrier::Sender::Round run() {
        return sender.run([] { return false; });
    }
    std::string state(const std::string& to) {
        return admin.select_one("SELECT state FROM outbox WHERE recipient = ?", {to})->text(0);
    }
    std::string body(const std::string& to) {
        return admin.select_one("SELECT body FROM outbox WHERE recipient = ?", {to})->text(0);
    }
    long count(const char* state) { return admin.select_one("SELECT COUNT(*) FROM outbox WHERE state = ?", {state})->number(0); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sender_tests, SenderFixture)

BOOST_AUTO_TEST_CASE(due_messages_are_sent_once_and_lose_their_body) {
    queue("zoe@x.example");
    queue("+33612345678", "sms");
    BOOST_TEST((run() == courrier::Sender::Round::worked));
    BOOST_TEST((run() == courrier::Sender::Round::idle));
    BOOST_TEST(sink.mails().size() == 2u);
    BOOST_TEST(state("zoe@x.example") == "sent");
    BOOST_TEST(body("zoe@x.example").empty());
    BOOST_TEST(state("…78") == "sent");  // nothing else is left of a number
    BOOST_TEST(body("…78").empty());
    BOOST_TEST(sender.counts().sent == 2u);
}

BOOST_AUTO_TEST_CASE(of_an_address_that_was_given_for_one_message_nothing_stays) {
    queue("zoe@chez-elle.example");
    queue("refused@chez-elle.example");
    queue("zoe@ac.example");
    admin.run("UPDATE outbox SET personal = TRUE WHERE recipient LIKE '%chez-elle%'");
    BOOST_TEST((run() == courrier::Sender::Round::worked));
    BOOST_TEST(sink.mails().size() == 2u);
    BOOST_TEST(state("zoe@ac.example") == "sent");
    const auto left = admin.select("SELECT recipient, state, body FROM outbox WHERE personal ORDER BY id");
    BOOST_TEST_REQUIRE(left.size() == 2u);
    for (const auto& row : left) {
        BOOST_TEST(row.text(0) == "…");
        BOOST_TEST(row.text(2).empty());
    }
    BOOST_TEST(left[0].text(1) == "sent");
    BOOST_TEST(left[1].text(1) == "failed");
    // A return to it tells nobody's address, and is no other's.
    BOOST_TEST(admin.select_one("SELECT COUNT(*) FROM mail_return")->number(0) == 0);
    const auto id = static_cast<std::uint64_t>(admin.select_one("SELECT MIN(id) FROM outbox")->number(0));
    BOOST_TEST(!courrier::note_return(worker, id, courrier::ReturnKind::unknown, clock.now()));
    BOOST_TEST(admin.select_one("SELECT COUNT(*) FROM mail_return")->number(0) == 0);
}

BOOST_AUTO_TEST_CASE(what_is_not_due_waits) {
    queue("zoe@x.example");
    clock.set(clock.now() - std::chrono::seconds(1));
    BOOST_TEST((run() == courrier::Sender::Round::idle));
    BOOST_TEST(sink.mails().empty());
}

BOOST_AUTO_TEST_CASE(a_temporary_refusal_is_tried_again_later) {
    queue("busy@x.example");
    run();
    BOOST_TEST(state("busy@x.example") == "deferred");
    BOOST_TEST(body("busy@x.example") == "Un lien secret\n");
    BOOST_TEST((run() == courrier::Sender::Round::idle));
    clock.set(clock.now() + std::chrono::seconds(40));
    BOOST_TEST((run() == courrier::Sender::Round::worked));
    BOOST_TEST(admin.select_one("SELECT attempts FROM outbox")->number(0) == 2);
}

BOOST_AUTO_TEST_CASE(after_twenty_tries_a_message_is_given_up) {
    queue("busy@x.example");
    for (int i = 0; i < 20; ++i) {
        run();
        clock.set(clock.now() + std::chrono::seconds(4600));
    }
    BOOST_TEST(state("busy@x.example") == "failed");
    BOOST_TEST(body("busy@x.example").empty());
    BOOST_TEST(admin.select_one("SELECT attempts FROM outbox")->number(0) == 20);
}

BOOST_AUTO_TEST_CASE(a_refused_recipient_fails_and_the_others_go) {
    queue("refused@x.example");
    queue("zoe@x.example");
    queue("x@y\r\nRCPT TO:<z@z>");
    run();
    BOOST_TEST(state("refused@x.example") == "failed");
    BOOST_TEST(body("refused@x.example").empty());
    BOOST_TEST(state("zoe@x.example") == "sent");
    BOOST_TEST(count("failed") == 2);
    BOOST_TEST(!admin.select_one("SELECT last_error FROM outbox WHERE recipient = 'refused@x.example'")->text(0).empty());
}

BOOST_AUTO_TEST_CASE(what_is_in_doubt_is_never_sent_again) {
    queue("mute@x.example");
    run();
    BOOST_TEST(state("mute@x.example") == "sending");
    clock.set(clock.now() + std::chrono::hours(48));
    run();
    BOOST_TEST(sink.mails().size() == 1u);
    BOOST_TEST(sender.counts().in_doubt == 1u);
}

BOOST_AUTO_TEST_CASE(what_a_dead_process_left_is_told_and_not_sent) {
    queue("zoe@x.example");
    BOOST_TEST(
        courrier::claim(worker, static_cast<std::uint64_t>(admin.select_one("SELECT id FROM outbox")->number(0)), clock.now())
            .has_value());
    clock.set(clock.now() + std::chrono::minutes(3));
    run();
    sender.report_doubts();
    sender.report_doubts();
    BOOST_TEST(sender.counts().in_doubt == 1u);
    BOOST_TEST(sink.mails().empty());
}

BOOST_AUTO_TEST_CASE(a_message_is_claimed_by_one_of_two_processes) {
    queue("zoe@x.example");
    const auto id = static_cast<std::uint64_t>(admin.select_one("SELECT id FROM outbox")->number(0));
    db::Connection other(database.settings("courrier"));
    BOOST_TEST(courrier::claim(worker, id, clock.now()).has_value());
    BOOST_TEST(!courrier::claim(other, id, clock.now()).has_value());
}

BOOST_AUTO_TEST_CASE(a_shut_relay_stops_the_round_at_its_first_message) {
    for (int i = 0; i < 10; ++i) queue("zoe" + std::to_string(i) + "@x.example");
    sink.mode = test::SmtpSink::Mode::shut;
    BOOST_TEST((run() == courrier::Sender::Round::relay_down));
    BOOST_TEST(count("queued") == 9);
    sink.mode = test::SmtpSink::Mode::well;
    clock.set(clock.now() + std::chrono::seconds(60));
    run();
    BOOST_TEST(count("sent") == 10);
    BOOST_TEST(sink.mails().size() == 10u);
}

BOOST_AUTO_TEST_CASE(who_just_asked_is_not_behind_a_campaign) {
    for (int i = 0; i < 300; ++i) queue("campagne" + std::to_string(i) + "@x.example");
    clock.set(clock.now() + std::chrono::seconds(5));
    queue("presse@x.example");
    run();
    BOOST_TEST(state("presse@x.example") == "sent");
    BOOST_TEST(state("campagne0@x.example") == "sent");
    for (int i = 0; i < 5; ++i) run();
    BOOST_TEST(count("sent") == 301);
    BOOST_TEST(sink.mails().size() == 301u);
}

BOOST_AUTO_TEST_CASE(a_stop_is_heard_between_two_messages) {
    for (int i = 0; i < 5; ++i) queue("zoe" + std::to_string(i) + "@x.example");
    int asked = 0;
    sender.run([&] { return ++asked > 2; });
    BOOST_TEST(count("sent") == 2);
    BOOST_TEST(count("queued") == 3);
}

BOOST_AUTO_TEST_CASE(delays_double_to_an_hour_with_jitter) {
    BOOST_TEST(courrier::retry_delay(1, 0.5).count() == 30);
    BOOST_TEST(courrier::retry_delay(1, 0.0).count() == 22);
    BOOST_TEST(courrier::retry_delay(1, 0.999).count() == 37);
    BOOST_TEST(courrier::retry_delay(4, 0.5).count() == 240);
    BOOST_TEST(courrier::retry_delay(8, 0.5).count() == 3600);
    BOOST_TEST(courrier::retry_delay(1000, 0.5).count() == 3600);
}

BOOST_AUTO_TEST_CASE(the_backlog_is_counted) {
    queue("busy@x.example");
    run();
    queue("zoe@x.example");
    clock.set(clock.now() + std::chrono::seconds(7));
    const auto backlog = courrier::backlog_of(worker, clock.now());
    BOOST_TEST(backlog.queued == 1u);
    BOOST_TEST(backlog.deferred == 1u);
    BOOST_TEST(backlog.oldest_seconds == 7);
}

BOOST_AUTO_TEST_CASE(courrier_reads_nothing_but_its_outbox) {
    for (const char* sql : {"SELECT id FROM portail.voter", "SELECT voter_id FROM portail.account",
                            "SELECT voter_id FROM portail.envelope", "SELECT ballot_hash FROM urne.ballot"}) {
        BOOST_CHECK_THROW(worker.select(sql), db::Error);
    }
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

// The daemon on the sink and the database above; real clock, so rows are due in the past.
struct DaemonFixture : SenderFixture {
    std::string folder;
    pid_t pid = 0;

    DaemonFixture() {
        std::string name = (std::filesystem::temp_directory_path() / "portail-courrier.XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder = name;
        std::ofstream(folder + "/portail.toml")
            << "[portal]\nbase_url = \"http://localhost:8080\"\ntemplates = \"" << test::source_dir()
            << "/templates\"\n[database]\npassword_files = true\nsocket = \"" << database.socket() << "\"\n[mail]\nurl = \""
            << sink.url() << "\"\nfrom = \"no-reply@elections.example\"\nsms_domain = \"sms.example\"\n";
        std::ofstream(folder + "/db_password") << database.settings("courrier").password;
        clock.set(util::SystemClock().now() - std::chrono::seconds(5));
    }
    ~DaemonFixture() {
        if (pid > 0) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
        }
        std::filesystem::remove_all(folder);
    }
    void start() {
        pid = ::fork();
        if (pid == 0) {
            const std::string config = folder + "/portail.toml";
            if (std::freopen((folder + "/log").c_str(), "a", stderr) == nullptr) ::_exit(126);
            ::execl(PORTAIL_COURRIER, "portail-courrier", "--config", config.c_str(), "--secrets", folder.c_str(), nullptr);
            ::_exit(127);
        }
    }
    int stop(int signal) {
        ::kill(pid, signal);
        int status = 0;
        ::waitpid(pid, &status, 0);
        pid = 0;
        return status;
    }
    bool wait_for(const std::function<bool()>& done) {
        for (int i = 0; i < 500; ++i) {
            if (done()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return false;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(daemon_tests, DaemonFixture)

BOOST_AUTO_TEST_CASE(it_sends_what_is_there_and_what_comes) {
    queue("zoe@x.example");
    start();
    BOOST_TEST(wait_for([&] { return count("sent") == 1; }));
    queue("+33612345678", "sms");
    BOOST_TEST(wait_for([&] { return count("sent") == 2; }));
    const int status = stop(SIGTERM);
    BOOST_TEST((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    std::ifstream log(folder + "/log");
    const std::string text((std::istreambuf_iterator<char>(log)), {});
    BOOST_TEST(text.find("\"event\":\"outbox\"") != std::string::npos);
    BOOST_TEST(text.find("Un lien secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(sigterm_finishes_the_message_in_hand_and_takes_no_other) {
    sink.delay_ms = 700;
    for (int i = 0; i < 5; ++i) queue("zoe" + std::to_string(i) + "@x.example");
    start();
    BOOST_TEST(wait_for([&] { return count("sending") == 1; }));
    const int status = stop(SIGTERM);
    BOOST_TEST((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    BOOST_TEST(count("sending") == 0);
    BOOST_TEST(static_cast<long>(sink.mails().size()) == count("sent"));
    BOOST_TEST(count("sent") < 5);
}

BOOST_AUTO_TEST_CASE(killed_at_any_moment_it_never_sends_a_message_twice) {
    sink.delay_ms = 3;
    for (int i = 0; i < 120; ++i) queue("zoe" + std::to_string(i) + "@x.example");
    for (int round = 0; round < 6; ++round) {
        const long before = count("sent");
        start();
        wait_for([&] { return count("sent") >= before + 4; });
        std::this_thread::sleep_for(std::chrono::milliseconds(round * 2));
        stop(SIGKILL);
    }
    start();
    BOOST_TEST(wait_for([&] { return count("queued") == 0; }));
    stop(SIGTERM);
    std::map<std::string, int> received;
    for (const auto& got : sink.mails()) ++received[got.to];
    for (const auto& [to, times] : received) BOOST_TEST(times == 1, to);
    BOOST_TEST(count("sent") + count("sending") == 120);
    BOOST_TEST(count("sending") <= 6);
}

BOOST_AUTO_TEST_CASE(bad_settings_end_it_with_78_and_bad_options_with_64) {
    const std::string wrong = std::string(PORTAIL_COURRIER) + " --config " + folder + "/absent.toml 2>/dev/null";
    BOOST_TEST(WEXITSTATUS(std::system(wrong.c_str())) == 78);
    const std::string usage = std::string(PORTAIL_COURRIER) + " --quoi 2>/dev/null";
    BOOST_TEST(WEXITSTATUS(std::system(usage.c_str())) == 64);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sender_tests
