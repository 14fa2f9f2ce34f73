// SPDX-License-Identifier: AGPL-3.0-or-later
// One change that two members of the desk approved, ended: made, or noted as impossible with the reason.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "scrutinctl/office.hpp"
#include "scrutinctl/store_roll.hpp"

namespace scrutinctl {

struct Applied {
    std::uint64_t made = 0, impossible = 0;
};
// Makes it, in the transaction that the change is locked in; why not, and what it wrote is undone.
using CarryOut = std::function<std::string(const store::RollChange&)>;
// With its line in the journal; nothing where somebody else ended it meanwhile.
void apply_change(Office& office, unsigned number, Applied& applied, const CarryOut& carry_out);

}  // namespace scrutinctl
