// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/turnout.hpp"

#include <algorithm>
#include <set>

#include "util/csv_field.hpp"

namespace bureau {

namespace {

constexpr std::int64_t k_plot_width = 1000, k_plot_height = 300;

void add_group(TurnoutGroup& to, const TurnoutGroup& from) {
    to.enrolled += from.enrolled;
    for (const auto& [hour, count] : from.votes) to.votes[hour] += count;
}

}  // namespace

std::uint64_t TurnoutGroup::voted() const {
    std::uint64_t sum = 0;
    for (const auto& [hour, count] : votes) sum += count;
    return sum;
}

std::uint64_t TurnoutGroup::voted_before(util::Instant end) const {
    std::uint64_t sum = 0;
    for (auto it = votes.begin(); it != votes.end() && it->first < end; ++it) sum += it->second;
    return sum;
}

Turnout turnout_of(std::vector<TurnoutGroup> groups, util::Instant at) {
    Turnout turnout{at, {"ensemble", 0, {}}, {}};
    for (const auto& group : groups) add_group(turnout.all, group);
    // The smallest first: they go together until those left are large and they are as well.
    std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.enrolled < b.enrolled; });
    TurnoutGroup others{std::string(k_other_groups), 0, {}};
    std::size_t first = 0;
    while (first < groups.size() && (groups[first].enrolled < k_least_group || (first > 0 && others.enrolled < k_least_group)))
        add_group(others, groups[first++]);
    for (std::size_t i = groups.size(); i > first; --i) turnout.groups.push_back(std::move(groups[i - 1]));
    if (first > 0) turnout.groups.push_back(std::move(others));
    if (turnout.groups.size() < 2) turnout.groups.clear();
    return turnout;
}

std::string turnout_points(const TurnoutGroup& all, util::Instant opens, util::Instant closes, util::Instant now) {
    std::string points = "0," + std::to_string(k_plot_height);
    const std::int64_t whole = std::max<std::int64_t>((closes - opens).count(), 1);
    const auto place = [&](util::Instant at, std::uint64_t voted) {
        const std::int64_t x = std::clamp<std::int64_t>((at - opens).count() * k_plot_width / whole, 0, k_plot_width);
        const std::int64_t y =
            k_plot_height - (all.enrolled == 0 ? 0 : static_cast<std::int64_t>(voted * k_plot_height / all.enrolled));
        points += " " + std::to_string(x) + "," + std::to_string(y);
    };
    std::uint64_t sum = 0;
    for (const auto& [hour, count] : all.votes) {
        place(std::max(hour, opens), sum);
        sum += count;
        place(std::min(hour + std::chrono::hours{1}, now), sum);
    }
    place(std::min(now, closes), sum);
    return points;
}

std::string turnout_csv(const Turnout& turnout) {
    std::vector<const TurnoutGroup*> groups{&turnout.all};
    for (const auto& group : turnout.groups) groups.push_back(&group);
    std::set<util::Instant> hours;
    for (const auto& [hour, count] : turnout.all.votes) hours.insert(hour);
    std::string text = "\ufeffheure (UTC);catégorie;inscrits;votes de l’heure;votes depuis l’ouverture\r\n";
    for (const auto hour : hours) {
        for (const TurnoutGroup* group : groups) {
            const auto found = group->votes.find(hour);
            text += util::to_iso(hour) + ";" + util::csv_field(group->name) + ";" + std::to_string(group->enrolled) + ";" +
                    std::to_string(found == group->votes.end() ? 0 : found->second) + ";" +
                    std::to_string(group->voted_before(hour + std::chrono::hours{1})) + "\r\n";
        }
    }
    return text;
}

}  // namespace bureau
