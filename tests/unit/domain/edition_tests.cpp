// SPDX-License-Identifier: AGPL-3.0-or-later
// The three editions of the tree, and what a bad edition file is told.
#include "domain/edition.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace edition_tests {

using domain::Edition;
using domain::PasswordProfile;

namespace {
const std::filesystem::path k_templates = std::filesystem::path(test::source_dir()) / "templates";
}

BOOST_AUTO_TEST_CASE(the_three_editions_load_and_name_the_same_things) {
    const Edition e2018 = Edition::load(k_templates, "2018"), e2022 = Edition::load(k_templates, "2022"),
                  e2026 = Edition::load(k_templates, "2026");
    BOOST_TEST((e2018.password_profile == PasswordProfile::seed2018));
    BOOST_TEST((e2022.password_profile == PasswordProfile::seed2022));
    BOOST_TEST(!e2018.asks_defi);
    BOOST_TEST(e2022.asks_defi);
    BOOST_TEST(e2022.access_without_activation);
    BOOST_TEST(!e2026.asks_defi);
    BOOST_TEST(!e2018.shows_new_code);
    BOOST_TEST(e2022.shows_new_code);
    BOOST_TEST(!e2026.shows_new_code);
    BOOST_TEST(!e2026.access_without_activation);
    BOOST_TEST(e2026.defi_questions.size() == 8U);
    for (const auto& [key, text] : e2026.words) BOOST_TEST(!text.empty(), key);
    BOOST_TEST(e2018.words.at("voting_code") == "identifiant électeur");
}

BOOST_AUTO_TEST_CASE(each_word_is_read_by_some_page) {
    std::string sources;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(test::source_dir()) / "modules")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        if (entry.path().filename() == "edition.hpp") continue;
        std::ifstream file(entry.path());
        sources.append(std::istreambuf_iterator<char>(file), {});
    }
    for (const std::string_view key : domain::k_edition_words)
        BOOST_TEST(sources.find("\"" + std::string(key) + "\"") != std::string::npos, key);
}

BOOST_AUTO_TEST_CASE(a_bad_file_is_named_with_its_key) {
    const auto folder = std::filesystem::temp_directory_path() / ("edition-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder / "editions");
    const auto complaint = [&](const char* text) {
        std::ofstream(folder / "editions" / "1999.toml") << text;
        try {
            static_cast<void>(Edition::load(folder, "1999"));
        } catch (const std::runtime_error& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    BOOST_TEST(complaint("password_profile = \"x\"").find("1999.toml: password_profile") != std::string::npos);
    BOOST_TEST(complaint("password_profile = \"modern\"").find("asks_defi") != std::string::npos);
    BOOST_TEST(
        complaint(
            "password_profile = \"modern\"\nasks_defi = true\nasks_security_code = false\nshows_new_code = false\naccess_without_activation = false")
            .find("defi_questions") != std::string::npos);
    BOOST_TEST(complaint("][").find("1999.toml") != std::string::npos);
    std::string good =
        "password_profile = \"modern\"\nasks_defi = false\nasks_security_code = false\nshows_new_code = false\naccess_without_activation = false\n";
    BOOST_TEST(complaint((good + "sign_out = \"x\"\n[words]\n").c_str()).find("help: missing") != std::string::npos);
    std::string words = "[words]\n";
    for (const std::string_view key : domain::k_edition_words) words += std::string(key) + " = \"x\"\n";
    BOOST_TEST(complaint((good + words).c_str()) == "accepted");
    BOOST_TEST(complaint((good + words + "sign_out = \"x\"\n").c_str()).find("sign_out is not a key") != std::string::npos);
    BOOST_TEST(complaint((good + "colour = \"x\"\n" + words).c_str()).find("colour is not a key") != std::string::npos);
    std::filesystem::remove_all(folder);
    BOOST_CHECK_THROW(static_cast<void>(Edition::load(folder, "2031")), std::runtime_error);
}

}  // namespace edition_tests
