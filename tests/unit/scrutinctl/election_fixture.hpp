// SPDX-License-Identifier: AGPL-3.0-or-later
// An office over a real database, with secrets, and a small demonstration election at the step a test wants.
#pragma once

#include "sceau/log_writer.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "support/database.hpp"
#include "support/folder.hpp"
#include "support/source_dir.hpp"
#include "util/text.hpp"

namespace test {

struct ElectionFixture {
    ElectionFixture() {
        // The clock of the whole program may be moved through this file.
        ::setenv("PORTAIL_CLOCK_OFFSET_FILE", (folder / "clock").c_str(), 1);
        folder.write("clock", "0");
        const std::filesystem::path secrets = DatabaseServer::instance().folder() / "secrets";
        scrutinctl::Office none("", "");
        cli::Arguments keys;
        keys.positional = {secrets.string()};
        BOOST_REQUIRE(scrutinctl::keygen(none, keys).has_value());
        vote_secrets = (secrets / "vote").string();
        folder.write("portail.toml", "[portal]\nbase_url = \"http://localhost:8080\"\ntemplates = \"" + test::source_dir() +
                                         "/templates\"\n[database]\nsocket = \"" + database.socket() +
                                         "\"\npassword_files = true\n[worker]\n");
        office.emplace((folder / "portail.toml").string(), (secrets / "scrutinctl").string());
    }
    ~ElectionFixture() { ::unsetenv("PORTAIL_CLOCK_OFFSET_FILE"); }

    using Words = std::vector<std::string>;

    // Runs a command as the command line would.
    util::Status run(std::string_view name, const Words& words = {}) {
        for (const cli::Command& command : scrutinctl::commands(*office)) {
            if (command.name != name) continue;
            const auto arguments = cli::read_arguments(command, words);
            BOOST_REQUIRE_MESSAGE(arguments.has_value(), name);
            return command.run(*arguments);
        }
        BOOST_FAIL("no such command");
        return util::Done{};
    }
    void must(std::string_view name, const Words& words = {}) {
        const util::Status done = run(name, words);
        BOOST_REQUIRE_MESSAGE(done.has_value(), std::string(name) + ": " + (done ? "" : done.error().detail));
    }
    // The command fails and says so.
    void must_not(std::string_view name, const Words& words, std::string_view because) {
        const util::Status done = run(name, words);
        BOOST_REQUIRE_MESSAGE(!done.has_value(), name);
        BOOST_TEST(done.error().detail.find(because) != std::string::npos, done.error().detail);
    }

    std::string path(std::string_view name) const { return (folder / name).string(); }

    void import_demo(const char* electors) {
        must("demo", {path("demo"), "--electors", electors, "--seed", "4"});
        must("import", {path("demo")});
    }
    void seal(const char* electors) {
        import_demo(electors);
        must("trustee demo-ceremony", {path("trustees")});
        must("seal", seal_words());
    }
    Words seal_words() const { return {"--trustees", path("trustees"), "--notices", path("notices")}; }
    void vote(const char* ballots, const Words& more = {}) {
        Words words{"--ballots", ballots, "--notices", path("notices/notices.csv"), "--vote-secrets", vote_secrets};
        words.insert(words.end(), more.begin(), more.end());
        must("rehearse", words);
        fill_urne();
    }
    // sceau's part, with its account and its key: whatever waits in the inbox enters the urne and the public log.
    void fill_urne() {
        db::Settings settings = database.settings("sceau");
        settings.schema = "urne";
        db::Connection db(settings);
        const auto key = util::read_file(DatabaseServer::instance().folder() / "secrets/sceau/log_secret_key").value();
        sceau::LogWriter writer(db, util::SecretText(std::string(util::trim(key))), "http://localhost:8080", folder / "log",
                                {.minimum = 1});
        writer.write_round(true, [] { return false; });
        BOOST_REQUIRE(writer.stopped().empty());
    }
    // Holders 1 and 3 of every bureau.
    void decrypt_all() {
        Words words;
        for (const auto& entry : std::filesystem::directory_iterator(folder / "trustees")) {
            const std::string file = entry.path().string();
            if (file.ends_with("porteur-1.cle") || file.ends_with("porteur-3.cle")) words.insert(words.end(), {"--key", file});
        }
        must("decrypt", words);
    }

    std::string state_of(std::string_view code) {
        for (const auto& scrutin : scrutinctl::store::scrutins(office->db())) {
            if (scrutin.code == code) return scrutin.state_word();
        }
        return "";
    }
    std::int64_t count(std::string_view sql) { return database.admin().select_one(sql)->number(0); }

    Database database;
    Folder folder;
    std::string vote_secrets;
    std::optional<scrutinctl::Office> office;
};

}  // namespace test
