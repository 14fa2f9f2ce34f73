// SPDX-License-Identifier: AGPL-3.0-or-later
// An office over a real database, with secrets, and a small demonstration election at the step a test wants.
#pragma once

#include <iostream>
#include <sstream>

#include "crypto/protocol.hpp"
#include "domain/envelope.hpp"
#include "domain/audit.hpp"
#include "domain/waiting_ballot.hpp"
#include "sceau/journal_writer.hpp"
#include "sceau/log_writer.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/select.hpp"
#include "support/database.hpp"
#include "support/folder.hpp"
#include "support/source_dir.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace test {

struct ElectionFixture {
    ElectionFixture() {
        // The clock of the whole program may be moved through this file.
        ::setenv("PORTAIL_CLOCK_OFFSET_FILE", (folder / "clock").c_str(), 1);
        folder.write("clock", "0");
        std::filesystem::create_directories(folder / "static/booth");
        folder.write("static/booth/booth.js", "as sealed");
        const std::filesystem::path secrets = DatabaseServer::instance().folder() / "secrets";
        scrutinctl::Office none("", "");
        cli::Arguments keys;
        keys.positional = {secrets.string()};
        BOOST_REQUIRE(scrutinctl::keygen(none, keys).has_value());
        vote_secrets = (secrets / "vote").string();
        // An earlier test's sealing took it from the office.
        std::filesystem::copy_file(secrets / "vote/binding_key", secrets / "scrutinctl/binding_key",
                                   std::filesystem::copy_options::overwrite_existing);
        folder.write("portail.toml", "[portal]\nbase_url = \"http://localhost:8080\"\ntemplates = \"" + test::source_dir() +
                                         "/templates\"\nstatic = \"" + path("static") + "\"\npapers = \"" + path("papers") +
                                         "\"\n[database]\nsocket = \"" + database.socket() +
                                         "\"\npassword_files = true\n[worker]\n[log]\nfolder = \"" + path("log") + "\"\n");
        office.emplace((folder / "portail.toml").string(), (secrets / "scrutinctl").string());
        office->set_actor("une officière");
        office->set_workers_memory({});  // there are none
    }
    ~ElectionFixture() { ::unsetenv("PORTAIL_CLOCK_OFFSET_FILE"); }

    using Words = std::vector<std::string>;

    // Runs a command as the command line would.
    util::Status run(std::string_view name, Words words = {}) {
        for (const cli::Command& command : scrutinctl::commands(*office)) {
            if (command.name != name) continue;
            const bool acts =
                std::any_of(command.options.begin(), command.options.end(), [](const auto& o) { return o.name == "--motif"; });
            if (acts && std::find(words.begin(), words.end(), "--motif") == words.end())
                words.insert(words.end(), {"--motif", "essai"});
            if (name == "proclaim") words.push_back("--yes");
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
    // Of a real election, whose minutes will say what it did without.
    Words real_seal_words() const {
        Words words = seal_words();
        words.insert(words.end(), {"--without-answers", "essai", "--without-rehearsal", "essai"});
        return words;
    }
    void vote(const char* ballots, const Words& more = {}) {
        Words words{"--ballots", ballots, "--notices", path("notices/notices.csv"), "--vote-secrets", vote_secrets};
        words.insert(words.end(), more.begin(), more.end());
        must("rehearse", words);
        fill_urne();
    }
    // One elector's vote as a booth makes it, written as the vote worker does. `choice`: 0 is blank.
    void cast(unsigned voter, const std::string& code, std::size_t choice) {
        const auto row = database.admin().select_one(
            "SELECT v.email, e.voter_ref, e.generation, e.salt, e.nonce, e.ciphertext FROM voter v JOIN envelope e ON e.voter_id = v.id "
            "WHERE v.id = ?",
            {voter});
        const std::string notices = folder.read("notices/notices.csv");
        const std::size_t line = notices.find("\n" + row->text(0) + ";"), end = notices.find('\n', line + 1);
        const auto credential =
            domain::open_envelope({row->text(1), static_cast<unsigned>(row->number(2)), row->text(3), row->text(4), row->text(5)},
                                  notices.substr(end - 19, 19));
        BOOST_REQUIRE(credential);
        put_ballot(voter, code, choice, credential->view());
    }
    void put_ballot(unsigned voter, const std::string& code, std::size_t choice, std::string_view credential) {
        const auto setup = database.admin().select_one(
            "SELECT s.id, u.election, u.log_key FROM scrutin s JOIN urne.setup u ON u.scrutin_id = s.id WHERE s.code = ?", {code});
        const auto election = crypto::Election::parse(setup->text(1)).value();
        const std::string ballot = election->make_ballot(credential, choice).value();
        const auto info = election->check_ballot(ballot).value();
        const std::string credential_hash = crypto::sha_hex(info.credential);
        database.admin().execute("INSERT INTO emargement (scrutin_id, voter_id, voted_at) VALUES (?, ?, UTC_TIMESTAMP())",
                                 {setup->number(0), voter});
        database.admin().execute("INSERT INTO urne.inbox (scrutin_id, ballot_tag, credential_tag, sealed) VALUES (?, ?, ?, ?)",
                                 {setup->number(0), info.hash_hex, credential_hash,
                                  domain::seal_waiting_ballot(setup->text(2), credential_hash, ballot)});
    }
    std::string id_of(std::string_view code) {
        return std::to_string(database.admin().select_one("SELECT id FROM scrutin WHERE code = ?", {code})->number(0));
    }
    // sceau's part, with its account and its key: whatever waits in the inbox enters the urne and the public log, the journal is signed.
    void fill_urne() {
        db::Settings settings = database.settings("sceau");
        settings.schema = "urne";
        db::Connection db(settings);
        const auto key = util::read_file(DatabaseServer::instance().folder() / "secrets/sceau/log_secret_key").value();
        const auto secret = [&] { return util::SecretText(std::string(util::trim(key))); };
        const std::string base_url = office->settings().base_url;
        sceau::LogWriter writer(db, secret(), base_url, folder / "log", {.minimum = 1});
        writer.write_round(true, [] { return false; });
        BOOST_REQUIRE(writer.stopped().empty());
        sceau::JournalWriter(db, secret(), base_url, folder / "log").write_round();
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

// What a command says.
class Said {
public:
    Said() : before_(std::cout.rdbuf(text_.rdbuf())) {}
    ~Said() { std::cout.rdbuf(before_); }
    std::string text() const { return text_.str(); }

private:
    std::ostringstream text_;
    std::streambuf* before_;
};

}  // namespace test
