// SPDX-License-Identifier: AGPL-3.0-or-later
// The urne and its public log as the account portail-sceau writes them: batches ordered by hash, signed heads that only grow, nothing
// signed over a log that was touched, and nothing lost or doubled by a restart.
#include "sceau/log_writer.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>

#include "domain/waiting_ballot.hpp"
#include "util/signature.hpp"
#include "support/database.hpp"
#include "support/folder.hpp"
#include "util/bytes.hpp"

namespace log_writer_tests {

namespace {

using sceau::BatchPolicy;
using sceau::LogWriter;

const auto k_never = [] { return false; };
constexpr BatchPolicy k_eager{.minimum = 1};
const std::string k_base_url = "https://elections.example.fr";

struct LogFixture {
    test::Database database;
    util::SigningKeys keys = util::make_signing_keys();
    db::Connection db{settings()};
    test::Folder folder;

    LogFixture() {
        add_scrutin(1, "uuidA");
        add_scrutin(2, "uuidB");
    }
    db::Settings settings() {
        auto settings = database.settings("sceau");
        settings.schema = "urne";
        return settings;
    }
    LogWriter writer(BatchPolicy policy = k_eager) { return writer_on(db, policy); }
    LogWriter writer_on(db::Connection& connection, BatchPolicy policy = k_eager) {
        return LogWriter(connection, util::SecretText(std::string(keys.secret_key.view())), k_base_url, folder / "log", policy);
    }
    std::size_t round(LogWriter& log) { return log.write_round(true, k_never); }
    // What sceau says of a scrutin that it leaves alone.
    std::string why(LogWriter& log, const std::string& uuid) {
        const auto found = log.stopped().find(uuid);
        return found == log.stopped().end() ? "" : found->second;
    }
    std::int64_t count(const std::string& rows) {
        return database.admin().select_one("SELECT COUNT(*) FROM urne." + rows)->number(0);
    }

