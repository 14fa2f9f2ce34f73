// SPDX-License-Identifier: AGPL-3.0-or-later
// Parts that the réassort pages share: names of the code, what was typed, the question to ask.
#pragma once

#include <optional>
#include <string>

#include "reassort/demand_form.hpp"
#include "reassort/store.hpp"
#include "web/env.hpp"
#include "web/request.hpp"

namespace reassort {

// What the edition calls the secret: « code de vote », « identifiant électeur » in 2018; and « nouveau code de vote ».
std::string code_name(const web::Env& env);
std::string new_code_name(const web::Env& env);

Typed typed_in(const web::Request& request);

// The question to ask of this elector: his own, in editions that have one.
std::optional<Defi> defi_of(web::Env& env);

}  // namespace reassort
