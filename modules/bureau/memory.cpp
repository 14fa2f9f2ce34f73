// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/memory.hpp"

#include "bureau/store_turnout.hpp"

namespace bureau {

namespace {

constexpr std::chrono::minutes k_turnout_kept{1};

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
        if (known != memory.turnouts.end() && env.now >= known->second->at && env.now - known->second->at < k_turnout_kept)
            return known->second;
    }
    auto groups = *categories_in(env, memory, scrutin);
    add_votes(env.db, scrutin, groups);
    auto fresh = std::make_shared<const Turnout>(turnout_of(std::move(groups), env.now));
    const std::lock_guard lock(memory.mutex);
    return memory.turnouts.insert_or_assign(scrutin.value, fresh).first->second;
}

}  // namespace bureau
