// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/memory.hpp"

#include "bureau/store_turnout.hpp"

namespace bureau {

namespace {

constexpr std::chrono::minutes k_turnout_kept{1};
// A cast's hour is read before it is committed, by another machine's clock perhaps: an hour is over some minutes after its end.
constexpr std::chrono::minutes k_hour_settles{15};

bool is_fresh(util::Instant at, util::Instant now) { return now >= at && now - at < k_turnout_kept; }

std::uint64_t sum_of(const std::vector<TurnoutGroup>& groups) {
    std::uint64_t sum = 0;
    for (const TurnoutGroup& group : groups) sum += group.voted();
    return sum;
}

// Counting everybody's votes anew each minute took 0.3 s for 120,000 of them; those of the hours that are over are counted once. Should one of these come late
// all the same, the plain number of rows finds it out.
std::vector<TurnoutGroup> votes_in(web::Env& env, Memory& memory, domain::ScrutinId scrutin,
                                   const std::vector<TurnoutGroup>& categories) {
    const auto version = env.election.data_version;
    auto past = memory.past.find(version, scrutin.value);
    const std::uint64_t at_least = scrutin_counters(env.db, scrutin).emargements;
    auto groups = past ? past->groups : categories;
    add_votes(env.db, scrutin, past ? past->until : util::Instant{}, groups);
    if (past && sum_of(groups) < at_least) {
        past = nullptr;
        groups = categories;
        add_votes(env.db, scrutin, util::Instant{}, groups);
    }
    const util::Instant settled = std::chrono::floor<std::chrono::hours>(env.now - k_hour_settles);
    if (!past || past->until < settled) {
        PastVotes fresh{groups, settled};
        for (TurnoutGroup& group : fresh.groups)
            std::erase_if(group.votes, [&](const auto& hour) { return hour.first >= settled; });
        memory.past.keep(version, scrutin.value, std::move(fresh));
    }
    return groups;
}

std::shared_ptr<const std::vector<TurnoutGroup>> categories_in(web::Env& env, Memory& memory, domain::ScrutinId scrutin) {
    const auto version = env.election.data_version;
    if (auto known = memory.categories.find(version, scrutin.value)) return known;
    return memory.categories.keep(version, scrutin.value, roll_categories(env.db, scrutin));
}

}  // namespace

std::uint64_t enrolled_in(web::Env& env, Memory& memory, domain::ScrutinId scrutin) {
    std::uint64_t sum = 0;
    for (const auto& group : *categories_in(env, memory, scrutin)) sum += group.enrolled;
    return sum;
}

std::shared_ptr<const Turnout> turnout_in(web::Env& env, Memory& memory, domain::ScrutinId scrutin) {
    {
        const std::lock_guard lock(memory.mutex);
        const auto known = memory.turnouts.find(scrutin.value);
        if (known != memory.turnouts.end() && is_fresh(known->second->at, env.now)) return known->second;
    }
    const auto categories = categories_in(env, memory, scrutin);
    auto fresh = std::make_shared<const Turnout>(turnout_of(votes_in(env, memory, scrutin, *categories), env.now));
    const std::lock_guard lock(memory.mutex);
    return memory.turnouts.insert_or_assign(scrutin.value, fresh).first->second;
}

Activation activation_in(web::Env& env, Memory& memory, const std::string& academie) {
    {
        const std::lock_guard lock(memory.mutex);
        const auto known = memory.activations.find(academie);
        if (known != memory.activations.end() && is_fresh(known->second.first, env.now)) return known->second.second;
    }
    const Activation fresh = activation_of(env.db, academie);
    const std::lock_guard lock(memory.mutex);
    memory.activations.insert_or_assign(academie, std::pair{env.now, fresh});
    return fresh;
}

}  // namespace bureau
