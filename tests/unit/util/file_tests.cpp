// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/file.hpp"

#include <sys/stat.h>
#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <system_error>

BOOST_AUTO_TEST_SUITE(file_tests)

BOOST_AUTO_TEST_CASE(a_file_is_written_whole_and_a_secret_one_is_private) {
    std::string name = "/tmp/portail-file.XXXXXX";
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    const std::filesystem::path folder = name;
    util::write_file_atomic(folder / "a", "one", true);
    util::write_file_atomic(folder / "a", std::string("t\0wo", 4), true);
    BOOST_TEST((util::read_file(folder / "a") == std::string("t\0wo", 4)));
    struct stat status{};
    BOOST_REQUIRE(::stat((folder / "a").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600u);
    BOOST_TEST(!std::filesystem::exists(folder / "a.new"));
    BOOST_TEST(!util::read_file(folder / "b"));
    BOOST_TEST(!util::read_file(folder));
    BOOST_CHECK_THROW(util::write_file_atomic(folder / "no" / "c", "x"), std::system_error);
    // What was left beside by somebody else: no wider mode, and no link is followed.
    util::write_file_atomic(folder / "d.new", "left over");
    util::write_file_atomic(folder / "d", "secret", true);
    BOOST_REQUIRE(::stat((folder / "d").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600u);
    std::filesystem::create_symlink("elsewhere", folder / "e.new");
    BOOST_CHECK_THROW(util::write_file_atomic(folder / "e", "secret", true), std::system_error);
    BOOST_TEST(!std::filesystem::exists(folder / "elsewhere"));
    std::filesystem::remove_all(folder);
}

BOOST_AUTO_TEST_SUITE_END()
