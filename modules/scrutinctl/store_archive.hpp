// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the archive: the tables that are kept for two years, and what is compared once they are put back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"

namespace scrutinctl::store {

// A table by its whole name, and the statement that reads its kept columns by primary key. In the order of reading: a signed head before what it is
// over, which only grows.
struct KeptTable {
    std::string_view name;  // "portail.voter"
    std::string_view sql;

    std::string_view columns() const;  // "id, code"
};
std::vector<KeptTable> kept_tables();

// All that is not kept: a table ("portail.account") or a column of a kept one ("portail.voter.identity_check"), and why, in French, as the archive
// tells its reader. A test wants each table and column of the schema in one of both lists.
struct LeftOut {
    std::string_view name, reason;
};
std::vector<LeftOut> left_out();

std::optional<util::Instant> last_proclaimed_at(db::Connection& db);

// The figures that pages and minutes show, beside the proclaimed text.
struct ShownResult {
    std::uint64_t inscrits = 0, votants = 0, blancs = 0, exprimes = 0;
    struct List {
        std::uint64_t votes = 0;
        unsigned seats = 0;
    };
    std::vector<List> lists;  // in the order of the ballot
};
std::optional<ShownResult> shown_result(db::Connection& db, domain::ScrutinId scrutin);

// Acts of one name, oldest first.
struct NotedAct {
    util::Instant at;
    std::string actor, detail;
};
std::vector<NotedAct> acts_of(db::Connection& db, const std::string& action);

}  // namespace scrutinctl::store
