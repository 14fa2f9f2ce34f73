// SPDX-License-Identifier: AGPL-3.0-or-later
// Identifiers as types of their own: a VoterId never goes where a ScrutinId is wanted. They stay inside the house.
#pragma once

#include <compare>
#include <cstdint>

namespace domain {

struct VoterId {
    std::uint32_t value = 0;
    auto operator<=>(const VoterId&) const = default;
};

struct ScrutinId {
    std::uint16_t value = 0;
    auto operator<=>(const ScrutinId&) const = default;
};

}  // namespace domain
