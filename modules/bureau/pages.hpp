// SPDX-License-Identifier: AGPL-3.0-or-later
// The handlers, one per row of the route table. Each stands behind at_desk() or at_door().
#pragma once

#include "bureau/desk.hpp"
#include "bureau/memory.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace bureau {

using web::Answer;

Answer show_code(const web::Request&, web::Env&, const Desk&);
Answer take_code(const web::Request&, web::Env&, const Desk&, const FactorBox&);
Answer show_enrolement(const web::Request&, web::Env&, const Desk&);
Answer take_enrolement(const web::Request&, web::Env&, const Desk&, const FactorBox&);
Answer leave(const web::Request&, web::Env&, const Desk&);

Answer show_accueil(const web::Request&, web::Env&, const Desk&, Memory&);
Answer show_journal(const web::Request&, web::Env&, const Desk&);

}  // namespace bureau
