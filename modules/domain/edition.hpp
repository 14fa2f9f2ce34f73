// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition is data: templates/editions/<year>.toml and a folder of template overrides of the same name. Handlers ask
// it for wording and rules and never compare years.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/password.hpp"

namespace domain {

struct Edition {
    std::string year;                  // "2018", "2022", "2026"
    PasswordProfile password_profile = PasswordProfile::seed2018;
    bool asks_defi = false;            // the question défi page exists (F11)
    bool access_without_activation = false;  // F13's « ACCÈS SANS ACTIVATION » exists
    std::vector<std::string> defi_questions;
    std::map<std::string, std::string, std::less<>> words;  // short labels: "help", "voting_code"…

    // A label of [words], empty if the edition has none; and the same as the beginning of a sentence.
    std::string word(std::string_view key) const;
    std::string word_capital(std::string_view key) const;

    // Throws std::runtime_error naming file and key.
    static Edition load(const std::filesystem::path& templates, std::string_view year);
};

}  // namespace domain
