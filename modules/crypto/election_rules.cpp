// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/election_rules.hpp"

#include "util/ensure.hpp"
#include "util/text.hpp"

namespace crypto {

namespace {

constexpr std::size_t k_digest_digits = 64;

bool is_digest(std::string_view text) {
    return text.size() == k_digest_digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Takes the sentence off the end, with the space that parts it from what stands before.
bool take_last(std::string_view& rest, std::string_view sentence) {
    if (!rest.ends_with(sentence)) return false;
    rest.remove_suffix(sentence.size());
    if (rest.ends_with(' ')) rest.remove_suffix(1);
    return true;
}

}  // namespace

std::string write_rules(const ElectionRules& rules) {
    ENSURE(rules.seal.empty() || is_digest(rules.seal));
    std::string text;
    const auto add = [&](std::string_view sentence) {
        if (!text.empty()) text += ' ';
        text += sentence;
    };
    if (!rules.seal.empty()) add(std::string(k_seal_begins) + rules.seal + ".");
    if (rules.small_totals) add(k_small_totals);
    if (rules.bound_decryption) add(k_bound_decryption);
    if (rules.final_vote) add(k_vote_is_final);
    return text;
}

ElectionRules read_rules(std::string_view description) {
    ElectionRules rules;
    rules.final_vote = take_last(description, k_vote_is_final);
    rules.bound_decryption = take_last(description, k_bound_decryption);
    rules.small_totals = take_last(description, k_small_totals);
    if (description.ends_with('.') && description.size() > k_digest_digits) {
        const auto digest = description.substr(description.size() - 1 - k_digest_digits, k_digest_digits);
        if (is_digest(digest) && description.substr(0, description.size() - 1 - k_digest_digits).ends_with(k_seal_begins))
            rules.seal = digest;
    }
    return rules;
}

std::string seal_field(std::string_view text, std::string_view name, std::size_t number) {
    for (const std::string& line : util::split(text, '\n')) {
        const auto fields = util::split(line, '\t');
        if (fields[0] == name && fields.size() > number) return fields[number];
    }
    return {};
}

}  // namespace crypto
