// SPDX-License-Identifier: AGPL-3.0-or-later
// What is published of a proclaimed scrutin: files in the folder of [portal] papers, as <scrutin's code>/<digest>, and rows that name them. Logos of
// lists lie there too, as logos/<digest>.png.
#pragma once

#include "scrutinctl/office.hpp"
#include "scrutinctl/store_scrutin.hpp"

namespace scrutinctl {

// The published files of a scrutin are those that were published: the journal has the digest of their list, the list those of the rows, and
// each file its own. Done for a scrutin of which nothing is published.
util::Status check_papers(Office& office, const store::Scrutin& scrutin);

// A logo that pages show, where nginx serves it by its digest; nothing for an empty one, or where nothing is published. Throws std::system_error.
void put_logo(Office& office, const std::string& png);

}  // namespace scrutinctl
