// SPDX-License-Identifier: AGPL-3.0-or-later
// A new file comes whole or not at all, whatever the disk does; and what a disk refuses is said in French.
#include "cli/new_file.hpp"

#include <sys/resource.h>

#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <csignal>

#include "cli/small_file.hpp"
#include "support/folder.hpp"

using namespace cli;

BOOST_AUTO_TEST_CASE(a_new_file_never_takes_the_place_of_another) {
    test::Folder folder;
    BOOST_TEST(create_file(folder / "a", "first", /*secret=*/true));
    BOOST_TEST(!create_file(folder / "a", "second", /*secret=*/true));
    BOOST_TEST(folder.read("a") == "first");
    std::filesystem::create_symlink(folder / "nowhere", folder / "link");
    BOOST_TEST(!create_file(folder / "link", "third", /*secret=*/true));
    using std::filesystem::perms;
    BOOST_TEST((std::filesystem::status(folder / "a").permissions() == (perms::owner_read | perms::owner_write)));
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.exists() || entry.is_symlink() ? 1 : 0;
    BOOST_TEST(files == 2U);  // nothing left beside
}

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

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_the_old_file_and_no_half_of_the_new_one) {
    test::Folder folder;
    BOOST_REQUIRE(create_file(folder / "key", "the old key", /*secret=*/true));
    {
        const FullDisk full(8);
        BOOST_CHECK_THROW(create_file(folder / "new", "more than eight bytes", true), std::system_error);
        BOOST_CHECK_THROW(replace_file(folder / "key", "more than eight bytes", true), std::system_error);
    }
    BOOST_TEST(folder.read("key") == "the old key");
    BOOST_TEST(files_of(folder) == 1U);
    replace_file(folder / "key", "the new key", true);
    BOOST_TEST(folder.read("key") == "the new key");
    BOOST_CHECK_THROW(create_file(folder / "nowhere/key", "x", true), std::system_error);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_replaced_stays_its_owners_and_behind_its_link) {
    using std::filesystem::perms;
    test::Folder folder;
    std::filesystem::create_directory(folder / "usb");
    BOOST_REQUIRE(create_file(folder / "usb/key", "old", true));
    std::filesystem::create_symlink("usb/key", folder / "key");
    folder.write("key.new", "left over, for all to read");
    replace_file(folder / "key", "new", true);
    BOOST_TEST(std::filesystem::is_symlink(folder / "key"));
    BOOST_TEST(folder.read("usb/key") == "new");
    BOOST_TEST((std::filesystem::status(folder / "usb/key").permissions() == (perms::owner_read | perms::owner_write)));
    BOOST_TEST(folder.read("key.new") == "left over, for all to read");
}

BOOST_AUTO_TEST_CASE(what_a_disk_refuses_is_said_in_french) {
    const auto said = [](int code) { return disk_trouble(std::system_error(code, std::generic_category(), "/media/x.cle")); };
    BOOST_TEST(said(ENOSPC) == "/media/x.cle : il n’y a plus de place sur ce disque. Libérez-en, puis relancez la commande");
    BOOST_TEST(said(EROFS).starts_with("/media/x.cle : ce disque est protégé contre l’écriture"));
    BOOST_TEST(said(EACCES) == "/media/x.cle : vous n’avez pas le droit d’écrire ou de lire ici");
    BOOST_TEST(said(EIO).find("abîmé ou a été retiré") != std::string::npos);
    BOOST_TEST(said(EXFULL).starts_with("/media/x.cle : le système a refusé ("));
    std::error_code code(ENOTDIR, std::generic_category());
    BOOST_TEST(disk_trouble(std::filesystem::filesystem_error("cannot", "/media/y", code)) == "/media/y : une partie de ce nom n’est pas un dossier");
}
