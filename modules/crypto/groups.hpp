// SPDX-License-Identifier: AGPL-3.0-or-later
// From a group's name to its type: the one place that lists the groups.
#pragma once

#include "crypto/group.hpp"
#include "crypto/ed25519/group.hpp"
#include "crypto/prime/group.hpp"

namespace crypto {

static_assert(FastGroup<Toy607> && FastGroup<Belenios2048> && FastGroup<Ed25519>);

template <class G>
struct GroupTag {
    using type = G;
};

// Calls visit(GroupTag<G>{}); a value-initialised result for an unknown name, after calling `unknown`.
template <class Visit, class Unknown>
auto with_group(std::string_view name, Visit visit, Unknown unknown) -> decltype(visit(GroupTag<Ed25519>{})) {
    if (name == Ed25519::k_name) return visit(GroupTag<Ed25519>{});
    if (name == Belenios2048::k_name) return visit(GroupTag<Belenios2048>{});
    if (name == Toy607::k_name) return visit(GroupTag<Toy607>{});
    return unknown();
}

}  // namespace crypto
