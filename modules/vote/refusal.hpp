// SPDX-License-Identifier: AGPL-3.0-or-later
// Refusals of the JSON routes in the elector's words: {"error":"<word>","message":"<sentence>"}. The booth shows the
// sentence as it is; the reason goes to the log.
#pragma once

#include "util/result.hpp"
#include "vote/store.hpp"
#include "web/response.hpp"

namespace vote {

web::Response refusal(util::Fault fault);

// The same, with the reason in the log: the scrutin's code, never the elector nor his ballot.
web::Response logged_refusal(const MyScrutin& scrutin, const util::Failure& failure);

}  // namespace vote
