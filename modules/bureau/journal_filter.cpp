// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/journal_filter.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace bureau {

namespace {

constexpr std::string_view k_member = "membre n° ";

bool is_of_a_code(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

// The words of a text that could be codes of scrutins.
std::set<std::string> words_of(std::string_view text) {
    std::set<std::string> words;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && is_of_a_code(text[end])) ++end;
        std::string_view word = text.substr(i, end - i);
        while (word.ends_with('.')) word.remove_suffix(1);
        if (!word.empty()) words.emplace(word);
        i = end + 1;
    }
    return words;
}

}  // namespace

bool JournalFilter::shows(const JournalEntry& entry) const {
    if (entry.action == "claims" || entry.action == "assistance") return false;
    if (entry.action.starts_with("desk-")) {
        unsigned number = 0;
        const std::string_view digits = std::string_view(entry.actor).substr(std::min(k_member.size(), entry.actor.size()));
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        const auto place = place_of_member_.find(number);
        return place != place_of_member_.end() && mine_.contains(place->second);
    }
    bool names_others = false;
    for (const std::string& word : words_of(entry.detail)) {
        const auto bureau = bureau_of_code_.find(word);
        if (bureau == bureau_of_code_.end()) continue;
        if (mine_.contains(bureau->second)) return true;
        names_others = true;
    }
    return !names_others;
}

}  // namespace bureau
