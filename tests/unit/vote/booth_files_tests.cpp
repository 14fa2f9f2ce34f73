// SPDX-License-Identifier: AGPL-3.0-or-later
// The digests of the booth's scripts on the ballot page: of the files as they lie there, or none at all.
#include <boost/test/unit_test.hpp>

#include <fstream>

#include "support/folder.hpp"
#include "util/bytes.hpp"
#include "vote/booth_files.hpp"
#include "voting_fixture.hpp"

namespace booth_files_tests {

namespace {

struct BoothFolder {
    test::Folder folder;

    BoothFolder() {
        std::filesystem::create_directories(path("vendor/a"));
        write("parts.txt", "page booth.js\npage view.js\nworker worker.js\nworker vendor/a/b.js\n");
        write("booth.js", "1\n");
        write("view.js", "abc");  // FIPS 180-2's first example
        write("worker.js", "");
        write("vendor/a/b.js", std::string("\0\xff", 2));
    }
    std::filesystem::path path(const std::string& name) const { return folder.path() / "booth" / name; }
    void write(const std::string& name, const std::string& text) const { std::ofstream(path(name), std::ios::binary) << text; }
    vote::BoothFiles read() const { return vote::read_booth_files(folder.path()); }
    bool is_without() const {
        const auto files = read();
        return files.page.size() == 1 && files.page[0].path == "booth.js" && files.page[0].integrity.empty() &&
               files.worker.empty();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(booth_files_tests, BoothFolder)

BOOST_AUTO_TEST_CASE(each_file_that_is_named_has_the_digest_of_its_bytes) {
    const auto files = read();
    BOOST_TEST_REQUIRE(files.page.size() == 2u);
    BOOST_TEST_REQUIRE(files.worker.size() == 2u);
    BOOST_TEST(files.page[0].path == "booth.js");
    BOOST_TEST(files.page[1].integrity == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    BOOST_TEST(files.worker[0].integrity == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    BOOST_TEST(files.worker[1].path == "vendor/a/b.js");
    write("view.js", "abd");
    BOOST_TEST(read().page[1].integrity != files.page[1].integrity);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_whole_gives_no_digest_rather_than_some) {
    BOOST_TEST(vote::read_booth_files({}).page[0].integrity.empty());
    std::filesystem::remove(path("vendor/a/b.js"));
    BOOST_TEST(is_without());
    write("parts.txt", "page booth.js\n");
    BOOST_TEST(is_without());
    std::filesystem::remove(path("parts.txt"));
    BOOST_TEST(is_without());
}

BOOST_FIXTURE_TEST_CASE(a_portal_that_knows_no_folder_of_files_serves_the_ballot_without_digests, test::VotingFixture) {
    const auto page = portal.get("/vote/csa/bulletin");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.body.find("booth.js\" integrity=\"\"></script>") != std::string::npos, page.body);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace booth_files_tests
