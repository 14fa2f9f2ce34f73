// SPDX-License-Identifier: AGPL-3.0-or-later
// What both ways of a réassort ask before anything leaves: the answer to the question défi, and room for one more message.
#pragma once

#include <optional>
#include <string>

#include "reassort/demand_form.hpp"
#include "reassort/keys.hpp"
#include "reassort/store.hpp"
#include "util/result.hpp"
#include "web/env.hpp"

namespace reassort {

// True where no question is asked. Fault::throttled above twenty answers of an elector in an hour, Fault::busy when too many are checked at once.
util::Result<bool> answer_holds(const std::string& answer, const std::optional<Defi>& defi, web::Env& env, const Keys& keys);

// Counts one more message to this destination and tells whether it may leave.
bool may_send(web::Env& env, const Destination& to);

}  // namespace reassort
