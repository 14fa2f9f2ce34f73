// SPDX-License-Identifier: AGPL-3.0-or-later
// The program portail-sceau itself: options, --once, a clean stop, and SIGKILL in the middle of a batch.
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <thread>

#include "domain/waiting_ballot.hpp"
#include "util/signature.hpp"
#include "support/database.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"

namespace daemon_tests {

namespace {

void pause(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds{milliseconds}); }

struct DaemonFixture {
    test::Database database;
    std::filesystem::path folder;
    std::string log_key;

    DaemonFixture() {
        std::string name = (std::filesystem::temp_directory_path() / "portail-sceau.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder = name;
        const auto keys = util::make_signing_keys();
        log_key = keys.public_key;
        std::ofstream(folder / "portail.toml")
            << "[portal]\nbase_url = \"http://localhost\"\ntemplates = \"-\"\n[database]\npassword_files = true\nsocket = \""
            << database.socket() << "\"\n[log]\nminimum = 1\nevery_seconds = 1\nfolder = \"" << (folder / "log").string() << "\"\n";
        std::ofstream(folder / "db_password") << database.settings("sceau").password;
        std::ofstream(folder / "log_secret_key") << keys.secret_key.view();
        database.admin().execute("INSERT INTO urne.setup VALUES (1, 'uuidA', 'e', 't', REPEAT('0', 64), REPEAT('A', 43), ?)",
                                 {keys.public_key});
    }
    ~DaemonFixture() { std::filesystem::remove_all(folder); }

    void add_ballots(unsigned first, unsigned count) {
        for (unsigned i = first; i < first + count; ++i)
            database.admin().execute("INSERT INTO urne.inbox VALUES (1, ?, ?, ?)",
                                     {hash(i), hash(i), domain::seal_waiting_ballot(log_key, hash(i), std::to_string(i))});
    }
    static std::string hash(unsigned number) { return util::sha256_hex(std::to_string(number)); }
    std::int64_t count(const char* table) {
        return database.admin().select_one(std::string("SELECT COUNT(*) FROM urne.") + table)->number(0);
    }

    pid_t start(std::vector<std::string> options) const {
        const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin/portail-sceau";
        options.insert(options.begin(), {"portail-sceau", "--config", folder / "portail.toml", "--secrets", folder});
        std::vector<char*> words;
        for (auto& option : options) words.push_back(option.data());
        words.push_back(nullptr);
        const pid_t pid = ::fork();
        if (pid == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::execv(program.c_str(), words.data());
            ::_exit(127);
        }
        return pid;
    }
    static int exit_code(pid_t pid) {
        int status = -1;
        ::waitpid(pid, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    static int end(pid_t pid, int signal) {
        ::kill(pid, signal);
        return exit_code(pid);
    }
    void wait_for_leaves(std::int64_t leaves) {
        for (int i = 0; i < 200 && count("log") < leaves; ++i) pause(50);
        BOOST_TEST(count("log") == leaves);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(daemon_tests, DaemonFixture)

BOOST_AUTO_TEST_CASE(once_appends_all_that_waits_and_ends) {
    add_ballots(0, 2);
    BOOST_TEST(exit_code(start({"--once"})) == 0);
    BOOST_TEST(count("log") == 2);
    BOOST_TEST(exit_code(start({"--once"})) == 0);
    BOOST_TEST(count("log_head") == 1);
}

BOOST_AUTO_TEST_CASE(the_daemon_keeps_its_fixed_times_until_sigterm) {
    add_ballots(0, 3);
    const pid_t pid = start({"--interval", "1"});
    wait_for_leaves(3);
    add_ballots(3, 5);
    wait_for_leaves(8);
    BOOST_TEST(end(pid, SIGTERM) == 0);
    BOOST_TEST(count("log_head") == 2);
}

BOOST_AUTO_TEST_CASE(killed_in_the_middle_of_a_batch_it_leaves_the_log_as_it_was) {
    add_ballots(0, 4);
    BOOST_TEST(exit_code(start({"--once"})) == 0);
    add_ballots(4, 6);
    db::Connection holder(database.settings());
    holder.run("START TRANSACTION");
    holder.run("INSERT INTO urne.log VALUES (1, 7, REPEAT('a', 64))");  // the fourth leaf of the batch waits for it
    const pid_t pid = start({"--interval", "1"});
    for (int i = 0; i < 60; ++i) {
        pause(150);
        if (database.admin()
                .select_one("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")
                ->number(0) > 0)
            break;
    }
    end(pid, SIGKILL);
    holder.run("ROLLBACK");
    for (int i = 0; i < 60; ++i) {
        if (database.admin()
                .select_one("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'portail-sceau'")
                ->number(0) == 0)
            break;
        pause(150);
    }
    BOOST_TEST(count("log") == 4);
    BOOST_TEST(count("log_head") == 1);
    BOOST_TEST(exit_code(start({"--once"})) == 0);
    BOOST_TEST(count("log") == 10);
    BOOST_TEST(count("log_head") == 2);
}

BOOST_AUTO_TEST_CASE(a_log_that_is_left_alone_is_an_exit_code_of_its_own) {
    add_ballots(0, 3);
    BOOST_TEST(exit_code(start({"--once"})) == 0);
    for (const char* table : {"log", "log_head", "ballot"}) database.admin().run(std::string("DELETE FROM urne.") + table);
    add_ballots(3, 3);
    BOOST_TEST(exit_code(start({"--once"})) == 78);
    BOOST_TEST(count("log") == 0);
    BOOST_TEST(count("inbox") == 3);
}

BOOST_AUTO_TEST_CASE(killed_before_its_files_are_written_it_makes_up_for_them) {
    add_ballots(0, 3);
    BOOST_TEST(exit_code(start({"--once"})) == 0);
    const auto checkpoint = folder / "log/public/uuidA/checkpoint";
    const auto whole = util::read_file(checkpoint);
    BOOST_TEST_REQUIRE(whole.has_value());
    std::filesystem::remove_all(folder / "log/public");
    BOOST_TEST(exit_code(start({"--once"})) == 0);
    BOOST_TEST((util::read_file(checkpoint) == whole));
    BOOST_TEST(std::filesystem::file_size(folder / "log/public/uuidA/tile/0/000.p/3") == 96U);
}

BOOST_AUTO_TEST_CASE(bad_options_and_bad_settings_have_their_exit_codes) {
    BOOST_TEST(exit_code(start({"--inconnu", "1"})) == 64);
    BOOST_TEST(exit_code(start({"--interval"})) == 64);
    BOOST_TEST(exit_code(start({"--interval", "0"})) == 64);
    BOOST_TEST(exit_code(start({"--minimum", "1"})) == 64);
    std::ofstream(folder / "log_secret_key") << "not a key";
    BOOST_TEST(exit_code(start({"--once"})) == 78);
    std::filesystem::remove(folder / "log_secret_key");
    BOOST_TEST(exit_code(start({"--once"})) == 78);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace daemon_tests
