// SPDX-License-Identifier: AGPL-3.0-or-later
// What is published of a proclaimed scrutin: files in the folder of [portal] papers, and rows that name them (domain/published.hpp). Logos of lists lie
// there too.
#pragma once

#include "domain/seal.hpp"
#include "scrutinctl/office.hpp"
#include "scrutinctl/store_scrutin.hpp"

namespace scrutinctl {

// The published files of a scrutin are those that were published: the journal has the digest of their list, the list those of the rows, and
// each file its own, and no other lies beside them. Done for a scrutin of which nothing is published.
util::Status check_papers(Office& office, const store::Scrutin& scrutin);

// Its pages name the logos that are sealed, and each file is the one sealed.
util::Status check_logos(Office& office, const store::Scrutin& scrutin, const domain::Seal& seal);

// Nothing lies in that folder that no scrutin and no list names.
util::Status check_no_other_file(Office& office);

// A logo that pages show, where nginx serves it by its digest; nothing for an empty one, or where nothing is published. Throws std::system_error.
void put_logo(Office& office, const std::string& png);

// Files of logos that no list has any more: of a publication that was replaced, or stopped before its commit.
void remove_logos_of_nobody(Office& office);

}  // namespace scrutinctl
