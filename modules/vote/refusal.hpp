// SPDX-License-Identifier: AGPL-3.0-or-later
// Refusals of the JSON routes in the elector's words: {"error":"<word>","message":"<sentence>"}. The booth shows the
// sentence as it is; the reason goes to the log.
#pragma once

#include "util/result.hpp"
#include "vote/store.hpp"
#include "web/env.hpp"
#include "web/response.hpp"

namespace vote {

web::Response refusal(util::Fault fault);
// 410: this ballot was opened instead of cast; another one may be cast.
web::Response opened_refusal();
// 403, for as long as the office has stopped the vote; the booth keeps the ballot.
web::Response suspended_refusal();
// 409: it cannot be opened, it is in the urne or on its way there.
web::Response cast_refusal();
// 429, for a minute; the booth keeps the ballot.
web::Response too_many_ballots_refusal();
// 429, until tomorrow.
web::Response too_many_opened_refusal();

// The same, with the reason in the log: the request, the scrutin's code, never the elector nor his ballot.
web::Response logged_refusal(const web::Env& env, const MyScrutin& scrutin, const util::Failure& failure);

}  // namespace vote
