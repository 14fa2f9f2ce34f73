// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/store_late.hpp"

#include <utility>

namespace bureau {

RulesOfElection rules_of_election(db::Connection& db) {
    std::vector<domain::AcademieName> academies;
    std::vector<domain::ScrutinPlace> places;
    std::vector<domain::EligibilityRule> rules;
    std::vector<std::string> titles;
    for (const auto& row : db.select("SELECT code, name FROM academie ORDER BY code"))
        academies.push_back({row.text(0), row.text(1)});
    for (const auto& row : db.select("SELECT title, instance, level, perimeter FROM scrutin ORDER BY position, id")) {
        titles.push_back(row.text(0));
        places.push_back({row.text(1), domain::scrutin_level_of(row.text(2)), row.text(3)});
    }
    for (const auto& row :
         db.select("SELECT personnel, corps, academie_code, departement, instance, reason FROM eligibility_rule ORDER BY position"))
        rules.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)});
    return {domain::LineRules(std::move(academies), std::move(places), std::move(rules)), std::move(titles)};
}

std::optional<unsigned> waiting_inscription(db::Connection& db, std::string_view academie, std::string_view address,
                                            util::Instant now) {
    const auto row = db.select_one(
        "SELECT id FROM roll_change WHERE kind = 'add' AND academie_code = ? AND JSON_VALUE(detail, '$.email') = ? AND "
        "((state = 'proposed' AND expires_at > ?) OR state = 'approved') ORDER BY id LIMIT 1",
        {academie, address, util::to_sql(now)});
    return row ? std::optional(static_cast<unsigned>(row->number(0))) : std::nullopt;
}

}  // namespace bureau
