// SPDX-License-Identifier: AGPL-3.0-or-later
// The short fingerprints for the notices: beside notices.csv, so that each elector's sheet can bear those of his own scrutins, printed before
// any screen shows one.
#pragma once

#include "scrutinctl/office.hpp"
#include "scrutinctl/seal_codes.hpp"

namespace scrutinctl {

// empreintes.csv: courriel, scrutin, titre, empreinte; a line for each elector and scrutin, in the order of notices.csv. Not public: mode 0600.
// Throws std::system_error where the disk refuses; written again by the next call.
void write_notice_fingerprints(Office& office, const std::vector<store::Scrutin>& scrutins, const NoticesFolder& folder);

}  // namespace scrutinctl
