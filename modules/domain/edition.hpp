// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition is data: templates/editions/<year>.toml and a folder of template overrides of the same name. Handlers ask
// it for wording and rules and never compare years.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/password.hpp"

namespace domain {

// The short labels that differ from one edition to the next; a file has them all, and no other.
inline constexpr std::array<std::string_view, 12> k_edition_words{"help",           "home_action",    "password",
                                                                  "password_intro", "password_title", "reassort_line",
                                                                  "reassort_title", "space_title",    "space_welcome",
                                                                  "vote_line",      "voting_code",    "voting_code_yours"};

struct Edition {
    std::string year;  // "2018", "2022", "2026"
    PasswordProfile password_profile = PasswordProfile::seed2018;
    bool asks_defi = false;                  // the question défi page exists
    bool access_without_activation = false;  // « ACCÈS SANS ACTIVATION » exists: in once, without a password
    bool asks_security_code = false;         // the form of a réassort always has the code de sécurité
    bool shows_new_code = false;             // a new code is shown on screen, to who brings a temporary one; else it comes by SMS
    std::vector<std::string> defi_questions;
    std::map<std::string, std::string, std::less<>> words;  // k_edition_words, each

    // A label of [words]; and the same as the beginning of a sentence. `key` is one of k_edition_words.
    std::string word(std::string_view key) const;
    std::string word_capital(std::string_view key) const;

    // Throws std::runtime_error naming file and key: one that is missing, and one that nothing reads.
    static Edition load(const std::filesystem::path& templates, std::string_view year);
};

}  // namespace domain
