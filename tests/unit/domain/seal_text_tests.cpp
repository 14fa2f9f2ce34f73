// SPDX-License-Identifier: AGPL-3.0-or-later
// Canonical texts: what was sealed and what was proclaimed, written and read back, one text for one content.
#include <boost/test/unit_test.hpp>

#include "domain/canonical.hpp"
#include "domain/proclamation.hpp"
#include "domain/seal.hpp"

namespace seal_text_tests {

namespace {

domain::Seal small_seal() {
    domain::Seal seal;
    seal.election_title = "Élections 2026", seal.edition = "2026", seal.administration = "Ministère";
    seal.code = "ctm", seal.uuid = "AbCdEfGhJkLmNp", seal.title = "CTM", seal.instance = "CTM", seal.level = "national";
    seal.group = "Ed25519", seal.bureau = "Bureau\tcentral";
    seal.seats = 15, seal.tie_by_candidates = true;
    seal.opens = "2026-12-03T09:00:00Z", seal.closes = "2026-12-10T16:00:00Z";
    seal.lists = {{"Union\nun", "U\\n", "", {{"Mme", "Durand", "Alice", "École"}, {"", "B", "C", ""}}}, {"Deux", "D", "ff", {}}};
    seal.electors = 1'023'211;
    seal.roll = seal.public_creds = seal.bindings = seal.trustees = seal.programs = "00";
    seal.holders = 3, seal.threshold = 2;
    seal.receipt_key = "r", seal.log_key = "l";
    return seal;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(seal_text_tests)

BOOST_AUTO_TEST_CASE(a_seal_is_read_back_as_it_was_written) {
    const std::string text = domain::write_seal(small_seal());
    const auto read = domain::read_seal(text);
    BOOST_REQUIRE(read);
    BOOST_TEST(domain::write_seal(*read) == text);
    BOOST_TEST(read->bureau == "Bureau\tcentral");
    BOOST_TEST(read->lists.at(0).name == "Union\nun");
    BOOST_TEST(read->lists.at(0).union_name == "U\\n");
    BOOST_TEST(read->lists.at(0).candidates.size() == 2U);
    BOOST_TEST(read->seats == 15U);
    BOOST_TEST(read->tie_by_candidates);
    BOOST_TEST(!read->demonstration);
    BOOST_TEST(read->electors == 1'023'211U);
}

BOOST_AUTO_TEST_CASE(a_text_that_no_seal_gives_is_refused) {
    const std::string text = domain::write_seal(small_seal());
    for (const std::string& other : {std::string(), text + "\n", text + "list\t3\tx\ty\t\n", text.substr(1),
                                     text.substr(0, text.size() - 1), "portail-sceau\t2\n" + text.substr(text.find('\n') + 1)})
        BOOST_TEST(!domain::read_seal(other), other);
}

// What decides a result is somewhere in the text: change any of it and the text changes.
BOOST_AUTO_TEST_CASE(every_field_that_decides_is_covered) {
    const std::string text = domain::write_seal(small_seal());
    const std::vector<void (*)(domain::Seal&)> changes{[](domain::Seal& s) { s.election_title += "x"; },
                                                       [](domain::Seal& s) { s.edition = "2022"; },
                                                       [](domain::Seal& s) { s.administration += "x"; },
                                                       [](domain::Seal& s) { s.demonstration = true; },
                                                       [](domain::Seal& s) { s.code += "x"; },
                                                       [](domain::Seal& s) { s.uuid += "x"; },
                                                       [](domain::Seal& s) { s.title += "x"; },
                                                       [](domain::Seal& s) { s.instance += "x"; },
                                                       [](domain::Seal& s) { s.level += "x"; },
                                                       [](domain::Seal& s) { s.perimeter += "x"; },
                                                       [](domain::Seal& s) { s.group += "x"; },
                                                       [](domain::Seal& s) { s.bureau += "x"; },
                                                       [](domain::Seal& s) { ++s.seats; },
                                                       [](domain::Seal& s) { s.tie_by_candidates = false; },
                                                       [](domain::Seal& s) { s.opens += "x"; },
                                                       [](domain::Seal& s) { s.closes += "x"; },
                                                       [](domain::Seal& s) { std::swap(s.lists[0], s.lists[1]); },
                                                       [](domain::Seal& s) { s.lists[1].name += "x"; },
                                                       [](domain::Seal& s) { s.lists[1].union_name += "x"; },
                                                       [](domain::Seal& s) { s.lists[1].leaflet += "x"; },
                                                       [](domain::Seal& s) { s.lists[1].logo += "x"; },
                                                       [](domain::Seal& s) { s.lists[1].unions.push_back({"x"}); },
                                                       [](domain::Seal& s) {
                                                           std::swap(s.lists[0].candidates[0], s.lists[0].candidates[1]);
                                                       },
                                                       [](domain::Seal& s) { s.lists[0].candidates[1].affectation += "x"; },
                                                       [](domain::Seal& s) { ++s.electors; },
                                                       [](domain::Seal& s) { s.roll += "x"; },
                                                       [](domain::Seal& s) { s.public_creds += "x"; },
                                                       [](domain::Seal& s) { s.bindings += "x"; },
                                                       [](domain::Seal& s) { ++s.holders; },
                                                       [](domain::Seal& s) { ++s.threshold; },
                                                       [](domain::Seal& s) { s.trustees += "x"; },
                                                       [](domain::Seal& s) { s.receipt_key += "x"; },
                                                       [](domain::Seal& s) { s.log_key += "x"; },
                                                       [](domain::Seal& s) { s.programs += "x"; }};
    for (const auto& change : changes) {
        domain::Seal other = small_seal();
        change(other);
        BOOST_TEST(domain::write_seal(other) != text);
    }
    // A field cannot slide into its neighbour.
    BOOST_TEST(domain::roll_line({1, "a", "b\tc", "", "", "", ""}) != domain::roll_line({1, "a", "b", "c", "", "", ""}));
}

BOOST_AUTO_TEST_CASE(differences_name_the_lines) {
    domain::Seal other = small_seal();
    other.seats = 14;
    std::swap(other.lists[0].candidates[0], other.lists[0].candidates[1]);
    const auto found = domain::seal_differences(domain::write_seal(small_seal()), domain::write_seal(other));
    BOOST_TEST(found.size() == 6U);
    BOOST_TEST(found.at(0) == "- seats\t15\ttie-by-candidates");
    BOOST_TEST(found.at(3) == "+ seats\t14\ttie-by-candidates");
    BOOST_TEST(domain::seal_differences("a\n", "a\n").empty());
}

BOOST_AUTO_TEST_CASE(a_short_fingerprint_has_eight_groups_of_four) {
    BOOST_TEST(domain::short_fingerprint("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef") ==
               "0123 4567 89ab cdef 0123 4567 89ab cdef");
}

BOOST_AUTO_TEST_CASE(a_proclamation_is_read_back_as_it_was_written) {
    domain::Proclamation all{"ctm", "uuid", "CTM", "aa",   "bb", *util::from_sql("2026-12-10 20:00:00"), 30, 20,
                             2,     18,     3,     {2, 1}, {}};
    all.lists.push_back({"Une", "U", 10, 2, {}, {}});
    all.lists.push_back({"Deux", "D", 8, 1, {}, {}});
    const std::vector<domain::SealedCandidate> names{
        {"Mme", "A", "Lou", ""}, {"", "B", "Max", ""}, {"M.", "C", "Jo", ""}, {"M.", "D", "Al", ""}, {"M.", "E", "Zo", ""}};
    domain::name_elected(all.lists[0], names);
    domain::name_elected(all.lists[1], {names[0]});
    const std::string text = domain::write_proclamation(all);
    const auto read = domain::read_proclamation(text);
    BOOST_REQUIRE(read);
    BOOST_TEST(domain::write_proclamation(*read) == text);
    BOOST_TEST(read->lists.at(0).titulaires == (std::vector<std::string>{"Mme Lou A", "Max B"}), boost::test_tools::per_element());
    BOOST_TEST(read->lists.at(0).suppleants == (std::vector<std::string>{"M. Jo C", "M. Al D"}), boost::test_tools::per_element());
    BOOST_TEST(read->lists.at(1).suppleants.empty());
    BOOST_TEST(!domain::read_proclamation(text + "draw\t3\n"));
}

BOOST_AUTO_TEST_CASE(who_was_equal_at_each_draw_follows_from_votes_and_seal) {
    domain::Seal seal;
    domain::Proclamation all;
    all.seats = 2;
    for (int i = 0; i < 3; ++i) {
        seal.lists.push_back({"L", "U", "", {}});
        all.lists.push_back({"L", "U", 10, 0, {}, {}});
    }
    using Draws = std::vector<std::vector<std::size_t>>;
    all.draws = {3, 1};
    BOOST_TEST((domain::equals_at_draws(all, seal) == Draws{{1, 2, 3}, {1, 2}}));
    all.draws = {};
    BOOST_TEST(domain::equals_at_draws(all, seal).empty());
    // Draws that these votes do not ask for, and a number of no list.
    for (const std::vector<std::size_t>& wrong : {std::vector<std::size_t>{3, 3}, {3, 1, 2}, {4}, {0}}) {
        all.draws = wrong;
        BOOST_TEST(domain::equals_at_draws(all, seal).empty());
    }
    all.draws = {3, 1};
    seal.lists.pop_back();
    BOOST_TEST(domain::equals_at_draws(all, seal).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace seal_text_tests