    void add_scrutin(unsigned id, const std::string& uuid) {
        database.admin().execute("INSERT INTO urne.setup VALUES (?, ?, 'e', 't', REPEAT('0', 64), REPEAT('A', 43), ?)",
                                 {id, uuid, keys.public_key});
    }
    static std::string hash(unsigned number) { return util::sha256_hex("ballot " + std::to_string(number)); }
    // What the vote worker calls it until then: of another order.
    static std::string name(unsigned number) { return util::sha256_hex("name " + std::to_string(number)); }
    void add_ballots(unsigned scrutin, unsigned first, unsigned count) {
        for (unsigned i = first; i < first + count; ++i)
            database.admin().execute("INSERT INTO urne.inbox VALUES (?, ?, ?, ?)",
                                     {scrutin, name(i), name(i),
                                      domain::seal_waiting_ballot(keys.public_key, hash(i), "ballot " + std::to_string(i))});
    }
    std::vector<std::string> leaves(unsigned scrutin) {
        std::vector<std::string> hashes;
        for (const auto& row :
             database.admin().select("SELECT leaf_index, ballot_hash FROM urne.log WHERE scrutin_id = ? ORDER BY leaf_index",
                                     {scrutin})) {
            BOOST_TEST(static_cast<std::size_t>(row.number(0)) == hashes.size());
            hashes.push_back(row.text(1));
        }
        return hashes;
    }
    // Every head of the scrutin checked as an outside observer does: signature, root, consistency with the one before.
    std::size_t check_heads(unsigned scrutin, const std::string& uuid) {
        crypto::merkle::Tree tree;
        for (const auto& leaf : leaves(scrutin)) tree.append(*util::from_hex(leaf));
        std::uint64_t before = 0;
        std::size_t heads = 0;
        for (const auto& row :
             database.admin().select("SELECT size, root, signature FROM urne.log_head WHERE scrutin_id = ? ORDER BY size",
                                     {scrutin})) {
            const auto size = static_cast<std::uint64_t>(row.number(0));
            const auto root = *util::from_hex(row.text(1));
            BOOST_TEST(util::verify_signature(keys.public_key, crypto::merkle::head_message(uuid, size, root), row.text(2)));
            BOOST_TEST_REQUIRE(size <= tree.size());
            BOOST_TEST(root == tree.root(size));
            BOOST_TEST(
                crypto::merkle::verify_consistency(before, tree.root(before), size, root, tree.prove_consistency(before, size)));
            before = size;
            ++heads;
        }
        BOOST_TEST(before == tree.size());
        return heads;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(log_writer_tests, LogFixture)

BOOST_AUTO_TEST_CASE(what_witnesses_signed_stands_under_the_checkpoint_until_it_grows) {
    add_ballots(1, 0, 3);
    auto log = writer();
    round(log);
    const auto read = [&] { return crypto::tlog::Note::parse(folder.read("log/public/uuidA/checkpoint")).value(); };
    const std::string text = read().text;
    const auto witness = util::make_signing_keys();
    const auto line = crypto::tlog::cosign(witness.secret_key.view(), "temoin.example", text, 1796289120).line();
    database.admin().execute("INSERT INTO urne.cosignature VALUES (1, 'temoin', 3, ?, ?), (1, 'late', 2, ?, 'another text')",
                             {line, text, line});
    const crypto::tlog::Verifier key{"temoin.example", crypto::tlog::KeyKind::witness, *util::from_base64url(witness.public_key)};
    log.write_round(false, k_never);
    BOOST_TEST(read().text == text);
    BOOST_TEST(read().signatures.size() == 2U);
    BOOST_TEST(read().signature_by(key).has_value());
    // Another process publishes the same.
    auto next = writer();
    next.write_round(false, k_never);
    BOOST_TEST(read().signature_by(key).has_value());
    add_ballots(1, 3, 2);
    round(next);
    BOOST_TEST(read().signatures.size() == 1U);
}

BOOST_AUTO_TEST_CASE(new_ballots_enter_in_one_batch_ordered_by_hash) {
    add_ballots(1, 0, 20);
    auto log = writer();
    BOOST_TEST(round(log) == 20u);
    const auto hashes = leaves(1);
    BOOST_TEST(hashes.size() == 20u);
    BOOST_TEST(std::is_sorted(hashes.begin(), hashes.end()));
    BOOST_TEST(check_heads(1, "uuidA") == 1u);
    BOOST_TEST(leaves(2).empty());
    BOOST_TEST(round(log) == 0u);
}

BOOST_AUTO_TEST_CASE(later_batches_follow_and_never_move_what_is_there) {
    auto log = writer();
    std::vector<std::string> before;
    for (unsigned batch = 0; batch < 6; ++batch) {
        add_ballots(1, batch * 7, 7);
        add_ballots(2, 1000 + batch, 1);
        BOOST_TEST(round(log) == 8u);
        const auto now_leaves = leaves(1);
        BOOST_TEST(std::equal(before.begin(), before.end(), now_leaves.begin()));
        BOOST_TEST(std::is_sorted(now_leaves.begin() + static_cast<std::ptrdiff_t>(before.size()), now_leaves.end()));
        before = now_leaves;
    }
    BOOST_TEST(check_heads(1, "uuidA") == 6u);
    BOOST_TEST(check_heads(2, "uuidB") == 6u);
}

BOOST_AUTO_TEST_CASE(a_ballot_is_in_the_inbox_or_in_the_urne_and_the_log_together) {
    add_ballots(1, 0, 20);
    auto log = writer();
    round(log);
    BOOST_TEST(count("inbox") == 0);
    BOOST_TEST(
        count(
            "ballot b JOIN urne.log l USING (scrutin_id, ballot_hash) WHERE b.ballot LIKE 'ballot %' AND CONVERT(SHA2(b.ballot, 256) USING ascii) = ballot_hash") ==
        20);
}

BOOST_AUTO_TEST_CASE(while_the_vote_runs_batches_have_their_minimum_and_leave_one_less_behind) {
    auto log = writer({.minimum = 10});
    add_ballots(1, 0, 18);
    BOOST_TEST(round(log) == 0u);
    add_ballots(1, 18, 1);
    BOOST_TEST(log.write_round(false, k_never) == 0u);  // not before the fixed time
    BOOST_TEST(round(log) == 10u);
    BOOST_TEST(round(log) == 0u);
    add_ballots(1, 19, 9);
    BOOST_TEST(round(log) == 0u);
    add_ballots(1, 28, 30);
    BOOST_TEST(round(log) == 39u);
    BOOST_TEST(check_heads(1, "uuidA") == 2u);
}

BOOST_AUTO_TEST_CASE(after_the_close_everything_moves_without_waiting_for_the_fixed_time) {
    auto log = writer({.minimum = 10});
    add_ballots(1, 0, 12);
    add_ballots(2, 100, 3);
    BOOST_TEST(round(log) == 0u);
    database.admin().run("INSERT INTO urne.closing VALUES (1)");
    BOOST_TEST(log.write_round(false, k_never) == 12u);
    BOOST_TEST(count("inbox WHERE scrutin_id = 2") == 3);
    BOOST_TEST(check_heads(1, "uuidA") == 1u);
}

// The office, or who holds its database, may take the closing back: no ballot enters a log whose end was signed.
BOOST_AUTO_TEST_CASE(after_the_close_the_last_checkpoint_says_so_and_the_log_grows_no_more) {
    const auto text = [&](const std::string& uuid) {
        return crypto::tlog::Note::parse(folder.read("log/public/" + uuid + "/checkpoint")).value().text;
    };
    add_ballots(1, 0, 12);
    auto log = writer({.minimum = 10});
    round(log);
    BOOST_TEST(!crypto::tlog::is_final(text("uuidA")));
    database.admin().run("INSERT INTO urne.closing VALUES (1)");
    database.admin().run("INSERT INTO urne.closing VALUES (2)");
    log.set_extension("journal 7 AAAA\n");
    BOOST_TEST(log.write_round(false, k_never) == 12u);
    const std::string ended = text("uuidA");
    BOOST_TEST(ended.ends_with("\njournal 7 AAAA\nfinal\n"));
    BOOST_TEST(crypto::tlog::is_final(text("uuidB")));  // nobody voted: that is signed too
    BOOST_TEST(log.write_round(false, k_never) == 0u);
    BOOST_TEST(text("uuidA") == ended);

    database.admin().run("DELETE FROM urne.closing");
    add_ballots(1, 12, 11);
    add_ballots(2, 100, 11);
    for (int turn = 0; turn < 2; ++turn) {
        auto restarted = writer({.minimum = 1});
        BOOST_TEST(round(turn == 0 ? log : restarted) == 0u);
        BOOST_TEST(why(turn == 0 ? log : restarted, "uuidA") == "ballots wait, and the end of this log was signed");
        BOOST_TEST(why(turn == 0 ? log : restarted, "uuidB") == "ballots wait, and the end of this log was signed");
        BOOST_TEST(crypto::tlog::is_final(text("uuidA")));
    }
    BOOST_TEST(count("inbox") == 22);
    // Somebody else's process, with the key, moved them meanwhile.
    LogWriter elsewhere(db, util::SecretText(std::string(keys.secret_key.view())), k_base_url, folder / "elsewhere", k_eager);
    BOOST_TEST(round(elsewhere) == 22u);
    auto restarted = writer();
    round(restarted);
    BOOST_TEST(why(restarted, "uuidA") == "23 leaves in the database, and the end of this log was signed at 12");
}

BOOST_AUTO_TEST_CASE(many_ballots_are_cut_into_transactions) {
    add_ballots(1, 0, 25);
    auto log = writer({.minimum = 1, .maximum = 10});
    BOOST_TEST(round(log) == 25u);
    BOOST_TEST(check_heads(1, "uuidA") == 3u);
}

BOOST_AUTO_TEST_CASE(stop_is_obeyed_between_two_batches) {
    add_ballots(1, 0, 24);
    auto log = writer({.minimum = 1, .maximum = 8});
    int asked = 0;
    BOOST_TEST(log.write_round(true, [&] { return ++asked > 2; }) == 8u);
    BOOST_TEST(leaves(1).size() == 8u);
    auto next = writer();
    BOOST_TEST(round(next) == 16u);
    BOOST_TEST(check_heads(1, "uuidA") == 2u);
}

BOOST_AUTO_TEST_CASE(a_restart_goes_on_from_the_tables) {
    add_ballots(1, 0, 5);
    {
        auto log = writer();
        BOOST_TEST(round(log) == 5u);
    }
    add_ballots(1, 5, 6);
    auto log = writer();
    BOOST_TEST(round(log) == 6u);
    BOOST_TEST(check_heads(1, "uuidA") == 2u);
}

BOOST_AUTO_TEST_CASE(two_writers_at_once_never_number_a_ballot_twice) {
    add_ballots(1, 0, 4);
    auto first = writer();
    BOOST_TEST(round(first) == 4u);
    db::Connection other_db(settings());
    LogWriter other = writer_on(other_db);
    add_ballots(1, 4, 4);
    BOOST_TEST(round(other) == 4u);
    add_ballots(1, 8, 4);
    BOOST_TEST(round(first) == 0u);  // its memory is behind the tables, which it reads again
    BOOST_TEST(round(first) == 4u);
    BOOST_TEST(leaves(1).size() == 12u);
    BOOST_TEST(check_heads(1, "uuidA") == 3u);
}

BOOST_AUTO_TEST_CASE(a_log_that_was_touched_is_never_signed_over) {
    add_ballots(1, 0, 4);
    add_ballots(2, 100, 1);
    {
        auto log = writer();
        round(log);
    }
    add_ballots(1, 4, 4);
    add_ballots(2, 101, 1);
    const auto refuses = [&](const std::string& because) {
        auto log = writer();
        BOOST_TEST(round(log) == 0u);
        BOOST_TEST(count("log WHERE scrutin_id = 1") <= 4);
        BOOST_TEST(why(log, "uuidA") == because);
        BOOST_TEST(why(log, "uuidB") == "0 ballots in the urne, 1 in the log that was signed");
    };
    auto& admin = database.admin();
    admin.run("UPDATE urne.log SET ballot_hash = REPEAT('a', 64) WHERE scrutin_id = 1 AND leaf_index = 2");
    admin.run("DELETE FROM urne.ballot WHERE scrutin_id = 2");
    refuses("the leaves are not those of the last signed head");
    admin.run("DELETE FROM urne.log WHERE scrutin_id = 1 AND leaf_index = 2");
    refuses("a leaf is missing");
    admin.run("DELETE FROM urne.log WHERE scrutin_id = 1 AND leaf_index = 3");
    refuses("the leaves are not those of the last signed head");
    admin.run("DELETE FROM urne.log_head WHERE scrutin_id = 1");
    refuses("the leaves have no signed head");
}

// Everything in the database agrees with itself: only what was kept outside tells.
BOOST_AUTO_TEST_CASE(a_database_that_was_set_back_is_noticed_at_work_and_after_a_restart) {
    add_ballots(1, 0, 4);
    auto log = writer();
    round(log);
    add_ballots(1, 4, 1);
    round(log);
    auto& admin = database.admin();
    const std::string newest = leaves(1).back();
    admin.run("DELETE FROM urne.log WHERE leaf_index = 4");
    admin.run("DELETE FROM urne.log_head WHERE size = 5");
    admin.execute("DELETE FROM urne.ballot WHERE ballot_hash = ?", {newest});
    add_ballots(1, 5, 3);
    BOOST_TEST(round(log) == 0u);
    BOOST_TEST(why(log, "uuidA") == "4 ballots in the urne, 5 in the log that was signed");
    for (int turn = 0; turn < 2; ++turn) {
        auto restarted = writer();
        BOOST_TEST(round(restarted) == 0u);
        BOOST_TEST(why(restarted, "uuidA") == "set back: 4 leaves in the database, 5 were signed");
    }
    BOOST_TEST(count("inbox") == 3);  // nothing is lost meanwhile
}

BOOST_AUTO_TEST_CASE(a_database_that_took_another_way_is_noticed) {
    add_ballots(1, 0, 4);
    auto log = writer();
    round(log);
    // Set back to nothing and grown again by sceau elsewhere, with the same key: longer than what was signed here.
    for (const char* table : {"log", "log_head", "ballot"}) database.admin().run(std::string("DELETE FROM urne.") + table);
    add_ballots(1, 10, 9);
    LogWriter elsewhere(db, util::SecretText(std::string(keys.secret_key.view())), k_base_url, folder / "elsewhere", k_eager);
    BOOST_TEST(round(elsewhere) == 9u);
    auto restarted = writer();
    BOOST_TEST(round(restarted) == 0u);
    BOOST_TEST(why(restarted, "uuidA") == "the first 4 leaves are not those that were signed");
    // A memory that was spoilt is not overwritten either.
    std::ofstream(folder / "log/last/uuidA") << "nonsense";
    auto again = writer();
    round(again);
    BOOST_TEST(why(again, "uuidA").ends_with("uuidA is not a checkpoint signed by us"));
}

BOOST_AUTO_TEST_CASE(a_head_signed_by_another_key_is_not_continued) {
    add_ballots(1, 0, 4);
    auto log = writer();
    round(log);
    database.admin().run("UPDATE urne.log_head SET signature = REPEAT('A', 86)");
    add_ballots(1, 4, 1);
    auto restarted = writer();
    BOOST_TEST(round(restarted) == 0u);
}

BOOST_AUTO_TEST_CASE(a_row_that_cannot_be_opened_stops_its_scrutin_alone_and_is_named) {
    add_ballots(1, 0, 3);
    add_ballots(2, 3, 3);
    database.admin().execute("UPDATE urne.inbox SET sealed = ? WHERE ballot_tag = ?",
                             {domain::seal_waiting_ballot(util::make_signing_keys().public_key, hash(1), "ballot 1"), name(1)});
    auto log = writer();
    BOOST_TEST(round(log) == 3u);
    BOOST_TEST(why(log, "uuidA") == "what waits under " + name(1) + " was not sealed for this log's key");
    BOOST_TEST(count("inbox WHERE scrutin_id = 1") == 3);
    BOOST_TEST(leaves(1).empty());
    // Mended, it goes on.
    database.admin().execute("UPDATE urne.inbox SET sealed = ? WHERE ballot_tag = ?",
                             {domain::seal_waiting_ballot(keys.public_key, hash(1), "ballot 1"), name(1)});
    BOOST_TEST(round(log) == 3u);
    BOOST_TEST(log.stopped().empty());
    BOOST_TEST(check_heads(1, "uuidA") == 1u);
}

BOOST_AUTO_TEST_CASE(a_scrutin_sealed_for_another_log_key_is_left_alone) {
    database.admin().run("UPDATE urne.setup SET log_key = REPEAT('C', 43) WHERE scrutin_id = 1");
    add_ballots(1, 0, 3);
    add_ballots(2, 3, 3);
    auto log = writer();
    BOOST_TEST(round(log) == 3u);
    BOOST_TEST(leaves(1).empty());
    BOOST_TEST(leaves(2).size() == 3u);
}

BOOST_AUTO_TEST_CASE(the_daemon_moves_ballots_and_does_nothing_else) {
    for (const char* statement :
         {"SELECT ballot FROM urne.ballot", "SELECT credential_hash FROM urne.ballot", "UPDATE urne.ballot SET ballot = 'x'",
          "INSERT INTO urne.inbox VALUES (1, '', '', '')", "UPDATE urne.inbox SET sealed = 'x'", "SELECT * FROM urne.credential",
          "SELECT * FROM portail.emargement", "UPDATE urne.log SET leaf_index = 0", "DELETE FROM urne.log_head",
          "DELETE FROM urne.ballot"})
        BOOST_CHECK_THROW(db.run(statement), db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace log_writer_tests
