// SPDX-License-Identifier: AGPL-3.0-or-later
// What a production build has not: a clock that a file moves, and demonstrations.
#include <boost/test/unit_test.hpp>

#include "scrutinctl/election_fixture.hpp"
#include "util/build.hpp"

namespace production_tests {

using namespace scrutinctl;

BOOST_FIXTURE_TEST_SUITE(production, test::ElectionFixture)

BOOST_AUTO_TEST_CASE(no_file_moves_the_clock) {
    BOOST_REQUIRE(!util::is_demonstration_build());
    folder.write("clock", "864000");
    const util::SystemClock clock;
    const auto real = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    BOOST_TEST(((clock.now() - real).count() <= 1));
}

BOOST_AUTO_TEST_CASE(no_command_serves_demonstrations) {
    for (const cli::Command& command : commands(*office))
        BOOST_TEST((command.name != "rehearse" && command.name != "decrypt" && command.name != "trustee demo-ceremony"),
                   command.name);
}

BOOST_AUTO_TEST_CASE(no_file_nor_table_makes_a_demonstration) {
    must("demo", {path("demo"), "--electors", "10"});
    must("import", {path("demo")});
    BOOST_TEST(count("SELECT demonstration FROM election") == 0);
    must("demo", {path("other"), "--electors", "12"});
    folder.replace("other/calendrier.toml", "demonstration = false", "demonstration = true");
    must_not("import", {path("other")}, "sans démonstration");
    // The administrator says that it is one: its hours hold all the same.
    must("publish");
    database.admin().run("UPDATE election SET demonstration = 1");
    database.admin().run("UPDATE scrutin SET state = 'open'");
    must_not("close", {}, "30 minutes de plus");
    BOOST_TEST(state_of("ctm") == "open");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace production_tests
