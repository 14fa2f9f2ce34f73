// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutins/store_delegates.hpp"

#include <algorithm>

namespace scrutins {

std::vector<DelegatedList> delegated_lists(db::Connection& db, domain::VoterId voter) {
    std::vector<DelegatedList> lists;
    for (const auto& row :
         db.select("SELECT s.title, l.id, l.position, l.name, l.union_name, p.candidate_list_id IS NOT NULL "
                   "FROM list_delegate d JOIN candidate_list l ON l.id = d.candidate_list_id "
                   "JOIN scrutin s ON s.id = l.scrutin_id LEFT JOIN profession_de_foi p ON p.candidate_list_id = l.id "
                   "WHERE d.voter_id = ? ORDER BY s.position, l.position",
                   {voter.value})) {
        lists.push_back({row.text(0), candidate_list_from(row, 1)});
    }
    for (const auto& row : db.select("SELECT c.candidate_list_id, c.position, c.civility, c.last_name, c.first_name, c.affectation "
                                     "FROM list_delegate d JOIN candidate c ON c.candidate_list_id = d.candidate_list_id "
                                     "WHERE d.voter_id = ? ORDER BY c.candidate_list_id, c.position",
                                     {voter.value})) {
        const auto own = std::find_if(lists.begin(), lists.end(), [&](const auto& one) { return one.list.id == row.number(0); });
        if (own == lists.end()) continue;  // a list born between the two reads
        own->list.candidates.push_back(candidate_from(row, 1));
    }
    return lists;
}

std::optional<std::string> delegated_profession(db::Connection& db, domain::VoterId voter, std::uint32_t list) {
    const auto row = db.select_one(
        "SELECT p.pdf FROM list_delegate d JOIN profession_de_foi p ON p.candidate_list_id = d.candidate_list_id "
        "WHERE d.voter_id = ? AND d.candidate_list_id = ?",
        {voter.value, list});
    return row ? std::optional(row->text(0)) : std::nullopt;
}

}  // namespace scrutins
