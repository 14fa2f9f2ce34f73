// SPDX-License-Identifier: AGPL-3.0-or-later
// The published files of a result, as its page lists them.
#pragma once

#include "domain/proclamation.hpp"
#include "scrutins/store.hpp"
#include "util/json.hpp"
#include "web/env.hpp"

namespace scrutins {

// The proclaimed result that everybody may see at this hour; nothing where there is none, or where its text is not the one of its digest.
std::optional<domain::Proclamation> shown_result(web::Env& env, const Scrutin& scrutin);

// Those of this very result: the archive that it names is among them, or there is none.
std::vector<Paper> papers_of_result(web::Env& env, const Scrutin& scrutin, const domain::Proclamation& result);

// has_papers, papers_at, and for each its name, what it is, size and digest.
void put_papers(util::Json& view, const std::vector<Paper>& papers);

}  // namespace scrutins
