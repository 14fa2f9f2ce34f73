// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_turnout_mail.hpp"

namespace scrutinctl::store {

std::vector<TurnoutReader> turnout_readers(db::Connection& db) {
    std::vector<TurnoutReader> all;
    for (
        const auto& row : db.select(
            "SELECT m.email, v.civility, v.last_name, m.role, m.place FROM desk_member m JOIN desk_factor f ON f.email = m.email "
            "JOIN voter v ON v.email = m.email WHERE m.removed_at IS NULL AND f.daily_mail AND (v.struck_off_at IS NULL OR v.id >= 4000000000) "
            "ORDER BY m.email, m.id"))
        all.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)});
    return all;
}

}  // namespace scrutinctl::store
