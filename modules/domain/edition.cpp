// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/edition.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <stdexcept>

#include "util/ensure.hpp"
#include "util/text.hpp"

namespace domain {

namespace {

PasswordProfile profile_of(const std::filesystem::path& file, std::string_view name) {
    if (name == "seed2018") return PasswordProfile::seed2018;
    if (name == "seed2022") return PasswordProfile::seed2022;
    if (name == "modern") return PasswordProfile::modern;
    throw std::runtime_error(file.string() + ": password_profile: seed2018, seed2022 or modern expected");
}

template <typename T>
T required(const toml::table& table, const std::filesystem::path& file, std::string_view key) {
    const std::optional<T> value = table[key].value<T>();
    if (!value) throw std::runtime_error(file.string() + ": " + std::string(key) + ": missing, or not of its type");
    return *value;
}

constexpr std::array<std::string_view, 7> k_keys{
    "password_profile", "asks_defi", "access_without_activation", "asks_security_code", "shows_new_code",
    "defi_questions",   "words"};

// A key that nothing reads is a misspelt one, or a promise that no page keeps.
template <std::size_t n>
void refuse_others(const toml::table& table, const std::filesystem::path& file, const std::array<std::string_view, n>& known) {
    for (const auto& [key, value] : table)
        if (std::find(known.begin(), known.end(), key.str()) == known.end())
            throw std::runtime_error(file.string() + ": " + std::string(key.str()) + " is not a key of an edition");
}

}  // namespace

std::string Edition::word(std::string_view key) const {
    const auto found = words.find(key);
    ENSURE(found != words.end());
    return found->second;
}

std::string Edition::word_capital(std::string_view key) const {
    std::string text = word(key);
    if (!text.empty()) text.replace(0, 1, util::to_upper_ascii(text.substr(0, 1)));
    return text;
}

Edition Edition::load(const std::filesystem::path& templates, std::string_view year) {
    const std::filesystem::path file = templates / "editions" / (std::string(year) + ".toml");
    toml::table table;
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(file.string() + ": " + std::string(error.description()));
    }

    Edition edition;
    edition.year = std::string(year);
    edition.password_profile = profile_of(file, required<std::string>(table, file, "password_profile"));
    edition.asks_defi = required<bool>(table, file, "asks_defi");
    edition.access_without_activation = required<bool>(table, file, "access_without_activation");
    edition.asks_security_code = required<bool>(table, file, "asks_security_code");
    edition.shows_new_code = required<bool>(table, file, "shows_new_code");
    if (const toml::array* const questions = table["defi_questions"].as_array()) {
        for (const toml::node& question : *questions) {
            const std::optional<std::string> text = question.value<std::string>();
            if (!text) throw std::runtime_error(file.string() + ": defi_questions: texts expected");
            edition.defi_questions.push_back(*text);
        }
    }
    if (edition.asks_defi && edition.defi_questions.empty()) {
        throw std::runtime_error(file.string() + ": defi_questions: asks_defi needs at least one");
    }
    const toml::table* const words = table["words"].as_table();
    if (words == nullptr) throw std::runtime_error(file.string() + ": [words]: missing");
    for (const std::string_view key : k_edition_words) edition.words.emplace(key, required<std::string>(*words, file, key));
    refuse_others(*words, file, k_edition_words);
    refuse_others(table, file, k_keys);
    return edition;
}

}  // namespace domain
