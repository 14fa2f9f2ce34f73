// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/roll_line.hpp"

#include <algorithm>
#include <utility>

#include "domain/roll_change.hpp"
#include "util/text.hpp"

namespace domain {

util::Json detail_of(const LineTexts& line) {
    util::Json detail = util::Json::object();
    for (const LineColumn& one : k_line_columns) detail[one.key] = line.*one.text;
    return detail;
}

LineTexts line_in(const util::Json& detail) {
    LineTexts line;
    for (const LineColumn& one : k_line_columns) line.*one.text = text_in(detail, one.key);
    return line;
}

LineRules::LineRules(std::vector<AcademieName> academies, std::vector<ScrutinPlace> scrutins, std::vector<EligibilityRule> rules)
    : academies_(std::move(academies)),
      scrutins_(std::move(scrutins)),
      words_(academies_, scrutins_, rules),
      eligibility_(std::move(rules), scrutins_) {}

LineRules::Found LineRules::of(const LineTexts& line) const {
    auto given = eligibility_.rights_of({line.personnel, line.corps, line.academie_code, line.departement});
    Found found;
    for (const std::size_t rule : given.without_scrutin)
        found.faults.push_back({Fault::Kind::no_scrutin, perimeters_of(eligibility_.rules()[rule].instance).column, rule});
    if (!words_.personnel().knows(line.personnel)) found.nearest = words_.personnel().nearest(line.personnel);
    if (given.rights.empty()) found.faults.push_back({Fault::Kind::no_rule, "personnel", 0});
    if (given.rights.size() > k_most_scrutins) found.faults.push_back({Fault::Kind::too_many, "personnel", 0});
    for (const auto& right : given.rights)
        if (util::count_code_points(reason_of(right.rule, line)) > k_longest_reason)
            found.faults.push_back({Fault::Kind::long_reason, "personnel", right.rule});
    found.rights = std::move(given.rights);
    return found;
}

std::string LineRules::reason_of(std::size_t rule, const LineTexts& line) const {
    const auto academie =
        std::find_if(academies_.begin(), academies_.end(), [&](const AcademieName& one) { return one.code == line.academie_code; });
    return domain::reason_of(eligibility_.rules()[rule], {line.personnel, line.corps, line.academie_code, line.departement},
                             academie == academies_.end() ? std::string_view() : std::string_view(academie->name));
}

std::vector<std::string_view> LineRules::profiles() const {
    std::vector<std::string_view> names;
    for (const EligibilityRule& one : eligibility_.rules())
        if (!one.personnel.empty() && std::find(names.begin(), names.end(), one.personnel) == names.end())
            names.push_back(one.personnel);
    return names;
}

LineRules::Perimeters LineRules::perimeters_of(std::string_view instance) const {
    Perimeters found;
    for (const ScrutinPlace& scrutin : scrutins_) {
        if (scrutin.instance != instance || scrutin.level == ScrutinLevel::national) continue;
        found.column = scrutin.level == ScrutinLevel::departemental ? "departement" : "academie";
        found.known.push_back(scrutin.perimeter);
    }
    return found;
}

}  // namespace domain
