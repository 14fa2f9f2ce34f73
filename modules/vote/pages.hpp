// SPDX-License-Identifier: AGPL-3.0-or-later
// The voting space and what the booth asks. All want a signed-in elector; a scrutin that is not his is a 404, like one that
// does not exist.
#pragma once

#include "vote/context.hpp"
#include "web/handler.hpp"

namespace vote {

using web::Answer;

// scrutins.cpp: « Je vote », my scrutins and what can be done in each. 200.
Answer show_scrutins(const web::Request& request, web::Env& env, Context& context);

// bulletin.cpp: the booth, or the page that says why not: not yet, suspended, closed, annulled, already voted. 200, 404.
Answer show_bulletin(const web::Request& request, web::Env& env, Context& context);

// parametres.cpp, enveloppe.cpp: what the booth needs to make a ballot, and the elector's envelope. JSON.
// 200; 403 outside the voting hours; 503 when sealing and this worker disagree. For one scrutin's parameters also 404, and 409
// once he has voted in it; for the envelope 403 once he has voted in all.
Answer give_parametres(const web::Request& request, web::Env& env, Context& context);
Answer give_enveloppe(const web::Request& request, web::Env& env, Context& context);

// depot.cpp: takes the ballot. JSON: 200 {"receipt"}, 400, 403, 404, 409, 410, 429, 503.
Answer take_ballot(const web::Request& request, web::Env& env, Context& context);

// ouverture.cpp: notes that the ballot of this reference is opened instead of cast; only then the booth shows what it says.
// JSON: 200 {"opened": the reference}, 400, 403, 404, 409, 429.
Answer note_ouverture(const web::Request& request, web::Env& env, Context& context);

// accuse.cpp: that and when the elector has voted, and how to check his reference. 200; 303 before the vote; 404.
Answer show_accuse(const web::Request& request, web::Env& env, Context& context);
web::Response accuse_page(const MyScrutin& scrutin, const web::Env& env);
// The receipt sent back by the browser, as a PDF. 200; JSON 400 when it is not one of this scrutin, 404.
Answer give_receipt_paper(const web::Request& request, web::Env& env, Context& context);

}  // namespace vote
