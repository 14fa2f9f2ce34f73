// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/file.hpp"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <system_error>

#include "support/folder.hpp"

namespace file_tests {

namespace {

std::size_t files_of(const test::Folder& folder) {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.path().empty() ? 0 : 1;
    return files;
}

// A disk that takes `most` bytes a file and no more.
class FullDisk {
public:
    explicit FullDisk(rlim_t most) : ignored_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit now{most, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, ignored_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_ = {};
    void (*ignored_)(int);
};

}  // namespace

BOOST_AUTO_TEST_SUITE(file_tests)

BOOST_AUTO_TEST_CASE(a_file_is_written_whole_and_a_secret_one_is_private) {
    std::string name = "/tmp/portail-file.XXXXXX";
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    const std::filesystem::path folder = name;
    util::replace_file(folder / "a", "one", true);
    util::replace_file(folder / "a", std::string("t\0wo", 4), true);
    BOOST_TEST((util::read_file(folder / "a") == std::string("t\0wo", 4)));
    struct stat status {};
    BOOST_REQUIRE(::stat((folder / "a").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600u);
    BOOST_TEST(!util::read_file(folder / "b"));
    BOOST_TEST(!util::read_file(folder));
    BOOST_CHECK_THROW(util::replace_file(folder / "no" / "c", "x"), std::system_error);
    // A file that all could read is not widened to a secret, and nothing is left beside.
    util::replace_file(folder / "d", "for all");
    BOOST_REQUIRE(::stat((folder / "d").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0644u);
    util::replace_file(folder / "d", "secret", true);
    BOOST_REQUIRE(::stat((folder / "d").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600u);
    BOOST_TEST(!util::create_file(folder / "d", "another", true));
    BOOST_TEST((util::read_file(folder / "d") == "secret"));
    BOOST_TEST(util::create_file(folder / "e", "new", true));
    std::filesystem::create_symlink("nowhere", folder / "f");
    BOOST_TEST(!util::create_file(folder / "f", "x", true));
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder), {}) == 4);  // a, d, e, f
    std::filesystem::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(a_new_file_never_takes_the_place_of_another) {
    test::Folder folder;
    BOOST_TEST(util::create_file(folder / "a", "first", /*secret=*/true));
    BOOST_TEST(!util::create_file(folder / "a", "second", /*secret=*/true));
    BOOST_TEST(folder.read("a") == "first");
    std::filesystem::create_symlink(folder / "nowhere", folder / "link");
    BOOST_TEST(!util::create_file(folder / "link", "third", /*secret=*/true));
    using std::filesystem::perms;
    BOOST_TEST((std::filesystem::status(folder / "a").permissions() == (perms::owner_read | perms::owner_write)));
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        files += entry.exists() || entry.is_symlink() ? 1 : 0;
    BOOST_TEST(files == 2U);  // nothing left beside
}

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_the_old_file_and_no_half_of_the_new_one) {
    test::Folder folder;
    BOOST_REQUIRE(util::create_file(folder / "key", "the old key", /*secret=*/true));
    {
        const FullDisk full(8);
        BOOST_CHECK_THROW(util::create_file(folder / "new", "more than eight bytes", true), std::system_error);
        BOOST_CHECK_THROW(util::replace_file(folder / "key", "more than eight bytes", true), std::system_error);
    }
    BOOST_TEST(folder.read("key") == "the old key");
    BOOST_TEST(files_of(folder) == 1U);
    util::replace_file(folder / "key", "the new key", true);
    BOOST_TEST(folder.read("key") == "the new key");
    BOOST_CHECK_THROW(util::create_file(folder / "nowhere/key", "x", true), std::system_error);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_replaced_stays_its_owners_and_behind_its_link) {
    using std::filesystem::perms;
    test::Folder folder;
    std::filesystem::create_directory(folder / "usb");
    BOOST_REQUIRE(util::create_file(folder / "usb/key", "old", true));
    std::filesystem::create_symlink("usb/key", folder / "key");
    folder.write("key.new", "left over, for all to read");
    util::replace_file(folder / "key", "new", true);
    BOOST_TEST(std::filesystem::is_symlink(folder / "key"));
    BOOST_TEST(folder.read("usb/key") == "new");
    BOOST_TEST((std::filesystem::status(folder / "usb/key").permissions() == (perms::owner_read | perms::owner_write)));
    BOOST_TEST(folder.read("key.new") == "left over, for all to read");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace file_tests
