// SPDX-License-Identifier: AGPL-3.0-or-later
// When a code de sécurité is asked, and whether it was given. Knows no page.
#pragma once

#include "reassort/demand_form.hpp"
#include "reassort/keys.hpp"
#include "web/env.hpp"
#include "web/form.hpp"
#include "web/request.hpp"

namespace reassort {

// Always in editions that have it; elsewhere once more demands of this network were wrong in an hour than people mistype.
bool asks_security_code(const web::Request& request, web::Env& env);

// One more demand of this network was wrong.
void count_wrong_demand(const web::Request& request, web::Env& env);

// False, with a sentence in `errors`, when it is asked and not given. `spend`: it serves no more.
bool passes_security(const web::Request& request, web::Env& env, const Keys& keys, bool spend, web::FormErrors& errors);

}  // namespace reassort
