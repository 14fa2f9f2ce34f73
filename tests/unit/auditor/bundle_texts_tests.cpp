// SPDX-License-Identifier: AGPL-3.0-or-later
// The texts of a bundle, as they should be and as somebody who means harm writes them.
#include "auditor/bundle_texts.hpp"

#include <boost/test/unit_test.hpp>

#include "util/bytes.hpp"

namespace bundle_texts_tests {

using namespace auditor;

namespace {

const std::string k_result =
    "portail-resultat\t1\nscrutin\tcsa\tuuid\tCSA\nfrom\taa\tbb\nproclaimed\t2026-12-10 20:00:00\ncounts\t10\t7\t1\t6\nseats\t2\n"
    "list\t1\tA \\\\ \\t B\tUnion\t4\t2\ntitulaire\tMme X\nlist\t2\tC\tUnion\t2\t0\n";

std::string entry(unsigned number, const std::string& before, std::string& hash, const std::string& detail = "x") {
    hash = util::sha256_hex(before + "|2026-12-10 20:00:00|somebody|seal|" + detail);
    return std::to_string(number) + "\t2026-12-10 20:00:00\tsomebody\tseal\t" + detail + "\t" + hash + "\n";
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_proclamation_is_read_with_its_escapes) {
    const auto all = read_proclaimed(k_result);
    BOOST_REQUIRE(all);
    BOOST_TEST(all->code == "csa");
    BOOST_TEST(all->archive == "bb");
    BOOST_TEST(all->votants == 7U);
    BOOST_REQUIRE(all->lists.size() == 2U);
    BOOST_TEST(all->lists[0].name == "A \\ \t B");
    BOOST_TEST(all->lists[1].votes == 2U);
}

BOOST_AUTO_TEST_CASE(no_prefix_of_a_proclamation_is_taken_for_numbers_that_it_has_not) {
    for (std::size_t length = 0; length < k_result.size(); ++length) {
        const auto all = read_proclaimed(k_result.substr(0, length));
        if (all) BOOST_TEST((all->lists.empty() || all->lists[0].votes == 4U));
    }
    for (const char* bad :
         {"", "\n", "\t\n", "portail-resultat\t2\n", "portail-resultat\t1\n\\", "portail-resultat\t1\nlist\t2\tA\tU\t1\t1\n",
          "portail-resultat\t1\nscrutin\tc\tu\tt\ncounts\t1\t1\t1\t-1\n",
          "portail-resultat\t1\nscrutin\tc\tu\tt\ncounts\t1\t1\t1\t99999999999999999999\n"})
        BOOST_TEST(!read_proclaimed(bad), bad);
}

BOOST_AUTO_TEST_CASE(a_journal_holds_entry_by_entry) {
    const std::string none(64, '0');
    std::string first, second;
    std::string lines = entry(1, none, first);
    lines += entry(2, first, second);
    BOOST_TEST(read_journal(lines).fault == "");
    BOOST_TEST(read_journal(lines).entries.size() == 2U);
    BOOST_TEST(read_journal(lines).entries[1].hash == second);
    std::string other;
    std::string hole = entry(1, none, other);
    hole += entry(3, other, other);
    for (const std::string& bad : std::vector<std::string>{"", lines.substr(0, lines.size() - 1), entry(2, none, other),
                                                           entry(1, first, other), hole, "1\ta\tb\n", "\n" + lines, lines + "\n"})
        BOOST_TEST(!read_journal(bad).fault.empty(), bad);
    BOOST_TEST(!compare_journal_head(read_journal(lines), "no note", std::string(43, 'A'), 1).empty());
    BOOST_TEST(!compare_journal_head(read_journal(lines), "host/journal\n2\nAAAA\n\n", std::string(43, 'A'), 1).empty());
}

BOOST_AUTO_TEST_CASE(rows_of_a_page_are_read_whatever_stands_in_them) {
    const auto rows = table_rows(
        "<table><thead><tr><th scope=\"col\">N°</th></tr></thead><tr><td>1</td><td>A &amp;lt; &quot;B&quot;</td><td></td></tr>");
    BOOST_REQUIRE(rows.size() == 2U);
    BOOST_TEST(rows[0][0] == "N°");
    BOOST_TEST(rows[1][1] == "A &lt; \"B\"");
    BOOST_TEST(rows[1].size() == 3U);
    for (const char* bad : {"<tr", "<tr>", "<tr><td", "<tr><td></tr>", "<tr></td><td></tr>", "</tr><tr><t></tr>", "<tr><td>a</td"})
        table_rows(bad);
    BOOST_TEST(table_rows("<tr><td>a").empty());
}

}  // namespace bundle_texts_tests
