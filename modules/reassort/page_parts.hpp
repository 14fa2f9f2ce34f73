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

// Where one comes back to: « Je vote » while the vote is open and codes are shown there, else the voter space.
util::Json back_link(web::Env& env);

Typed typed_in(const web::Request& request);

// Puts what became of an SMS into the view: has_sms, one of sms_waits, sms_left, sms_operator, sms_phone,
// sms_refused, and sms_at, its hour.
void put_delivery(util::Json& view, std::optional<std::uint64_t> message_id, web::Env& env);

// The host that people see, for the last line of an SMS, by which a browser knows that a code is for this portal.
std::string host_of(const std::string& base_url);

// The question to ask of this elector: his own, in editions that have one.
std::optional<Defi> defi_of(web::Env& env);

}  // namespace reassort
