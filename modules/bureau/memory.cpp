// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/memory.hpp"

#include "bureau/store.hpp"

namespace bureau {

std::uint64_t enrolled_in(web::Env& env, Memory& memory, domain::ScrutinId scrutin) {
    const auto version = env.election.data_version;
    if (const auto known = memory.enrolled.find(version, scrutin.value)) return *known;
    return *memory.enrolled.keep(version, scrutin.value, count_enrolled(env.db, scrutin));
}

}  // namespace bureau
