// SPDX-License-Identifier: AGPL-3.0-or-later
// Mails that come back: whose they are, what they say, and the way from a mail program to the row, with the daemon as a process.
#include <boost/test/unit_test.hpp>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "courrier/return_address.hpp"
#include "courrier/return_notice.hpp"
#include "postfix.hpp"
#include "smtp_sink.hpp"
#include "support/database.hpp"
#include "support/folder.hpp"
#include "support/source_dir.hpp"
#include "util/bytes.hpp"

namespace return_tests {

namespace {

using courrier::ReturnKind;
using namespace std::string_literals;

const std::string k_base = "retours@elections.example";

// As Postfix writes it, shortened; `report` is its machine's part.
std::string returned(const std::string& report, const std::string& line_end = "\n") {
    std::string mail =
        "From: MAILER-DAEMON@relais.example\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"B\"\n\n--B\nContent-Type: text/plain\n\n"
        "I'm sorry to have to inform you\nStatus: 2.0.0\n--B\nContent-Description: Delivery report\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; relais.example\n\n" +
        report +
        "\n--B\nContent-Type: text/rfc822-headers\n\nAction: delivered\nStatus: 5.2.2\nSubject: Création de votre mot de passe\n--B--\n";
    for (auto at = mail.find('\n'); line_end != "\n" && at != std::string::npos; at = mail.find('\n', at + line_end.size()))
        mail.replace(at, 1, line_end);
    return mail;
}
std::string report(const std::string& action, const std::string& status) {
    return "Final-Recipient: rfc822; zoe@x.example\nAction: " + action + "\nStatus: " + status +
           "\nDiagnostic-Code: smtp; 550 no\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(return_tests)

BOOST_AUTO_TEST_CASE(an_address_tells_its_message_to_who_made_it_alone) {
    const std::string address = courrier::return_address(k_base, "key", 281'474'976'710'657);
    BOOST_TEST(address.starts_with("retours+281474976710657-"));
    BOOST_TEST(address.ends_with("@elections.example"));
    BOOST_TEST(address.find('@') <= 64u);  // what relays take before it
    const auto message_of = [&](const std::string& given, const char* key = "key") {
        return courrier::message_of_return(k_base, key, given);
    };
    BOOST_TEST((message_of(address) == 281'474'976'710'657u));
    std::string capitals = address;
    for (char& c : capitals) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    BOOST_TEST((message_of(capitals) == 281'474'976'710'657u));
    BOOST_TEST(!message_of(address, "another").has_value());
    std::string other = address;
    other[8] = '3';  // another's message, with this one's code
    for (const std::string& bad :
         {other, address.substr(1), address + "x", k_base, "retours+@elections.example"s, ""s, "retours+-@elections.example"s,
          "retours+99999999999999999999999-00@elections.example"s, "+"s, "-+"s})
        BOOST_TEST(!message_of(bad).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(a_report_is_understood_and_nothing_else_is_one) {
    const auto judge = [](const std::string& mail) { return courrier::judge_return(mail); };
    BOOST_TEST((judge(returned(report("failed", "5.1.1"))) == ReturnKind::unknown));
    BOOST_TEST((judge(returned(report("failed", "5.1.10"))) == ReturnKind::unknown));
    BOOST_TEST((judge(returned(report("failed", "5.2.2"))) == ReturnKind::full));
    BOOST_TEST((judge(returned(report("failed", "4.2.2"))) == ReturnKind::full));  // given up after days
    BOOST_TEST((judge(returned(report("failed", "5.7.1"))) == ReturnKind::refused));
    BOOST_TEST((judge(returned(report("failed", "not a status"))) == ReturnKind::refused));
    BOOST_TEST((judge(returned(report("delayed", "4.4.1"))) == ReturnKind::delayed));
    BOOST_TEST((judge(returned(report("failed", "5.1.1"), "\r\n")) == ReturnKind::unknown));
    BOOST_TEST((judge(returned("ACTION: Failed (bad mailbox)\nstatus:5.1.1\n")) == std::nullopt));
    BOOST_TEST((judge(returned("ACTION: Failed\nstatus:5.1.1\n")) == ReturnKind::unknown));
    for (const char* action : {"delivered", "relayed", "expanded", ""})
        BOOST_TEST((judge(returned(report(action, "5.1.1"))) == std::nullopt));
    // An absence, with a sender's idea of a joke in it.
    BOOST_TEST((judge("Auto-Submitted: auto-replied\n\nJe suis en congé.\nAction: failed\nStatus: 5.1.1\n") == std::nullopt));
    BOOST_TEST((judge("") == std::nullopt));
    BOOST_TEST((judge(std::string(1 << 20, 'x') + returned(report("failed", "5.1.1"))) == std::nullopt));
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

struct ReturnsFixture {
    test::Database database;
    db::Connection& admin = database.admin();
    test::SmtpSink sink;
    test::Folder folder;
    pid_t daemon = 0;

    ReturnsFixture() {
        folder.write("portail.toml", "[portal]\nbase_url = \"http://localhost:8080\"\ntemplates = \"" + test::source_dir() +
                                         "/templates\"\n[database]\npassword_files = true\nsocket = \"" + database.socket() +
                                         "\"\n[mail]\nurl = \"" + sink.url() +
                                         "\"\nfrom = \"no-reply@elections.example\"\nreturns = \"" + k_base +
                                         "\"\nreturns_socket = \"" + path("door") + "\"\nsms_domain = \"sms.example\"\n");
        folder.write("db_password", database.settings("courrier").password);
        folder.write("return_key", "a key of the test");
        start();
    }
    ~ReturnsFixture() { stop(SIGKILL); }

    std::string path(const char* name) const { return (folder / name).string(); }
    template <typename Run>
    static pid_t in_child(const Run& run) {
        const pid_t child = ::fork();
        if (child == 0) {
            run();
            ::_exit(127);
        }
        return child;
    }
    void start() {
        daemon = in_child([&] {
            if (std::freopen(path("log").c_str(), "a", stderr) == nullptr) ::_exit(126);
            ::execl(PORTAIL_COURRIER, "portail-courrier", "--config", path("portail.toml").c_str(), "--secrets",
                    folder.path().c_str(), nullptr);
        });
    }
    void stop(int signal) {
        if (daemon <= 0) return;
        ::kill(daemon, signal);
        ::waitpid(daemon, nullptr, 0);
        daemon = 0;
    }
    // As a mail program runs it.
    int come_back(const std::string& address, const std::string& mail) {
        folder.write("mail", mail);
        const pid_t child = in_child([&] {
            if (std::freopen(path("mail").c_str(), "r", stdin) == nullptr) ::_exit(126);
            ::execl(PORTAIL_COURRIER, "portail-courrier", "--returned", path("door").c_str(), address.c_str(), nullptr);
        });
        int ended = 0;
        ::waitpid(child, &ended, 0);
        return WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
    }
    void queue(const std::string& to, const char* channel = "email") {
        admin.execute(
            "INSERT INTO outbox (idempotency_key, channel, recipient, subject, body, created_at, next_attempt_at) "
            "VALUES (?, ?, ?, 'Essai', 'Bonjour.', UTC_TIMESTAMP() - INTERVAL 9 SECOND, UTC_TIMESTAMP() - INTERVAL 9 SECOND)",
            {util::sha256_hex(to), channel, to});
    }
    template <typename Done>
    bool wait_for(const Done& done) {
        for (int i = 0; i < 500; ++i) {
            if (done()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return false;
    }
    std::string kind_of(const std::string& address) {
        const auto row = admin.select_one("SELECT kind FROM mail_return WHERE recipient = ?", {address});
        return row ? row->text(0) : "";
    }
    std::string sent_from(const std::string& to) {
        for (const auto& mail : sink.mails())
            if (mail.to == to) return mail.from;
        return {};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(returns_daemon, ReturnsFixture)

BOOST_AUTO_TEST_CASE(what_comes_back_to_a_mails_own_address_is_known_of_its_recipient) {
    queue("zoe@x.example"), queue("luc@x.example"), queue("+33612345678", "sms");
    BOOST_REQUIRE(wait_for([&] { return sink.mails().size() == 3; }));
    const std::string zoe = sent_from("zoe@x.example"), luc = sent_from("luc@x.example");
    BOOST_TEST(zoe.starts_with("retours+"));
    BOOST_TEST(zoe != luc);
    BOOST_TEST(sent_from("33612345678@sms.example") == "no-reply@elections.example");
    BOOST_TEST(come_back(zoe, returned(report("failed", "5.2.2"))) == 0);
    BOOST_TEST(kind_of("zoe@x.example") == "full");
    BOOST_TEST(come_back(zoe, returned(report("failed", "5.1.1")) + std::string(1 << 20, 'x')) == 0);
    BOOST_TEST(kind_of("zoe@x.example") == "unknown");  // the newest word
    // Nobody says it of another: a code of one message is none of the next, and an absence says nothing.
    std::string forged = luc;
    forged.replace(forged.find('-'), 17, zoe.substr(zoe.find('-'), 17));
    BOOST_TEST(come_back(forged, returned(report("failed", "5.1.1"))) == 0);
    BOOST_TEST(come_back(luc, "Subject: Absence\n\nJe suis en congé.\n") == 0);
    BOOST_TEST(kind_of("luc@x.example") == "");
    stop(SIGTERM);
    const std::string log = folder.read("log");
    BOOST_TEST(log.find("\"event\":\"mail-returned\"") != std::string::npos);
    BOOST_TEST(log.find("\"event\":\"return-refused\"") != std::string::npos);
    BOOST_TEST(log.find("x.example") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(while_the_daemon_or_the_database_is_away_the_mail_program_keeps_it) {
    queue("zoe@x.example");
    BOOST_REQUIRE(wait_for([&] { return sink.mails().size() == 1; }));
    const std::string zoe = sent_from("zoe@x.example"), mail = returned(report("failed", "5.2.2"));
    stop(SIGKILL);
    BOOST_TEST(come_back(zoe, mail) == 75);
    start();
    BOOST_TEST(wait_for([&] { return come_back(zoe, mail) == 0; }));  // over the socket that the killed one left
    BOOST_TEST(kind_of("zoe@x.example") == "full");
    admin.run("RENAME TABLE mail_return TO mail_return_away");
    BOOST_TEST(come_back(zoe, mail) == 75);
    admin.run("RENAME TABLE mail_return_away TO mail_return");
    BOOST_TEST(come_back(zoe, mail) == 0);
}

BOOST_AUTO_TEST_CASE(a_recipient_that_the_relay_refuses_at_once_is_known_too) {
    queue("refused@x.example"), queue("busy@x.example");
    BOOST_TEST(wait_for([&] { return kind_of("refused@x.example") == "refused"; }));
    BOOST_TEST(kind_of("busy@x.example") == "");
}

// Sent by the daemon, refused by whoever comes after Postfix, and back to the row: nothing of it is written by this test.
BOOST_AUTO_TEST_CASE(what_a_real_postfix_returns_stands_at_its_recipient) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("skipped: Postfix starts as root alone");
        return;
    }
    test::Folder place;
    std::filesystem::permissions(folder.path(), std::filesystem::perms::others_exec, std::filesystem::perm_options::add);
    const std::string next = "[127.0.0.1]:" + sink.url().substr(sink.url().rfind(':') + 1);
    const test::Postfix postfix(place.path(), next, std::string(PORTAIL_COURRIER) + " --returned " + path("door"));
    stop(SIGTERM);
    folder.replace("portail.toml", sink.url(), postfix.url());
    start();
    BOOST_REQUIRE(wait_for([&] { return std::filesystem::exists(path("door")); }));
    // In production pipe runs as portail-courrier, whose socket it is; here it may not be root.
    std::filesystem::permissions(path("door"), std::filesystem::perms::all);
    queue("zoe@unknown.example"), queue("luc@full.example"), queue("refused@x.example"), queue("ada@x.example");
    BOOST_TEST(wait_for([&] { return kind_of("zoe@unknown.example") == "unknown"; }), postfix.log());
    BOOST_TEST(wait_for([&] { return kind_of("luc@full.example") == "full"; }), postfix.log());
    BOOST_TEST(wait_for([&] { return kind_of("refused@x.example") == "refused"; }), postfix.log());
    BOOST_TEST(wait_for([&] { return !sent_from("ada@x.example").empty(); }), postfix.log());
    BOOST_TEST(sent_from("ada@x.example").starts_with("retours+"));  // Postfix leaves it as it is
    BOOST_TEST(kind_of("ada@x.example") == "");
    BOOST_TEST(admin.select_one("SELECT COUNT(*) FROM outbox WHERE state = 'sent'")->number(0) == 4);
    // A machine of elsewhere took ada's, and brings it back later; it forwards nothing else through here.
    BOOST_TEST(postfix.returned_by_another(sent_from("ada@x.example"), returned(report("failed", "5.2.2"), "\r\n")) == '2');
    BOOST_TEST(wait_for([&] { return kind_of("ada@x.example") == "full"; }), postfix.log());
    BOOST_TEST(postfix.returned_by_another("ada@x.example", "spam") == '5');
    // While nobody takes it Postfix keeps the return, and brings it again.
    std::filesystem::rename(path("door"), path("door.away"));
    queue("later@unknown.example");
    BOOST_TEST(wait_for([&] { return postfix.log().find("status=deferred") != std::string::npos; }), postfix.log());
    BOOST_TEST(kind_of("later@unknown.example") == "");
    std::filesystem::rename(path("door.away"), path("door"));
    postfix.flush();
    BOOST_TEST(wait_for([&] { return kind_of("later@unknown.example") == "unknown"; }), postfix.log());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace return_tests
