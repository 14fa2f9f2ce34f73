// SPDX-License-Identifier: AGPL-3.0-or-later
// What the commands `candidatures …` share. Knows no SQL.
#pragma once

#include <string>
#include <vector>

#include "scrutinctl/office.hpp"
#include "scrutinctl/store_candidatures.hpp"
#include "util/json.hpp"

namespace scrutinctl {

// « candidature n° 3, ctm, Syndicat X ».
std::string words_of(const store::Candidature& candidature);

domain::DepositWindow window_of(Office& office, const store::Candidature& candidature);

// The office's, or what holds where it said nothing: 1 to twice the seats, two pages.
domain::ListRule rule_of(Office& office, const std::string& scrutin_code);

util::Result<store::Candidature> candidature_of(Office& office, unsigned id);

// All that was deposited, with its files.
domain::Deposit read_deposit(Office& office, const store::Candidature& candidature, const store::Deposited& deposited);

// What the office looks at before it accepts: names, women and men, each candidate on the roll, nobody on two lists of the scrutin, the PDF.
std::vector<std::string> faults_of(Office& office, const store::Candidature& candidature, const store::Deposited& deposited);

// The same as one text, a line each, as candidature_decision.despite keeps it.
std::string joined(const std::vector<std::string>& lines);

// In the caller's transaction: a mail to each delegate of the candidature. `once`: the same for the same step.
void mail_delegates(Office& office, const store::Candidature& candidature, const std::string& template_name, const util::Json& view,
                    const std::string& once);

}  // namespace scrutinctl
