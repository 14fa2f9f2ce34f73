// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/eligibility.hpp"

#include <algorithm>
#include <utility>

namespace domain {

namespace {

std::string key_of(std::string_view instance, ScrutinLevel level, std::string_view perimeter) {
    std::string key(instance);
    key += '|';
    key += static_cast<char>('0' + static_cast<int>(level));
    key += '|';
    key += perimeter;
    return key;
}

bool holds(const EligibilityRule& rule, const ElectorProfile& elector) {
    const auto fits = [](const std::string& wanted, std::string_view actual) { return wanted.empty() || wanted == actual; };
    return fits(rule.personnel, elector.personnel) && fits(rule.corps, elector.corps) &&
           fits(rule.academie_code, elector.academie_code) && fits(rule.departement, elector.departement);
}

}  // namespace

ScrutinLevel scrutin_level_of(std::string_view word) {
    if (word == "national") return ScrutinLevel::national;
    return word == "académique" ? ScrutinLevel::academique : ScrutinLevel::departemental;
}

Eligibility::Eligibility(std::vector<EligibilityRule> rules, const std::vector<ScrutinPlace>& scrutins) : rules_(std::move(rules)) {
    for (std::size_t i = 0; i < scrutins.size(); ++i) {
        const std::string_view perimeter =
            scrutins[i].level == ScrutinLevel::national ? std::string_view() : std::string_view(scrutins[i].perimeter);
        scrutins_.emplace(key_of(scrutins[i].instance, scrutins[i].level, perimeter), i);
    }
}

Eligibility::Rights Eligibility::rights_of(const ElectorProfile& elector) const {
    Rights found_rights;
    for (std::size_t r = 0; r < rules_.size(); ++r) {
        if (!holds(rules_[r], elector)) continue;
        bool found = false;
        for (const auto& [level, perimeter] :
             {std::pair{ScrutinLevel::national, std::string_view()}, std::pair{ScrutinLevel::academique, elector.academie_code},
              std::pair{ScrutinLevel::departemental, elector.departement}}) {
            const auto scrutin = scrutins_.find(key_of(rules_[r].instance, level, perimeter));
            if (scrutin == scrutins_.end()) continue;
            found = true;
            const bool known = std::any_of(found_rights.rights.begin(), found_rights.rights.end(),
                                           [&](const Right& right) { return right.scrutin == scrutin->second; });
            if (!known) found_rights.rights.push_back({scrutin->second, r});
        }
        if (!found) found_rights.without_scrutin.push_back(r);
    }
    return found_rights;
}

namespace {

bool is_held_space(std::string_view before, std::string_view left) {
    if (!left.starts_with(' ')) return false;
    left.remove_prefix(1);
    return before.ends_with("«") || left.starts_with("»") || left.find_first_of(":;?!") == 0;
}

}  // namespace

std::string reason_of(const EligibilityRule& rule, const ElectorProfile& elector, std::string_view academie) {
    const std::pair<std::string_view, std::string_view> words[] = {{"{personnel}", elector.personnel},
                                                                   {"{corps}", elector.corps},
                                                                   {"{academie}", academie},
                                                                   {"{departement}", elector.departement}};
    std::string reason;
    for (std::string_view left = rule.reason; !left.empty();) {
        const auto word =
            std::find_if(std::begin(words), std::end(words), [&](const auto& one) { return left.starts_with(one.first); });
        if (word == std::end(words)) {
            // A spreadsheet has plain spaces: where French has none that breaks, a line on a phone would begin with a colon.
            reason += is_held_space(reason, left) ? std::string_view("\u00a0") : left.substr(0, 1);
            left.remove_prefix(1);
        } else {
            reason += word->second;
            left.remove_prefix(word->first.size());
        }
    }
    return reason;
}

}  // namespace domain
