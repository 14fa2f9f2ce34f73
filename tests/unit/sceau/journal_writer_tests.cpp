// SPDX-License-Identifier: AGPL-3.0-or-later
// The office's journal as sceau signs it: heads that only grow, nothing signed over a change, and a journal that was set back found out even
// when the heads in the database went with it.
#include "sceau/journal_writer.hpp"

#include <boost/test/unit_test.hpp>

#include "domain/audit.hpp"
#include "domain/waiting_ballot.hpp"
#include "sceau/log_writer.hpp"
#include "support/database.hpp"
#include "support/folder.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "util/signature.hpp"

namespace journal_writer_tests {

namespace {

const std::string k_base_url = "https://elections.example.fr";

struct JournalFixture {
    test::Database database;
    util::SigningKeys keys = util::make_signing_keys();
    db::Connection db{settings()};
    test::Folder folder;
    std::string last = std::string(domain::k_audit_start);

    db::Settings settings() {
        auto settings = database.settings("sceau");
        settings.schema = "urne";
        return settings;
    }
    util::SecretText secret() const { return util::SecretText(std::string(keys.secret_key.view())); }
    sceau::JournalWriter writer() { return {db, secret(), k_base_url, folder / "log"}; }
    void act(int id, const std::string& detail) {
        last = domain::audit_hash(last, "2026-12-03 09:00:00", "une officière", "essai", detail);
        database.admin().execute("INSERT INTO audit VALUES (?, '2026-12-03 09:00:00', 'une officière', 'essai', ?, ?)",
                                 {id, detail, last});
    }
    crypto::tlog::Checkpoint published() {
        const crypto::tlog::Verifier key{"elections.example.fr/journal", crypto::tlog::KeyKind::log,
                                         *util::from_base64url(keys.public_key)};
        return crypto::tlog::open_checkpoint(folder.read("log/public/journal/checkpoint"), key).value().checkpoint;
    }
    std::int64_t heads() { return database.admin().select_one("SELECT COUNT(*) FROM urne.journal_head")->number(0); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(journal_writer_tests, JournalFixture)

BOOST_AUTO_TEST_CASE(each_growth_is_signed_once_and_published) {
    auto journal = writer();
    BOOST_TEST(journal.write_round() == 0U);
    BOOST_TEST(journal.line().empty());
    act(1, "a"), act(2, "b");
    BOOST_TEST(journal.write_round() == 2U);
    BOOST_TEST(journal.write_round() == 0U);
    act(3, "c");
    BOOST_TEST(journal.write_round() == 1U);
    BOOST_TEST(heads() == 2);
    BOOST_TEST(published().size == 3U);
    BOOST_TEST(util::read_file(folder / "log/public/journal/tile/0/000.p/3").value().size() == 96U);
    BOOST_TEST(journal.line().starts_with("journal 3 "));
    // Another process, the same journal.
    auto next = writer();
    BOOST_TEST(next.write_round() == 3U);
    BOOST_TEST(heads() == 2);
    BOOST_TEST(next.line() == journal.line());
}

BOOST_AUTO_TEST_CASE(a_tail_cut_off_with_its_heads_is_found_after_a_restart) {
    act(1, "a"), act(2, "b"), act(3, "c");
    writer().write_round();
    database.admin().run("DELETE FROM audit WHERE id = 3");
    database.admin().run("DELETE FROM urne.journal_head");
    auto journal = writer();
    BOOST_TEST(journal.write_round() == 0U);
    BOOST_TEST(journal.stopped() == "set back: 2 entries in the database, 3 were signed");
    BOOST_TEST(heads() == 0);
    // Written again with others: as many, and not those.
    last = database.admin().select_one("SELECT hash FROM audit WHERE id = 2")->text(0);
    act(3, "other"), act(4, "d");
    BOOST_TEST(journal.write_round() == 0U);
    BOOST_TEST(journal.stopped() == "the first 3 entries are not those that were signed");
    BOOST_TEST(published().size == 3U);
}

BOOST_AUTO_TEST_CASE(a_changed_entry_is_signed_over_by_nobody) {
    act(1, "a"), act(2, "b");
    auto journal = writer();
    journal.write_round();
    database.admin().run("UPDATE audit SET detail = 'x' WHERE id = 2");
    act(3, "c");
    auto next = writer();
    BOOST_TEST(next.write_round() == 0U);
    BOOST_TEST(next.stopped() == "entry 2 is missing or was changed");
    BOOST_TEST(heads() == 1);
}

BOOST_AUTO_TEST_CASE(the_logs_of_ballots_carry_the_newest_head) {
    database.admin().execute("INSERT INTO urne.setup VALUES (1, 'uuidA', 'e', 't', REPEAT('0', 64), REPEAT('A', 43), ?)",
                             {keys.public_key});
    act(1, "a");
    auto journal = writer();
    sceau::LogWriter log(db, secret(), k_base_url, folder / "log", {.minimum = 1});
    const auto round = [&](bool is_due) {
        journal.write_round();
        log.set_extension(journal.line());
        log.write_round(is_due, [] { return false; });
        BOOST_TEST(log.stopped().empty());
        const std::string note = folder.read("log/public/uuidA/checkpoint");
        const crypto::tlog::Verifier key{"elections.example.fr/urne/uuidA", crypto::tlog::KeyKind::log,
                                         *util::from_base64url(keys.public_key)};
        BOOST_TEST(crypto::tlog::open_checkpoint(note, key).has_value());
        return note;
    };
    BOOST_TEST(round(true).find("\n" + journal.line()) != std::string::npos);
    act(2, "b");
    BOOST_TEST(round(false).find("\njournal 1 ") != std::string::npos);  // between two fixed times it stands
    BOOST_TEST(round(true).find("\njournal 2 ") != std::string::npos);
    database.admin().execute("INSERT INTO urne.inbox VALUES (1, REPEAT('a', 64), REPEAT('b', 64), ?)",
                             {domain::seal_waiting_ballot(keys.public_key, std::string(64, 'c'), "ballot")});
    act(3, "c");
    const std::string last_note = round(true);
    BOOST_TEST(last_note.find("\n1\n") != std::string::npos);
    BOOST_TEST(last_note.find("\njournal 3 ") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace journal_writer_tests
