// SPDX-License-Identifier: AGPL-3.0-or-later
// The three editions of the tree, and what a bad edition file is told.
#include "domain/edition.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <stdexcept>

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
    BOOST_TEST(e2026.asks_defi);
    BOOST_TEST(!e2026.access_without_activation);
    BOOST_TEST(e2026.defi_questions.size() == 8U);
    for (const auto& [key, text] : e2026.words) {
        BOOST_TEST(e2018.words.contains(key), key);
        BOOST_TEST(e2022.words.contains(key), key);
        BOOST_TEST(!text.empty());
    }
    BOOST_TEST(e2018.words.size() == e2026.words.size());
    BOOST_TEST(e2022.words.size() == e2026.words.size());
    BOOST_TEST(e2018.words.at("voting_code") == "identifiant électeur");
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
    BOOST_TEST(complaint("password_profile = \"modern\"\nasks_defi = true\naccess_without_activation = false").find("defi_questions") !=
               std::string::npos);
    BOOST_TEST(complaint("][").find("1999.toml") != std::string::npos);
    std::filesystem::remove_all(folder);
    BOOST_CHECK_THROW(static_cast<void>(Edition::load(folder, "2031")), std::runtime_error);
}
