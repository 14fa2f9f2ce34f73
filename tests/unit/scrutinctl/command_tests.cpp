// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of commands and the reading of arguments.
#include "cli/program.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

#include "scrutinctl/commands.hpp"

namespace command_tests {

using namespace cli;

namespace {

const Program& program() {
    static scrutinctl::Office office("", "");
    static const Program k_program = scrutinctl::program(office);
    return k_program;
}

const Command& command(std::string_view name) {
    for (const Command& candidate : program().commands) {
        if (candidate.name == name) return candidate;
    }
    BOOST_FAIL("no such command");
    return program().commands.front();
}

std::string complaint(std::string_view name, const std::vector<std::string>& words) {
    const auto arguments = read_arguments(command(name), words);
    return arguments ? "" : arguments.error().detail;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_command_has_a_name_of_its_own_a_line_and_a_manual) {
    std::set<std::string_view> names;
    for (const Command& row : program().commands) {
        BOOST_TEST(names.insert(row.name).second, row.name);
        BOOST_TEST(!row.help.empty(), row.name);
        BOOST_TEST(!row.manual.empty(), row.name);
        BOOST_TEST(usage(program()).find("  " + std::string(row.name) + " ") != std::string::npos, row.name);
        for (const Option& option : row.options) {
            BOOST_TEST(option.name.starts_with("--"));
            BOOST_TEST(usage_of(program(), row).find(std::string(option.help)) != std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_family_is_listed_by_its_first_word) {
    const std::string family = family_usage(program(), "trustee");
    BOOST_TEST(family.find("  trustee identity ") < family.find("  trustee decrypt "));
    BOOST_TEST(family.find("  seal ") == std::string::npos);
    BOOST_TEST(family_usage(program(), "trust") == "");
    BOOST_TEST(family_usage(program(), "publish") == "");
}

BOOST_AUTO_TEST_CASE(arguments_are_read_in_both_writings) {
    const auto arguments = read_arguments(command("demo"), {"--electors", "5", "dossier", "--seed=7"});
    BOOST_REQUIRE(arguments);
    BOOST_TEST(arguments->positional.at(0) == "dossier");
    BOOST_TEST(arguments->number("--electors", 1, 1, 10).value() == 5U);
    BOOST_TEST(arguments->number("--seed", 1, 1, 10).value() == 7U);
    BOOST_TEST(arguments->number("--absent", 3, 1, 10).value() == 3U);
    BOOST_TEST(!arguments->number("--seed", 1, 8, 10).has_value());
    const auto twice = read_arguments(command("close"), {"--scrutin", "a", "--scrutin", "b"});
    BOOST_REQUIRE(twice);
    BOOST_TEST((twice->all("--scrutin") == std::vector<std::string>{"a", "b"}));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said) {
    BOOST_TEST(complaint("demo", {}) == "il manque : DOSSIER");
    BOOST_TEST(complaint("demo", {"a", "b"}) == "argument en trop : b");
    BOOST_TEST(complaint("demo", {"a", "--nope"}) == "option inconnue : --nope");
    BOOST_TEST(complaint("demo", {"a", "--seed"}) == "--seed attend une valeur : S");
    BOOST_TEST(complaint("import", {"a", "--dry-run=1"}) == "--dry-run ne prend pas de valeur");
    BOOST_TEST(complaint("calendar set", {"vote_opens"}) == "il manque : DATE");
}

}  // namespace command_tests
