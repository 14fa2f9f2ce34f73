// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages of the reassort worker. routes.cpp says which path and guard.
#pragma once

#include "reassort/issue.hpp"
#include "util/result.hpp"
#include "web/env.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace reassort {

using Answer = util::Result<web::Response>;

Answer show_form(const web::Request& request, web::Env& env);
Answer check_form(const web::Request& request, web::Env& env);
Answer send_code(const web::Request& request, web::Env& env, const Keys& keys);
Answer show_sent(const web::Request& request, web::Env& env);
Answer show_freeze(const web::Request& request, web::Env& env);
Answer freeze_requests(const web::Request& request, web::Env& env);

}  // namespace reassort
