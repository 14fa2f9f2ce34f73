// SPDX-License-Identifier: AGPL-3.0-or-later
// The page of one réclamation, as it is shown and as it comes back when a file is refused.
#pragma once

#include "scrutins/store.hpp"
#include "web/env.hpp"
#include "web/form.hpp"
#include "web/response.hpp"

namespace scrutins {

// Not answered yet.
bool is_pending(const Reclamation& reclamation);

// 400 with errors.
web::Response reclamation_page(const Reclamation& mine, const web::FormErrors& errors, web::Env& env);

// Its part about files: `attachments`, and `piece`, the field, while one more may come.
void put_attachments(util::Json& view, const Reclamation& mine, const web::FormErrors& errors, web::Env& env);

}  // namespace scrutins
