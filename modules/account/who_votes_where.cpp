// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/who_votes_where.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace account {

namespace {

template <typename T>
void add_once(std::vector<T>& list, T one) {
    if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(std::move(one));
}

using Who = std::pair<std::string, std::string>;  // personnel, and a corps that has rules of its own

bool concerns(const store::Rule& rule, const Who& who) {
    return (rule.personnel.empty() || rule.personnel == who.first) && (rule.corps.empty() || rule.corps == who.second);
}

std::string name_of(const Who& who) {
    if (who.first.empty()) return who.second.empty() ? "Tous les personnels" : who.second;
    return who.second.empty() ? who.first : who.first + ", " + who.second;
}

}  // namespace

util::Json who_votes_where(const std::vector<store::Rule>& rules) {
    std::vector<std::string> instances;
    std::vector<Who> people;
    for (const auto& rule : rules) {
        add_once(instances, rule.instance);
        if (!rule.personnel.empty() || !rule.corps.empty()) add_once(people, Who{rule.personnel, rule.corps});
    }
    if (people.empty() && !rules.empty()) people.emplace_back();
    util::Json table{{"instances", util::Json::array()}, {"rows", util::Json::array()}};
    for (const auto& name : instances) table["instances"].push_back({{"name", name}});
    for (const auto& who : people) {
        util::Json row{{"personnel", name_of(who)}, {"cells", util::Json::array()}};
        std::size_t always = 0, perhaps = 0;
        for (const auto& name : instances) {
            bool votes = false, depends = false;
            for (const auto& rule : rules) {
                if (rule.instance != name || !concerns(rule, who)) continue;
                const bool everywhere = rule.academie_code.empty() && rule.departement.empty();
                (everywhere ? votes : depends) = true;
            }
            depends = depends && !votes;
            always += votes;
            perhaps += depends;
            row["cells"].push_back({{"name", name}, {"votes", votes}, {"depends", depends}});
        }
        row["total"] = std::to_string(always) + (perhaps > 0 ? " à " + std::to_string(always + perhaps) : "");
        table["rows"].push_back(std::move(row));
    }
    return table;
}

}  // namespace account
