// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/stops_view.hpp"

#include "account/store.hpp"
#include "domain/local_time.hpp"

namespace account {

namespace {

// More titles than these are a number: « Mes scrutins » says which.
constexpr std::size_t k_most_titles = 5;

struct StoppedAlike {
    domain::Stop stop;
    std::vector<std::string> titles;
};

bool is_alike(const domain::Stop& one, const domain::Stop& other) {
    return one.suspended_at == other.suspended_at && one.annulled_at == other.annulled_at && one.reason == other.reason;
}

std::string titles_of(const std::vector<std::string>& titles) {
    if (titles.size() > k_most_titles) return std::to_string(titles.size()) + " scrutins";
    std::string text;
    for (std::size_t i = 0; i < titles.size(); ++i)
        text += std::string(i == 0 ? "" : i + 1 < titles.size() ? ", " : " et ") + "«\u00a0" + titles[i] + "\u00a0»";
    return text;
}

}  // namespace

void put_stops(util::Json& view, const web::Env& env) {
    const bool is_over = env.calendar.is_over(env.now);
    const auto all = store::scrutin_stops(env.db);
    std::vector<StoppedAlike> groups;
    std::size_t suspended = 0;
    for (const auto& one : all) {
        if (!one.stop.is_annulled() && (is_over || !one.stop.is_suspended())) continue;
        suspended += one.stop.is_suspended();
        auto group = groups.begin();
        while (group != groups.end() && !is_alike(group->stop, one.stop)) ++group;
        if (group == groups.end()) group = groups.insert(group, {one.stop, {}});
        group->titles.push_back(one.title);
    }
    util::Json rows = util::Json::array();
    for (const auto& group : groups)
        rows.push_back({{"since", domain::paris_full(group.stop.since())},
                        {"reason", group.stop.reason},
                        {"titles", titles_of(group.titles)},
                        {"is_annulled", group.stop.is_annulled()},
                        {"is_all", group.titles.size() == all.size()}});
    view["has_stops"] = !rows.empty();
    view["all_suspended"] = suspended > 0 && suspended == all.size();
    view["stops"] = std::move(rows);
}

}  // namespace account
