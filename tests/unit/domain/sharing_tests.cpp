// SPDX-License-Identifier: AGPL-3.0-or-later
// The sharing key of a common list: as typed, in words, and what it gives each union, to the last vote.
#include <boost/test/unit_test.hpp>

#include <random>

#include "domain/proclamation.hpp"
#include "domain/seal.hpp"
#include "domain/sharing.hpp"

namespace sharing_tests {

namespace {

std::string fault_of(std::string_view text) {
    const auto read = domain::read_unions(text);
    return read.faults.empty() ? "" : read.faults.front();
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(sharing_tests)

BOOST_AUTO_TEST_CASE(parts_are_read_as_people_type_them) {
    for (const char* typed : {"SUD;60\nUNSA;40", "\n SUD ; 60 %\r\nUNSA\t40,00\n\n", "SUD;60\u00a0%\nUNSA;40\u202f%\n"}) {
        const auto read = domain::read_unions(typed);
        BOOST_TEST(read.faults.empty());
        BOOST_TEST((read.unions == std::vector<domain::UnionShare>{{"SUD", 6000}, {"UNSA", 4000}}));
        BOOST_TEST((domain::read_unions(domain::union_lines(read.unions)).unions == read.unions));
    }
    BOOST_TEST(domain::words_of_unions(domain::read_unions("A;33,34\nB;33.33\nC;33,33").unions) ==
               "A 33,34\u00a0%, B 33,33\u00a0%, C 33,33\u00a0%");
    BOOST_TEST(domain::words_of_unions(domain::read_unions("A\nB;\nC").unions) == "A, B et C, à parts égales");
    BOOST_TEST(domain::read_unions(" \n\n").unions.empty());
    BOOST_TEST(domain::words_of_unions({}).empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_key_is_refused_with_its_line) {
    BOOST_TEST(has(fault_of("A"), "deux organisations au moins"));
    BOOST_TEST(has(fault_of("A;60\nB;30"), "90 % ensemble"));
    BOOST_TEST(has(fault_of("A;60,01\nB;40"), "100,01 % ensemble"));
    BOOST_TEST(has(fault_of("A;60\nB"), "ou d’aucune"));
    BOOST_TEST(has(fault_of("A;50\n a ;50"), "Ligne 2 : cette organisation est déjà"));
    for (const char* part : {"0", "100", "-1", "1e1", "33,333", "1/2", "9999999999999999999", "50;50", ",5", "5,"})
        BOOST_TEST(has(fault_of("A;" + std::string(part) + "\nB;50"), "Ligne 1 : la part"), part);
    BOOST_TEST(has(fault_of(";50\nB;50"), "Ligne 1 : le nom"));
    BOOST_TEST(has(fault_of("A\x01;50\nB;50"), "Ligne 1 : le nom"));
    std::string many;
    for (int i = 0; i < 21; ++i) many += "Organisation " + std::to_string(i) + "\n";
    BOOST_TEST(has(fault_of(many), "20 organisations au plus"));
}

BOOST_AUTO_TEST_CASE(a_cell_says_the_same_as_lines) {
    const auto read = [](std::string_view cell) { return domain::read_unions_cell(cell); };
    BOOST_TEST((read("SUD=60|UNSA = 40 %").unions == domain::read_unions("SUD;60\nUNSA;40").unions));
    BOOST_TEST((read(" SUD; FO | UNSA |").unions == std::vector<domain::UnionShare>{{"SUD; FO"}, {"UNSA"}}));
    BOOST_TEST(read("").unions.empty());
    BOOST_TEST(read("").faults.empty());
    BOOST_TEST_REQUIRE(read("A = 50 | B = x").faults.size() == 1u);
    BOOST_TEST(has(read("A = 50 | B = x").faults[0],
                   "organisation 2 : la part est un pourcentage entre 0 et 100, « 33,33 », après un signe égal"));
    BOOST_TEST(has(read("A = 60 | B = 30").faults[0], "90 % ensemble"));
    BOOST_TEST(has(read("A").faults[0], "deux organisations au moins"));
}

BOOST_AUTO_TEST_CASE(unions_have_all_votes_of_their_list_and_no_more) {
    std::mt19937_64 dice(11);
    for (int turn = 0; turn < 20'000; ++turn) {
        std::vector<domain::UnionShare> unions;
        const std::size_t count = 2 + dice() % 6;
        unsigned left = domain::k_whole_key;
        for (std::size_t i = 0; i < count; ++i) {
            const bool is_last = i + 1 == count;
            const unsigned share = is_last ? left : 1 + static_cast<unsigned>(dice() % (left - (count - i - 1)));
            left -= share;
            unions.push_back({std::to_string(i), turn % 2 == 0 ? std::optional(share) : std::nullopt});
        }
        const std::uint64_t votes = dice() % 1'500'000;
        // Over one denominator: 10,000 × 7! has them all.
        constexpr std::uint64_t k_common = 10'000ULL * 5040;
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const auto one = domain::votes_of_union(votes, unions, i);
            if (k_common % one.whole != 0) BOOST_FAIL("another denominator than the key's");
            sum += one.part * (k_common / one.whole);
        }
        if (sum != votes * k_common) BOOST_FAIL(std::to_string(votes) + " votes are shared as another number");
    }
    BOOST_TEST(domain::words_of(domain::votes_of_union(1015, {{"A"}, {"B"}}, 0)) == "507,50");
    BOOST_TEST(domain::words_of(domain::votes_of_union(10, {{"A"}, {"B"}, {"C"}}, 2)) == "3,33");
    BOOST_TEST(domain::words_of(domain::votes_of_union(10'000, {{"A", 6000}, {"B", 4000}}, 0)) == "6\u202f000");
    BOOST_TEST(domain::words_of(domain::votes_of_union(1, {{"A", 1}, {"B", 9999}}, 0)) == "0,00");
}

BOOST_AUTO_TEST_CASE(a_seal_has_the_key_and_a_result_is_shared_by_it) {
    domain::Seal seal;
    seal.lists = {{"Commune", "SUD et UNSA", "", {}, {{"SUD", 6000}, {"UNSA", 4000}}}, {"Seule", "FO", "", {}, {}}};
    const std::string text = domain::write_seal(seal);
    BOOST_TEST(has(text, "\nunion\t1\t1\tSUD\t6000\nunion\t1\t2\tUNSA\t4000\nlist\t2\t"));
    const auto read = domain::read_seal(text);
    BOOST_REQUIRE(read);
    BOOST_TEST((read->lists[0].unions == seal.lists[0].unions));
    auto equal = seal;
    equal.lists[0].unions = {{"SUD"}, {"UNSA"}};
    BOOST_TEST(has(domain::write_seal(equal), "union\t1\t2\tUNSA\tequal\n"));
    BOOST_TEST(domain::read_seal(domain::write_seal(equal)).has_value());
    // Another writing of the same is none.
    std::string other = text;
    other.replace(other.find("\t6000"), 5, "\t06000");
    BOOST_TEST(!domain::read_seal(other));
    domain::Proclamation all;
    all.lists = {{"Commune", "SUD et UNSA", 1015, 2, {}, {}}, {"Seule", "FO", 7, 0, {}, {}}};
    const auto results = domain::results_by_union(all, *read);
    BOOST_REQUIRE(results.size() == 3);
    BOOST_TEST((results[0].name == "SUD" && domain::words_of(results[0].votes) == "609" && results[0].list == 1));
    BOOST_TEST((results[1].name == "UNSA" && domain::words_of(results[1].votes) == "406"));
    BOOST_TEST((results[2].name == "FO" && domain::words_of(results[2].votes) == "7" && results[2].list == 2));
    // No list is common, or another election's seal: nothing to share.
    seal.lists[0].unions.clear();
    BOOST_TEST(domain::results_by_union(all, seal).empty());
    seal.lists.pop_back();
    BOOST_TEST(domain::results_by_union(all, seal).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sharing_tests
