// SPDX-License-Identifier: AGPL-3.0-or-later
// The public log as the account portail-sceau writes it: batches ordered by hash, signed heads that only grow, nothing
// signed over a log that was touched, and nothing lost or doubled by a restart.
#include "sceau/log_writer.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>

#include "util/signature.hpp"
#include "support/database.hpp"
#include "util/bytes.hpp"

namespace log_writer_tests {

namespace {

using sceau::BatchPolicy;
using sceau::LogWriter;
using std::chrono::seconds;

const auto k_never = [] { return false; };
constexpr BatchPolicy k_eager{.minimum = 1, .maximum = 1000, .patience = seconds{0}};

struct LogFixture {
    test::Database database;
    util::SigningKeys keys = util::make_signing_keys();
    db::Connection db{settings()};
    LogWriter::Time now{};

    LogFixture() {
        add_scrutin(1, "uuidA");
        add_scrutin(2, "uuidB");
    }
    db::Settings settings() {
        auto settings = database.settings("sceau");
        settings.schema = "urne";
        return settings;
    }
    LogWriter writer(BatchPolicy policy = k_eager) {
        return LogWriter(db, util::SecretText(std::string(keys.secret_key.view())), policy);
    }
    std::size_t round(LogWriter& log) { return log.write_round(now, k_never); }

    void add_scrutin(unsigned id, const std::string& uuid) {
        database.admin().execute("INSERT INTO urne.setup VALUES (?, ?, 'e', 't', REPEAT('0', 64), REPEAT('A', 43), ?)",
                                 {id, uuid, keys.public_key});
    }
    static std::string hash(unsigned number) { return util::sha256_hex("ballot " + std::to_string(number)); }
    void add_ballots(unsigned scrutin, unsigned first, unsigned count) {
        for (unsigned i = first; i < first + count; ++i)
            database.admin().execute("INSERT INTO urne.ballot VALUES (?, ?, ?, 'ballot')", {scrutin, hash(i), hash(i)});
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

BOOST_AUTO_TEST_CASE(a_small_batch_waits_for_company_but_not_for_ever) {
    auto log = writer({.minimum = 3, .maximum = 1000, .patience = seconds{60}});
    add_ballots(1, 0, 2);
    BOOST_TEST(round(log) == 0u);
    now += seconds{30};
    BOOST_TEST(round(log) == 0u);
    add_ballots(1, 2, 1);
    BOOST_TEST(round(log) == 3u);  // three together
    add_ballots(1, 3, 1);
    now += seconds{3600};
    BOOST_TEST(round(log) == 0u);  // its own patience begins when it is first seen
    now += seconds{59};
    BOOST_TEST(round(log) == 0u);
    now += seconds{1};
    BOOST_TEST(round(log) == 1u);
    BOOST_TEST(check_heads(1, "uuidA") == 2u);
}

BOOST_AUTO_TEST_CASE(many_ballots_are_cut_into_transactions) {
    add_ballots(1, 0, 25);
    auto log = writer({.minimum = 1, .maximum = 10, .patience = seconds{0}});
    BOOST_TEST(round(log) == 25u);
    BOOST_TEST(check_heads(1, "uuidA") == 3u);
}

BOOST_AUTO_TEST_CASE(stop_is_obeyed_between_two_batches) {
    add_ballots(1, 0, 25);
    auto log = writer({.minimum = 1, .maximum = 10, .patience = seconds{0}});
    int asked = 0;
    BOOST_TEST(log.write_round(now, [&] { return ++asked > 2; }) == 10u);
    BOOST_TEST(leaves(1).size() == 10u);
    auto next = writer();
    BOOST_TEST(round(next) == 15u);
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
    LogWriter other(other_db, util::SecretText(std::string(keys.secret_key.view())), k_eager);
    add_ballots(1, 4, 4);
    BOOST_TEST(other.write_round(now, k_never) == 4u);
    add_ballots(1, 8, 4);
    BOOST_CHECK_THROW(round(first), db::Error);  // its memory is behind the tables: refused by the key, read again
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
    const auto refuses = [&] {
        auto log = writer();
        BOOST_TEST(round(log) == 0u);
        BOOST_TEST(leaves(1).size() <= 4u);
    };
    auto& admin = database.admin();
    admin.run("UPDATE urne.log SET ballot_hash = REPEAT('a', 64) WHERE scrutin_id = 1 AND leaf_index = 2");
    admin.run("DELETE FROM urne.ballot WHERE scrutin_id = 2");  // nor a log with more ballots than the urne
    refuses();
    admin.execute("UPDATE urne.log SET ballot_hash = ? WHERE scrutin_id = 1 AND leaf_index = 2", {std::string(64, 'b')});
    refuses();
    admin.run("DELETE FROM urne.log WHERE scrutin_id = 1 AND leaf_index = 3");
    refuses();
    admin.run("DELETE FROM urne.log_head WHERE scrutin_id = 1");
    refuses();
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

BOOST_AUTO_TEST_CASE(a_scrutin_sealed_for_another_log_key_is_left_alone) {
    database.admin().run("UPDATE urne.setup SET log_key = REPEAT('C', 43) WHERE scrutin_id = 1");
    add_ballots(1, 0, 3);
    add_ballots(2, 3, 3);
    auto log = writer();
    BOOST_TEST(round(log) == 3u);
    BOOST_TEST(leaves(1).empty());
    BOOST_TEST(leaves(2).size() == 3u);
}

BOOST_AUTO_TEST_CASE(the_daemon_sees_hashes_and_nothing_else) {
    for (const char* statement : {"SELECT ballot FROM urne.ballot", "SELECT credential_hash FROM urne.ballot",
                                  "SELECT * FROM urne.credential", "SELECT * FROM portail.emargement",
                                  "UPDATE urne.log SET leaf_index = 0", "DELETE FROM urne.log_head", "DELETE FROM urne.ballot"})
        BOOST_CHECK_THROW(db.run(statement), db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace log_writer_tests
