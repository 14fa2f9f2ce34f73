// SPDX-License-Identifier: AGPL-3.0-or-later
// Passphrases from a file: who may read it, and what is too poor to protect a key.
#include "cli/passphrase.hpp"

#include <boost/test/unit_test.hpp>

#include "support/folder.hpp"
#include "util/file.hpp"

namespace passphrase_tests {

using namespace cli;

BOOST_AUTO_TEST_CASE(poor_passphrases_are_refused_with_the_reason) {
    BOOST_TEST(passphrase_fault("cheval lampe orage tuile") == "");
    BOOST_TEST(passphrase_fault("éèàùçôîê éèàùçôî") != "");  // folded, few different letters
    BOOST_TEST(passphrase_fault("quinze lettres.").find("trop courte") != std::string::npos);
    BOOST_TEST(passphrase_fault("aaaaaaaaaaaaaaaaaaaaaaaa").find("répète") != std::string::npos);
    BOOST_TEST(passphrase_fault(" cheval lampe orage tuile").find("espace") != std::string::npos);
    BOOST_TEST(passphrase_fault("cheval lampe orage \xff\xfe tuile").find("UTF-8") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_passphrase_file_is_read_by_its_owner_only) {
    test::Folder folder;
    const std::string path = (folder / "phrase").string();
    BOOST_REQUIRE(util::create_file(path, "cheval lampe orage tuile\r\nsecond line\n", /*secret=*/true));
    Arguments arguments;
    arguments.options.emplace("--passphrase-file", path);
    BOOST_TEST(ask_passphrase(arguments, "")->view() == "cheval lampe orage tuile");
    std::filesystem::permissions(path, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
    BOOST_TEST(!ask_passphrase(arguments, "").has_value());
}

BOOST_AUTO_TEST_CASE(a_new_passphrase_from_a_file_is_judged) {
    test::Folder folder;
    const auto chosen = [&](std::string_view line) {
        std::filesystem::remove(folder / "phrase");
        BOOST_REQUIRE(util::create_file(folder / "phrase", line, true));
        Arguments arguments;
        arguments.options.emplace("--passphrase-file", (folder / "phrase").string());
        const auto given = choose_passphrase(arguments, "");
        return given ? "taken: " + std::string(given->view()) : given.error().detail;
    };
    BOOST_TEST(chosen("cheval lampe orage tuile\n") == "taken: cheval lampe orage tuile");
    BOOST_TEST(chosen("").find("trop courte") != std::string::npos);
    BOOST_TEST(chosen("\ncheval lampe orage tuile\n").find("trop courte") != std::string::npos);
    BOOST_TEST(chosen("court\n").find("trop courte") != std::string::npos);
    BOOST_TEST(chosen(std::string(2000, 'a') + "\n").find("dépasse 1 024 octets") != std::string::npos);
}

}  // namespace passphrase_tests
