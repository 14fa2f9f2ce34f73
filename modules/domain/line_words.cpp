// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/line_words.hpp"

#include <algorithm>

#include "util/text.hpp"

namespace domain {

namespace {

// How many letters are to be changed, put in or taken away.
std::size_t distance_of(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string departement_key(std::string_view departement) {
    std::string key = util::to_upper_ascii(departement);
    key.erase(0, std::min(key.find_first_not_of('0'), key.size()));
    return key;
}

void Writings::add(std::string_view text) {
    if (text.empty()) return;
    if (by_fold_.try_emplace(util::fold(text), text).second) exact_.emplace(text);
}

std::string Writings::of(std::string_view text) const {
    std::string given(text);
    if (exact_.contains(given)) return given;
    const auto found = by_fold_.find(util::fold(text));
    return found == by_fold_.end() ? given : found->second;
}

bool Writings::knows(std::string_view text) const { return exact_.contains(std::string(text)); }

std::string Writings::nearest(std::string_view text) const {
    const std::string folded = util::fold(text);
    std::size_t least = std::max<std::size_t>(2, folded.size() / 4) + 1;
    std::string nearest;
    for (const auto& [other, writing] : by_fold_) {
        const std::size_t distance = distance_of(folded, other);
        if (distance < least || (distance == least && !nearest.empty() && writing < nearest)) nearest = writing, least = distance;
    }
    return nearest;
}

LineWords::LineWords(const std::vector<AcademieName>& academies, const std::vector<ScrutinPlace>& scrutins,
                     const std::vector<EligibilityRule>& rules) {
    std::unordered_set<std::string> twice;
    for (const AcademieName& academie : academies) {
        codes_.insert(academie.code);
        const std::string name = util::fold(academie.name);
        if (!code_of_name_.try_emplace(name, academie.code).second) twice.insert(name);
    }
    for (const std::string& name : twice) code_of_name_.erase(name);
    for (const ScrutinPlace& scrutin : scrutins) {
        instances_.add(scrutin.instance);
        if (scrutin.level == ScrutinLevel::departemental)
            departements_.try_emplace(departement_key(scrutin.perimeter), scrutin.perimeter);
    }
    for (const EligibilityRule& rule : rules) {
        personnel_.add(rule.personnel);
        corps_.add(rule.corps);
        if (!rule.departement.empty()) departements_.try_emplace(departement_key(rule.departement), rule.departement);
    }
}

std::optional<std::string> LineWords::academie(std::string_view text) const {
    std::string code(text);
    if (codes_.contains(code)) return code;
    const std::string folded = util::fold(text);
    if (codes_.contains(folded)) return folded;  // « Poitiers » where the code is poitiers
    const auto found = code_of_name_.find(folded);
    return found == code_of_name_.end() ? std::nullopt : std::optional(found->second);
}

std::string LineWords::departement(std::string_view text) const {
    const auto found = departements_.find(departement_key(text));
    return found == departements_.end() ? std::string(text) : found->second;
}

}  // namespace domain
