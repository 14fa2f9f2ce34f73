// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of what serves and counts: programs, pages, the booth's files, the schema's files, each with its digest, as this machine has
// them. Knows no election.
#pragma once

#include <string>

#include "scrutinctl/office.hpp"

namespace scrutinctl {

// "schema N", then a line "<hex SHA-256>  <path>" for each file, in the order of the paths: programs/…, templates/…, static/…, sql/….
// The lines are those that sha256sum writes.
std::string list_programs(Office& office);

}  // namespace scrutinctl
