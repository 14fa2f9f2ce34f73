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

// As many criteria in each theme as the RGAA 4.1 has, each decided; the foot of every page says the state that they give.
BOOST_AUTO_TEST_CASE(the_106_criteria_are_decided_and_the_footer_says_their_state) {
    const auto grid = account::read_accessibility(k_templates / "rgaa.json");
    const std::size_t counts[] = {9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12};
    BOOST_REQUIRE(grid["themes"].size() == std::size(counts));
    for (std::size_t i = 0; i < std::size(counts); ++i) {
        const auto& criteria = grid["themes"][i]["criteria"];
        BOOST_TEST(criteria.size() == counts[i]);
        for (std::size_t j = 0; j < criteria.size(); ++j)
            BOOST_TEST(criteria[j]["number"] == std::to_string(i + 1) + "." + std::to_string(j + 1));
    }
    const auto number = [&](const char* key) { return std::stoul(grid[key].get<std::string>()); };
    BOOST_TEST(number("conforming") + number("failing") + number("not_applicable") == 106u);
    std::ifstream layout(k_templates.parent_path() / "layout.mustache");
    const std::string text{std::istreambuf_iterator<char>(layout), {}};
    BOOST_TEST(text.find("Accessibilité&nbsp;: " + grid["state"].get<std::string>() + "</a>") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_undecided_criterion_stops_the_worker) {
    const File file(R"({"themes":[{"name":"Images","criteria":[{"number":"1.1","title":"Alternative","state":"","why":"?"}]}]})");
    BOOST_CHECK_THROW(account::read_accessibility(file.path), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace texts_tests
