// SPDX-License-Identifier: AGPL-3.0-or-later
// The archive's list of tables beside the schema of a real server: what is new is kept, or somebody has said why not.
#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

#include "scrutinctl/store_archive.hpp"
#include "scrutinctl/table_file.hpp"
#include "support/database.hpp"

namespace archive_tables_tests {

struct ArchiveTables {
    using Columns = std::map<std::string, std::set<std::string>>;  // by table, "portail.voter"

    Columns schema() {
        Columns columns;
        for (const db::Row& row : database.admin().select(
                 "SELECT CONCAT(t.table_schema, '.', t.table_name), c.column_name FROM information_schema.tables t "
                 "JOIN information_schema.columns c USING (table_schema, table_name) "
                 "WHERE t.table_schema IN ('portail', 'urne') AND t.table_type = 'BASE TABLE'"))
            columns[row.text(0)].insert(row.text(1));
        return columns;
    }
    static Columns kept() {
        Columns columns;
        for (const auto& table : scrutinctl::store::kept_tables()) {
            std::istringstream header(scrutinctl::table_header(table));
            for (std::string column; std::getline(header, column, '\t');) columns[std::string(table.name)].insert(column);
        }
        return columns;
    }

    test::Database database;
};

BOOST_FIXTURE_TEST_SUITE(archive_tables, ArchiveTables)

BOOST_AUTO_TEST_CASE(each_table_and_column_of_the_schema_is_kept_or_left_out_for_a_reason_and_never_both) {
    std::set<std::string> left;
    for (const auto& one : scrutinctl::store::left_out()) {
        BOOST_TEST(left.insert(std::string(one.name)).second, one.name << " is named twice");
        BOOST_TEST(one.reason.size() > 10, one.name);
    }
    const Columns archive = kept(), tables = schema();
    BOOST_TEST(tables.size() > 50U);
    std::set<std::string> expected;  // what has to be named
    for (const auto& [table, columns] : tables) {
        const auto in_archive = archive.find(table);
        if (in_archive == archive.end()) {
            expected.insert(table);
            continue;
        }
        for (const std::string& column : columns)
            if (!in_archive->second.contains(column)) expected.insert(table + "." + column);
    }
    for (const std::string& name : expected) BOOST_TEST(left.contains(name), name << " is neither kept nor left out for a reason");
    for (const std::string& name : left) BOOST_TEST(expected.contains(name), name << " is kept, or not there");
    for (const auto& [table, columns] : archive) {
        BOOST_REQUIRE_MESSAGE(tables.contains(table), table);
        for (const std::string& column : columns) BOOST_TEST(tables.at(table).contains(column), table << "." << column);
    }
}

BOOST_AUTO_TEST_CASE(the_office_reads_each_kept_table_with_its_own_account_in_one_order) {
    db::Connection office(database.settings("scrutinctl"));
    for (const auto& table : scrutinctl::store::kept_tables()) {
        BOOST_TEST(table.sql.find(" ORDER BY ") != std::string_view::npos, table.name);
        BOOST_CHECK_NO_THROW(office.select_each(table.sql, {}, [](const db::Row&) {}));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace archive_tables_tests
