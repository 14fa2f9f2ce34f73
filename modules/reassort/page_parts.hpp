// SPDX-License-Identifier: AGPL-3.0-or-later
// Parts that the réassort pages share: the form, and the page that says why nothing can be asked.
#pragma once

#include <optional>
#include <string>

#include "reassort/demand.hpp"
#include "reassort/store.hpp"
#include "web/env.hpp"
#include "web/form.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace reassort {

// What the edition calls the secret: « code de vote », « identifiant électeur » in 2018; and « nouveau code de vote ».
std::string code_name(const web::Env& env);
std::string new_code_name(const web::Env& env);

Typed typed_in(const web::Request& request);

// The question to ask of this elector: his own, in editions that have one.
std::optional<Defi> defi_of(web::Env& env);

// The form, with what was typed and what is to be mended. 200, or 400 with errors.
web::Response form_page(const Typed& typed, const web::FormErrors& errors, unsigned remaining, web::Env& env);

enum class Refusal { not_yet, closed, none_left, frozen, too_many_tries, busy, not_ready };
// Why no code can be asked, what to do next and whom to call (UX-18). 403, 429 or 503.
web::Response refusal_page(Refusal refusal, web::Env& env);

// The refusal that stands before any form: window, freeze, requests left.
std::optional<Refusal> standing_refusal(web::Env& env, unsigned& remaining);

}  // namespace reassort
