// SPDX-License-Identifier: AGPL-3.0-or-later
// A command line is read as it is written or refused: nothing of it is dropped, guessed or taken for something else.
#include <boost/test/unit_test.hpp>

#include "cli/command.hpp"

namespace command_line_tests {

using namespace cli;

namespace {

Command command(std::string_view arguments) {
    return {"try", arguments, "help", "manual", {{"--name", "N", "a value"}, {"--dry-run", "", "a flag"}}, {}};
}

// "positional|…; --option=value|…", or the refusal.
std::string told(std::string_view arguments, const std::vector<std::string>& words) {
    const auto read = read_arguments(command(arguments), words);
    if (!read) return "no: " + read.error().detail;
    std::string text;
    for (const std::string& word : read->positional) text += word + "|";
    text += ";";
    for (const auto& [name, value] : read->options) text += " " + name + "=" + value;
    return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(options_stand_anywhere_and_repeat) {
    BOOST_TEST(told("A", {"x", "--name", "1", "--name=2", "--dry-run", "--dry-run"}) ==
               "x|; --dry-run= --dry-run= --name=1 --name=2");
    BOOST_TEST(told("A", {"--name", "--dry-run", "x"}) == "x|; --name=--dry-run");  // the value, whatever it looks like
    BOOST_TEST(told("A", {"--name", "", "x"}) == "x|; --name=");
    BOOST_TEST(told("A", {"--name=a=b", "x"}) == "x|; --name=a=b");
    BOOST_TEST(told("A…", {"[a,b]", "-", "c"}) == "[a,b]|-|c|;");
    BOOST_TEST(told("A…", {"x", "--", "--name", "-y"}) == "x|--name|-y|;");
}

BOOST_AUTO_TEST_CASE(nothing_is_dropped_or_guessed) {
    BOOST_TEST(told("A", {"x", "--nam", "1"}) == "no: option inconnue : --nam");
    BOOST_TEST(told("A", {"x", "--nope=1"}) == "no: option inconnue : --nope");
    BOOST_TEST(told("A", {"x", "-abc"}) == "no: option inconnue : -abc");
    BOOST_TEST(told("A", {"x", "-5"}) == "no: option inconnue : -5");
    BOOST_TEST(told("A", {"x", "---name"}) == "no: option inconnue : ---name");
    BOOST_TEST(told("A", {"x", "++", "--name", "1"}) == "no: argument en trop : ++");
    BOOST_TEST(told("A", {"x", "--name=", "y"}) == "no: --name attend une valeur : N");
    BOOST_TEST(told("A", {"x", "--name"}) == "no: --name attend une valeur : N");
    BOOST_TEST(told("A", {"x", "--dry-run=true"}) == "no: --dry-run ne prend pas de valeur");
    BOOST_TEST(told("A", {"x", "--", "y"}) == "no: argument en trop : y");
    BOOST_TEST(told("A B", {"x"}) == "no: il manque : B");
    BOOST_TEST(told("", {"x"}) == "no: argument en trop : x");
}

}  // namespace command_line_tests
