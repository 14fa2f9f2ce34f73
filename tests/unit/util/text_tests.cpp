// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/text.hpp"

#include <boost/test/unit_test.hpp>

namespace text_tests {

BOOST_AUTO_TEST_SUITE(text_tests)

BOOST_AUTO_TEST_CASE(a_sentence_begins_with_a_capital) {
    for (const auto& [small, capital] : {std::pair{"en instruction", "En instruction"},
                                         {"état", "État"},
                                         {"œuvre", "œuvre"},
                                         {"÷", "÷"},
                                         {"ÿ", "ÿ"},
                                         {"Zoé", "Zoé"},
                                         {"1er", "1er"},
                                         {"", ""},
                                         {"é", "É"}})
        BOOST_TEST(util::capitalised(small) == capital);
}

BOOST_AUTO_TEST_CASE(utf8_is_taken_as_rfc_3629_says) {
    for (const char* good : {"", "abc", "é", "\u20ac", "\U0001F600"}) BOOST_TEST(util::is_utf8(good), good);
    for (const char* bad : {"\xff", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3", "a\x80"})
        BOOST_TEST(!util::is_utf8(bad));
    // Wherever it stands among ASCII, which is read eight bytes at once.
    for (std::size_t at = 0; at <= 20; ++at) {
        const std::string before(at, 'a'), after(20 - at, 'b');
        for (const char* good : {"é", "\u20ac", "\U0001F600"}) BOOST_TEST(util::is_utf8(before + good + after), at);
        for (const char* bad : {"\xff", "\xc3", "\xe2\x82", "\x80"}) {
            BOOST_TEST(!util::is_utf8(before + bad + after), at);
            BOOST_TEST(!util::is_utf8(before + bad), at);
        }
    }
    BOOST_TEST(util::count_code_points("Élève-92") == 8u);
}

BOOST_AUTO_TEST_CASE(trimming_drops_every_kind_of_blank) {
    BOOST_TEST(util::trim(" \t a b\u00a0\u202f\ufeff\n") == "a b");
    BOOST_TEST(util::trim(" \u200b ") == "");
    BOOST_TEST(util::trim("a") == "a");
}

BOOST_AUTO_TEST_CASE(folding_makes_names_comparable) {
    BOOST_TEST(util::fold("Éloïse  D’ORNANO") == "eloise d'ornano");
    BOOST_TEST(util::fold("  Œuvre Łódź ß ") == "oeuvre lodz ss");
    BOOST_TEST(util::fold("e\u0301te\u0301") == "ete");
}

BOOST_AUTO_TEST_CASE(numbers_are_grouped_by_three) {
    BOOST_TEST(util::french_number(1023211) == "1\u202f023\u202f211");
    BOOST_TEST(util::french_number(999) == "999");
    BOOST_TEST(util::french_number(-1000) == "-1\u202f000");
}

BOOST_AUTO_TEST_CASE(splitting_keeps_empty_parts) {
    BOOST_TEST(util::split("/a//b", '/') == (std::vector<std::string>{"", "a", "", "b"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_would_change_a_screen_is_found_at_every_code_point) {
    const auto utf8_of = [](unsigned c) {
        std::string text;
        if (c < 0x80) return std::string(1, static_cast<char>(c));
        if (c < 0x800) return std::string{static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
        return std::string{static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
                           static_cast<char>(0x80 | (c & 63))};
    };
    for (unsigned c = 0; c < 0x3000; ++c) {
        const std::string text = utf8_of(c);
        const bool hides = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || c == 0x200e || c == 0x200f ||
                           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        BOOST_TEST_CONTEXT("U+" << std::hex << c) {
            BOOST_TEST(util::unprintable_length(text) == (hides ? text.size() : 0));
            BOOST_TEST(util::is_printable_line("a" + text, 10) == !hides);
            BOOST_TEST(util::printable("a" + text + "b") == (hides ? "a?b" : "a" + text + "b"));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_shown_text_has_an_end_and_whole_characters) {
    BOOST_TEST(!util::is_printable_line("", 10));
    BOOST_TEST(util::is_printable_line("0123456789", 10));
    BOOST_TEST(!util::is_printable_line("0123456789a", 10));
    BOOST_TEST(!util::is_printable_line("\xff", 10));
    BOOST_TEST(util::printable("\xff") == "(not UTF-8)");
    BOOST_TEST(util::printable("éééé", 3) == "éé");
    BOOST_TEST(util::printable(std::string(400, 'a')).size() == 300u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace text_tests
