// SPDX-License-Identifier: AGPL-3.0-or-later
// What the two homes say of votes that the office stopped: the same for everybody, made anew for a new data version.
#pragma once

#include "util/json.hpp"
#include "web/env.hpp"

namespace account {

// `has_stops`, `all_suspended`, `stops`: those that stand alike are one line {since, reason, titles, is_annulled, is_one}. Asks the database: for views
// that are kept. A suspension is said while the vote lasts.
void put_stops(util::Json& view, const web::Env& env);

}  // namespace account
