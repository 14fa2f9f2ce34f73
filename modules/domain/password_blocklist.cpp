// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/password_blocklist.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "util/text.hpp"

namespace domain {

namespace {

using Words = std::unordered_set<std::string>;

constexpr std::size_t k_longest_word = 24;
constexpr std::size_t k_words_joined = 3;  // « motdepasseelections » is still one guess

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

const Words& common_words() {
    static const Words words = [] {
        Words set;
        for (const std::string& line : util::split(common_password_lines(), '\n')) {
            set.insert(line);
        }
        return set;
    }();
    return words;
}

// The elector's own names and académie: pieces of the address of four letters or more.
Words words_of(std::string_view address) {
    Words words;
    std::string piece;
    for (const char c : util::fold(address) + "@") {
        if (is_letter(c)) {
            piece += c;
        } else {
            if (piece.size() >= 4) words.insert(piece);
            piece.clear();
        }
    }
    return words;
}

// Signs and digits that stand for letters; `one` is what 1 and ! stand for.
std::string undress(std::string_view text, char one) {
    std::string plain;
    for (const char c : text) {
        switch (c) {
            case '0': plain += 'o'; break;
            case '1':
            case '!':
            case '|': plain += one; break;
            case '3': plain += 'e'; break;
            case '4':
            case '@': plain += 'a'; break;
            case '5':
            case '$': plain += 's'; break;
            case '7':
            case '+': plain += 't'; break;
            default:
                if (is_letter(c)) plain += c;  // separators fall
        }
    }
    return plain;
}

template <typename Drop>
std::string_view strip(std::string_view text, Drop drop_front, bool (*drop_back)(char)) {
    while (!text.empty() && drop_front(text.front())) text.remove_prefix(1);
    while (!text.empty() && drop_back(text.back())) text.remove_suffix(1);
    return text;
}

// The one to k_words_joined listed words that the text is, end to end, the fewest; none if it is not.
std::vector<std::string> words_in(const std::string& text, const Words& own) {
    const auto listed = [&](const std::string& word) { return common_words().contains(word) || own.contains(word); };
    const std::size_t n = text.size();
    constexpr std::size_t k_never = 1000;
    std::vector<std::size_t> fewest(n + 1, k_never), begins(n + 1, 0);  // of what ends there
    fewest[0] = 0;
    for (std::size_t end = 1; end <= n; ++end) {
        const std::size_t first = end > k_longest_word ? end - k_longest_word : 0;
        for (std::size_t start = first; start < end; ++start) {
            if (fewest[start] < k_words_joined && fewest[start] + 1 < fewest[end] && listed(text.substr(start, end - start))) {
                fewest[end] = fewest[start] + 1;
                begins[end] = start;
            }
        }
    }
    std::vector<std::string> words;
    if (n < 3 || fewest[n] > k_words_joined) return words;
    for (std::size_t end = n; end > 0; end = begins[end]) words.insert(words.begin(), text.substr(begins[end], end - begins[end]));
    return words;
}

// All characters alike or in a row (« 123456789012 », « aaaaaaaaaaaa »), or three different ones at most.
bool is_monotonous(std::string_view text) {
    std::size_t rows = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const int step = text[i] - text[i - 1];
        const bool wraps = is_digit(text[i]) && is_digit(text[i - 1]) && (step == 9 || step == -9);
        if (wraps || (step >= -1 && step <= 1)) ++rows;
    }
    const std::unordered_set<char> different(text.begin(), text.end());
    return different.size() <= 3 || rows + 2 >= text.size();
}

}  // namespace

std::optional<std::vector<std::string>> guessed_words(std::string_view password, std::string_view address) {
    const std::string folded = util::fold(password);
    if (is_monotonous(folded)) return std::vector<std::string>{};
    const Words own = words_of(address);
    const auto not_letter = [](char c) { return !is_letter(c); };
    // Dress at the ends (« Elections2026 », « !!Motdepasse1 ») falls; what imitates a letter inside is read as one. A
    // sign at the front may be either (« @zerty12 »).
    for (const std::string_view core : {strip(folded, is_digit, +not_letter), strip(folded, not_letter, +not_letter)}) {
        for (const char one : {'i', 'l'}) {
            auto words = words_in(undress(core, one), own);
            if (!words.empty()) return words;
        }
    }
    return std::nullopt;
}

}  // namespace domain
