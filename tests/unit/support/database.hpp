// SPDX-License-Identifier: AGPL-3.0-or-later
// test::Database: a real MariaDB for a suite, with the schema and the grants of sql/. One server per test program, started at
// the first use in a folder of its own and ended with the program (also when it is killed), so suites may run side by side.
// A program that is given PORTAIL_TEST_DB_DIR uses the server of that folder (modules/launcher/mariadb.sh) instead.
//
//   struct Fixture { test::Database database; db::Connection vote{database.settings("vote")}; };
//
// Each Database empties every table first. Link portail_db.
#pragma once

#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "support/source_dir.hpp"

namespace test {

// The server behind every Database of this program.
class DatabaseServer {
public:
    static const DatabaseServer& instance() {
        static const DatabaseServer server;
        return server;
    }
    ~DatabaseServer() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);  // nothing in it is to be kept
        ::waitpid(pid_, nullptr, 0);
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    DatabaseServer(const DatabaseServer&) = delete;
    DatabaseServer& operator=(const DatabaseServer&) = delete;

    const std::filesystem::path& folder() const { return folder_; }

private:
    DatabaseServer() {
        if (const char* given = std::getenv("PORTAIL_TEST_DB_DIR")) {
            folder_ = given;
            return;
        }
        std::string name = (std::filesystem::temp_directory_path() / "portail-db.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder for the test database");
        folder_ = name;
        run("create");
        serve();
        run("wait");
        run("load", (folder_ / "secrets").string());
    }

    static std::string script() { return test::source_dir() + "/modules/launcher/mariadb.sh"; }

    void run(const std::string& verb, const std::string& argument = "") const {
        const std::string command = script() + " " + verb + " '" + folder_.string() + "' " + argument;
        if (std::system(command.c_str()) != 0) throw std::runtime_error("the test database failed: " + command);
    }

    void serve() {
        const pid_t parent = ::getpid();
        pid_ = ::fork();
        if (pid_ < 0) throw std::runtime_error("fork");
        if (pid_ > 0) return;
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(1);
        const std::string log = folder_.string() + "/server.log";
        const bool redirected = std::freopen(log.c_str(), "w", stdout) != nullptr && ::dup2(1, 2) == 2;
        if (redirected)
            ::execl(script().c_str(), "mariadb.sh", "serve", folder_.c_str(), "--innodb-buffer-pool-size=64M",
                    "--innodb-flush-log-at-trx-commit=0", "--performance-schema=0", nullptr);
        ::_exit(127);
    }

    std::filesystem::path folder_;
    pid_t pid_ = 0;
};

class Database {
public:
    Database() : admin_(settings()) { reset(); }

    // To connect as a worker ("vote": the account portail-vote, with its own rights) or, without a name, as the owner.
    db::Settings settings(std::string_view worker = {}) const {
        const auto& folder = DatabaseServer::instance().folder();
        db::Settings result;
        result.socket = (folder / "db.sock").string();
        if (worker.empty()) {
            const passwd* owner = ::getpwuid(::getuid());
            result.user = owner != nullptr ? owner->pw_name : "";
        } else {
            result.user = "portail-" + std::string(worker);
            std::ifstream file(folder / "secrets" / worker / "db_password");
            std::getline(file, result.password);
        }
        return result;
    }

    std::string socket() const { return settings().socket; }

    // As the owner, with every right: to prepare and to look.
    db::Connection& admin() { return admin_; }

    // Empties every table of both databases but schema_version.
    void reset() {
        admin_.run("SET foreign_key_checks = 0");
        for (const auto& row :
             admin_.select("SELECT CONCAT('`', table_schema, '`.`', table_name, '`') FROM information_schema.tables "
                           "WHERE table_schema IN ('portail', 'urne') AND table_name <> 'schema_version'"))
            admin_.run("DELETE FROM " + row.text(0));  // quicker than TRUNCATE on small tables
        admin_.run("SET foreign_key_checks = 1");
    }

private:
    db::Connection admin_;
};

}  // namespace test
