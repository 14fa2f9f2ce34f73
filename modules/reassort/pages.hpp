// SPDX-License-Identifier: AGPL-3.0-or-later
// A new code de vote: the form, its check, the sending, and « ce n'est pas moi ». All want a signed-in elector.
#pragma once

#include "reassort/issue.hpp"
#include "web/handler.hpp"

namespace reassort {

using web::Answer;

Answer show_form(const web::Request& request, web::Env& env);
Answer check_form(const web::Request& request, web::Env& env);
Answer send_code(const web::Request& request, web::Env& env, const Keys& keys);
Answer show_sent(const web::Request& request, web::Env& env);
Answer show_freeze(const web::Request& request, web::Env& env);
Answer freeze_requests(const web::Request& request, web::Env& env);

}  // namespace reassort
