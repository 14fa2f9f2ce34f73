// SPDX-License-Identifier: AGPL-3.0-or-later
// A new code de vote: the form, its check, the sending, and « ce n'est pas moi ». All want a signed-in elector. What a handler
// is: web/handler.hpp.
#pragma once

#include "reassort/demand_form.hpp"
#include "reassort/keys.hpp"
#include "reassort/refusal.hpp"
#include "web/form.hpp"
#include "web/handler.hpp"

namespace reassort {

using web::Answer;

// demande.cpp: the form, with what was typed and what is to be mended: 200, or 400 with errors. A code de sécurité in it is always a new one.
Answer show_demande(const web::Request& request, web::Env& env, const Keys& keys);
web::Response form_page(const web::Request& request, const Typed& typed, const web::FormErrors& errors, unsigned remaining,
                        web::Env& env, const Keys& keys);
// The form again with one neutral sentence: it does not say which of the data is wrong. Counted for the network.
web::Response mismatch_page(const web::Request& request, unsigned remaining, web::Env& env, const Keys& keys);

// securite.cpp
Answer show_securite(const web::Request& request, web::Env& env, const Keys& keys);

// verification.cpp
Answer check_demande(const web::Request& request, web::Env& env, const Keys& keys);

// envoi.cpp
Answer send_code(const web::Request& request, web::Env& env, const Keys& keys);
Answer show_envoi(const web::Request& request, web::Env& env);

// temporaire.cpp: where a code is shown on screen, the form that gets a temporary one, and « renvoyer ».
Answer send_temporary(const web::Request& request, web::Env& env, const Keys& keys);
Answer resend(const web::Request& request, web::Env& env, const Keys& keys);

// code.cpp: the temporary code, typed against the new one.
Answer show_code_form(const web::Request& request, web::Env& env, const Keys& keys);
Answer give_code(const web::Request& request, web::Env& env, const Keys& keys);

// gel.cpp
Answer show_gel(const web::Request& request, web::Env& env);
Answer freeze_requests(const web::Request& request, web::Env& env);

// refus.cpp: 403, 429 or 503.
web::Response refusal_page(Refusal refusal, web::Env& env);

}  // namespace reassort
