// SPDX-License-Identifier: AGPL-3.0-or-later
// The daemon itself before a real Kannel: a code queued by a worker reaches the telephone once, and its row says what became of it.
#include <boost/test/unit_test.hpp>

#include "courrier/sms_gateway.hpp"
#include "kannel.hpp"
#include "support/database.hpp"
#include "support/source_dir.hpp"
#include "util/bytes.hpp"
#include "util/clock.hpp"

namespace sms_daemon_tests {

namespace {

struct SmsDaemonFixture {
    test::Database database;
    db::Connection& admin = database.admin();
    test::Kannel kannel;
    std::string folder;
    unsigned reports_port = test::free_port();
    pid_t pid = 0;

    SmsDaemonFixture() {
        std::string name = (std::filesystem::temp_directory_path() / "portail-sms.XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder = name;
        std::ofstream(folder + "/portail.toml")
            << "[portal]\nbase_url = \"http://localhost:8080\"\ntemplates = \"" << test::source_dir()
            << "/templates\"\n[database]\npassword_files = true\nsocket = \"" << database.socket()
            << "\"\n[mail]\nurl = \"smtp://127.0.0.1:9\"\nfrom = \"no-reply@elections.example\"\nsms = \"gateway\"\n[sms]\nurl = \""
            << kannel.url() << "\"\nuser = \"portail\"\nfrom = \"Elections\"\nreports_port = " << reports_port << "\n";
        std::ofstream(folder + "/db_password") << database.settings("courrier").password;
        std::ofstream(folder + "/sms_password") << "a-long-secret";
    }
    ~SmsDaemonFixture() {
        if (pid > 0) end(SIGKILL);
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
    void end(int signal) {
        ::kill(pid, signal);
        ::waitpid(pid, nullptr, 0);
        pid = 0;
    }
    void queue(const std::string& number, const std::string& text) {
        static int messages = 0;
        const std::string now = util::to_sql(util::SystemClock().now() - std::chrono::seconds(2));
        admin.execute(
            "INSERT INTO outbox (idempotency_key, channel, recipient, body, created_at, next_attempt_at) "
            "VALUES (?, 'sms', ?, ?, ?, ?)",
            {util::sha256_hex("sms" + std::to_string(++messages)), number, text, now, now});
    }
    long count(const std::string& where) {
        return admin.select_one("SELECT COUNT(*) FROM outbox o LEFT JOIN sms_state s ON s.message_id = o.id WHERE " + where)
            ->number(0);
    }
    std::string log() const {
        std::ifstream file(folder + "/log");
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sms_daemon_tests, SmsDaemonFixture)

BOOST_AUTO_TEST_CASE(a_code_reaches_the_telephone_and_its_row_says_so) {
    start();
    queue("+33612345678", "ABCD-EFGH : votre code\n");
    queue("+33699000000", "JKLM-NPQR : votre code\n");
    BOOST_TEST(test::within_seconds(15, [&] { return count("o.state = 'sent' AND s.state = 'phone'") == 1; }), log());
    BOOST_TEST(test::within_seconds(15, [&] { return count("o.state = 'failed' AND s.state = 'refused'") == 1; }), log());
    BOOST_TEST(count("s.at IS NOT NULL AND body = '' AND recipient LIKE '…%'") == 2);
    BOOST_TEST(kannel.times("ABCD-EFGH") == 1u);
    end(SIGTERM);
    for (const char* secret : {"ABCD-EFGH", "a-long-secret", "612345678"})
        BOOST_TEST(log().find(secret) == std::string::npos, secret);
}

// Killed while it speaks with the gateway, ten times: no telephone gets a code twice, and what is not sent says so.
BOOST_AUTO_TEST_CASE(killed_at_any_moment_it_never_sends_a_code_twice) {
    for (int i = 0; i < 60; ++i) queue("+3361234" + std::to_string(1000 + i), "code-" + std::to_string(1000 + i) + "-end\n");
    for (int round = 0; round < 10; ++round) {
        const long before = count("o.state = 'sent'");
        start();
        test::within_seconds(10, [&] { return count("o.state = 'sent'") > before; });
        std::this_thread::sleep_for(std::chrono::microseconds(round * 700));
        end(SIGKILL);
    }
    start();
    BOOST_TEST(test::within_seconds(20, [&] { return count("o.state = 'queued'") == 0; }));
    BOOST_TEST(test::within_seconds(5, [&] { return count("o.state = 'sent' AND COALESCE(s.state, 'left') = 'left'") <= 10; }));
    end(SIGTERM);
    for (int i = 0; i < 60; ++i) BOOST_TEST(kannel.times("code-" + std::to_string(1000 + i) + "-end") <= 1u, i);
    BOOST_TEST(count("o.state IN ('sent', 'sending')") == 60);
    BOOST_TEST(count("o.state = 'sending'") <= 10);
}

BOOST_AUTO_TEST_CASE(a_gateway_that_is_away_costs_nothing_but_time) {
    kannel.stop();
    start();
    queue("+33612345678", "ABCD-EFGH : votre code\n");
    BOOST_TEST(test::within_seconds(15, [&] { return count("o.state = 'deferred' AND body <> ''") == 1; }), log());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sms_daemon_tests
