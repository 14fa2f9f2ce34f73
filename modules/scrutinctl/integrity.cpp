// SPDX-License-Identifier: AGPL-3.0-or-later
// integrity: everything that the office can compare, scrutin by scrutin, at any moment. It reads, and changes nothing.
#include "scrutinctl/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/count.hpp"
#include "scrutinctl/public_log.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "scrutinctl/stops.hpp"

namespace scrutinctl {

using namespace cli;

util::Status integrity(Office& office, const Arguments& arguments) {
    const auto scrutins = chosen_scrutins(office, arguments);
    if (!scrutins) return scrutins.error();
    SealKeeper keeper(office);
    Stops stops;
    std::size_t held = 0, not_sealed = 0;
    for (const store::Scrutin& scrutin : *scrutins) {
        if (scrutin.state < domain::ScrutinState::sealed) {
            ++not_sealed;
            continue;
        }
        const auto sealed = keeper.require(scrutin);
        if (!sealed) {
            stops.add(sealed.error());
            continue;
        }
        if (const util::Status agree = check_counters(office, scrutin); !agree) {
            stops.add(agree.error());
            continue;
        }
        if (const util::Status log = check_public_log(office, scrutin, sealed->seal.log_key); !log) {
            stops.add(log.error());
            continue;
        }
        ++held;
    }
    if (const auto journal = check_journal(office); !journal) stops.add(journal.error());
    if (not_sealed == 0) {
        if (const util::Status whole = keeper.require_election(); !whole) stops.add(whole.error());
    }
    say(counted(held, "scrutin intact", "scrutins intacts") + " : scellement, émargements, urne et journal public concordent" +
        (not_sealed > 0 ? " ; " + counted(not_sealed, "scrutin pas encore scellé", "scrutins pas encore scellés") : "") + ".");
    return stops.outcome();
}

}  // namespace scrutinctl
