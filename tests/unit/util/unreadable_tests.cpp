// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/unreadable.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <stdexcept>

namespace unreadable_tests {

namespace {

struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string name = "/tmp/portail-unreadable.XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
        path = name;
        ::chmod(path.c_str(), 0755);
        std::ofstream(path / "file") << "x";
    }
    ~Folder() { std::filesystem::remove_all(path); }
    // What an ordinary user is told; root may read everything.
    std::string told(const std::filesystem::path& file) const {
        int ends[2];
        if (::pipe(ends) != 0) throw std::runtime_error("pipe");
        const pid_t child = ::fork();
        if (child == 0) {
            if (::getuid() == 0 && ::setuid(65534) != 0) ::_exit(1);
            const std::string why = util::why_unreadable(file);
            ::_exit(::write(ends[1], why.data(), why.size()) == static_cast<ssize_t>(why.size()) ? 0 : 1);
        }
        ::close(ends[1]);
        std::string why(4096, '\0');
        why.resize(static_cast<std::size_t>(std::max<ssize_t>(::read(ends[0], why.data(), why.size()), 0)));
        ::close(ends[0]);
        ::waitpid(child, nullptr, 0);
        return why;
    }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(unreadable_tests, Folder)

BOOST_AUTO_TEST_CASE(what_can_be_read_has_nothing_said_of_it) { BOOST_TEST(told(path / "file") == ""); }

BOOST_AUTO_TEST_CASE(a_missing_part_is_named) {
    BOOST_TEST(told(path / "none" / "file") == (path / "none").string() + " does not exist");
}

BOOST_AUTO_TEST_CASE(a_closed_file_is_named_with_its_mode_and_owner) {
    ::chmod((path / "file").c_str(), 0);
    const std::string why = told(path / "file");
    BOOST_TEST(has(why, (path / "file").string() + ": "));
    BOOST_TEST(has(why, " may not read it (mode 0000, owner "), why);
}

BOOST_AUTO_TEST_CASE(a_closed_folder_is_named_and_not_the_file_in_it) {
    ::chmod(path.c_str(), 0);
    const std::string why = told(path / "file");
    ::chmod(path.c_str(), 0755);
    BOOST_TEST(has(why, path.string() + ": "), why);
    BOOST_TEST(has(why, " may not enter it (mode 0000, owner "), why);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace unreadable_tests
