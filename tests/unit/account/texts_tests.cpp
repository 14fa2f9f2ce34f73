// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/texts.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

namespace texts_tests {

namespace {

const std::filesystem::path k_templates = std::filesystem::path(test::source_dir()) / "templates" / "account";

struct File {
    std::filesystem::path path = std::filesystem::temp_directory_path() / "portail-texts-test.json";
    explicit File(const std::string& content) { std::ofstream(path) << content; }
    ~File() { std::filesystem::remove(path); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(texts_tests)

BOOST_AUTO_TEST_CASE(an_empty_line_of_the_administration_is_shown_as_missing) {
    const File file(
        R"({"publisher":[{"label":"Éditeur","value":""},{"label":"Hébergeur","value":"Ici"}],"personal_data":[],"accessibility":[]})");
    const auto mentions = account::read_mentions(file.path);
    BOOST_TEST(mentions["publisher"][0]["is_missing"] == true);
    BOOST_TEST(mentions["publisher"][1]["is_missing"] == false);
    BOOST_CHECK_NO_THROW(account::read_mentions(k_templates / "mentions.json"));
}

BOOST_AUTO_TEST_CASE(a_file_that_does_not_hold_is_named) {
    const auto names_file = [](const std::runtime_error& error) {
        return std::string(error.what()).find("portail-texts-test.json") != std::string::npos;
    };
    for (const char* content :
         {"", "[]", "{", R"({"publisher":3})", R"({"publisher":[{"label":"x"}],"personal_data":[],"accessibility":[]})"}) {
        const File file(content);
        BOOST_CHECK_EXCEPTION(account::read_mentions(file.path), std::runtime_error, names_file);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace texts_tests
