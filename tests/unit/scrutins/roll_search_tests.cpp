// SPDX-License-Identifier: AGPL-3.0-or-later
// Ranges and cursors of rolls, then whole rolls leafed through on a real server: every row once, in order, both ways.
#include "scrutins/roll_search.hpp"

#include "scrutins_fixture.hpp"

namespace roll_search_tests {

using scrutins::RollCursor;

BOOST_AUTO_TEST_SUITE(roll_cursor_tests)

BOOST_AUTO_TEST_CASE(a_cursor_survives_its_address) {
    for (const RollCursor& cursor : {RollCursor{"", 0}, RollCursor{"d'ornano eloise", 3}, RollCursor{"\u0153", 10000}}) {
        const auto read = scrutins::parse_cursor(scrutins::to_text(cursor));
        BOOST_REQUIRE(read.has_value());
        BOOST_TEST(read->key == cursor.key);
        BOOST_TEST(read->skip == cursor.skip);
    }
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_cursor) {
    for (const char* text :
         {"", "abc", "ZHVw.", "ZHVw.-1", "ZHVw.1x", "ZHVw.10001", "ZH Vw.1", "_w.0", "ZHVw.99999999999999999999"}) {
        BOOST_TEST(!scrutins::parse_cursor(text).has_value(), text);
    }
}

BOOST_AUTO_TEST_CASE(a_search_is_folded_as_the_keys_are) {
    const auto range = scrutins::range_of("  D\u2019ORNANO  \u00c9lo");
    BOOST_TEST(range.from == "d'ornano elo");
    BOOST_TEST(std::string("d'ornano eloise") >= range.from);
    BOOST_TEST(std::string("d'ornano eloise") < range.until);
    BOOST_TEST(!(std::string("d'ornano emma") < range.until));
}

BOOST_AUTO_TEST_CASE(no_electors_number_stands_in_a_cursor) {
    const std::vector<scrutins::RollRow> shown{{"durand lou", "", "", "", ""}, {"durand lou", "", "", "", ""}};
    const auto next = scrutins::cursor_after(shown, {"", 0});
    BOOST_TEST(next.key == "durand lou");
    BOOST_TEST(next.skip == 2u);
    BOOST_TEST(scrutins::cursor_after(shown, {"durand lou", 50}).skip == 52u);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

struct RollFixture : test::ScrutinsFixture {
    db::Connection worker{portal.database.settings("scrutins")};
    domain::ScrutinId scrutin{3};

    // `homonyms` electors named Martin Lou after 60 others.
    void fill(unsigned homonyms) {
        db.execute("DELETE FROM voter_scrutin WHERE scrutin_id = 3");
        for (unsigned i = 0; i < 60 + homonyms; ++i) {
            const unsigned id = 1000 + i;
            portal.add_voter(id, "e" + std::to_string(id) + "@ac-poitiers.example");
            const std::string key = i < 60 ? "abel " + std::to_string(100 + i) : "martin lou";
            db.execute("INSERT INTO voter_scrutin (scrutin_id, voter_id, sort_key, reason) VALUES (3, ?, ?, '')", {id, key});
        }
    }

    // Last names, page after page, and the cursors of the pages.
    std::vector<std::string> read_all(std::vector<RollCursor>& starts) {
        const auto range = scrutins::range_of("");
        std::vector<std::string> names;
        RollCursor cursor{range.from, 0};
        while (true) {
            starts.push_back(cursor);
            auto rows = scrutins::roll_rows(worker, scrutin, cursor.key, cursor.skip, range.until, scrutins::k_roll_page + 1);
            const bool more = rows.size() > scrutins::k_roll_page;
            if (more) rows.pop_back();
            for (const auto& row : rows) names.push_back(row.last_name);
            if (!more) return names;
            cursor = scrutins::cursor_after(rows, cursor);
        }
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(roll_search_tests, RollFixture)

BOOST_AUTO_TEST_CASE(leafing_shows_every_elector_once_also_among_many_homonyms) {
    fill(130);
    std::vector<RollCursor> starts;
    auto names = read_all(starts);
    BOOST_TEST(names.size() == 190u);
    std::sort(names.begin(), names.end());
    BOOST_TEST((std::unique(names.begin(), names.end()) == names.end()));
    BOOST_TEST(starts.size() == 4u);
}

BOOST_AUTO_TEST_CASE(leafing_back_finds_the_pages_again) {
    fill(130);
    std::vector<RollCursor> starts;
    read_all(starts);
    const auto range = scrutins::range_of("");
    for (std::size_t page = starts.size() - 1; page > 0; --page) {
        const auto before = scrutins::cursor_before(worker, scrutin, range, starts[page]);
        BOOST_REQUIRE(before.has_value());
        const auto wanted = scrutins::roll_rows(worker, scrutin, starts[page - 1].key, starts[page - 1].skip, range.until, 50);
        const auto found = scrutins::roll_rows(worker, scrutin, before->key, before->skip, range.until, 50);
        BOOST_REQUIRE(found.size() == wanted.size());
        BOOST_TEST(found.front().last_name == wanted.front().last_name);
        BOOST_TEST(found.back().last_name == wanted.back().last_name);
    }
    BOOST_TEST(!scrutins::cursor_before(worker, scrutin, range, starts.front()).has_value());
}

BOOST_AUTO_TEST_CASE(who_was_struck_off_is_not_shown_nor_counted) {
    fill(3);
    db.execute("UPDATE voter SET struck_off_at = '2026-11-01 00:00:00' WHERE id = 1061");
    BOOST_TEST(scrutins::roll_size(worker, scrutin) == 62u);
    BOOST_TEST(scrutins::homonyms(worker, scrutin, "martin lou") == 2u);
    std::vector<RollCursor> starts;
    BOOST_TEST(read_all(starts).size() == 62u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace roll_search_tests
