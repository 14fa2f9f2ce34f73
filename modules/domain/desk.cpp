// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/desk.hpp"

#include <array>

#include "util/bytes.hpp"

namespace domain {

namespace {

struct RoleWords {
    DeskRole role;
    std::string_view name, label;
};
constexpr std::array<RoleWords, 8> k_roles{{{DeskRole::president, "president", "président"},
                                            {DeskRole::secretaire, "secretaire", "secrétaire"},
                                            {DeskRole::delegue, "delegue", "délégué"},
                                            {DeskRole::suppleant, "suppleant", "suppléant"},
                                            {DeskRole::expert, "expert", "expert indépendant"},
                                            {DeskRole::gestionnaire, "gestionnaire", "gestionnaire"},
                                            {DeskRole::assistance, "assistance", "assistance"},
                                            {DeskRole::delegue_liste, "delegue_liste", "délégué de liste"}}};

}  // namespace

std::optional<DeskRole> desk_role_of(std::string_view word) {
    for (const RoleWords& one : k_roles)
        if (one.name == word) return one.role;
    return std::nullopt;
}

std::string_view name_of(DeskRole role) { return k_roles[static_cast<std::size_t>(role)].name; }
std::string_view label_of(DeskRole role) { return k_roles[static_cast<std::size_t>(role)].label; }

bool is_of_bureau(DeskRole role) {
    return role != DeskRole::gestionnaire && role != DeskRole::assistance && role != DeskRole::delegue_liste;
}

bool may(DeskRole role, DeskRight right) {
    switch (right) {
        case DeskRight::counters:
        case DeskRight::integrity:
        case DeskRight::journal: return is_of_bureau(role);
        // The law gives the attendance to the bureau's members; its expert looks at the system, not at people.
        case DeskRight::attendance: return is_of_bureau(role) && role != DeskRole::expert;
        case DeskRight::claims:
        case DeskRight::roll: return role == DeskRole::gestionnaire;
        case DeskRight::assistance: return role == DeskRole::gestionnaire || role == DeskRole::assistance;
        case DeskRight::deposit: return role == DeskRole::delegue_liste;
    }
    return false;
}

std::string enrolment_hash(std::string_view address, std::string_view code) {
    return util::sha256_hex("desk-enrolment|" + std::string(address) + "|" + std::string(code));
}

}  // namespace domain
