// SPDX-License-Identifier: AGPL-3.0-or-later
// The commands, one function each, in the order of the table (commands.cpp).
#pragma once

#include "scrutinctl/command.hpp"

namespace scrutinctl {

util::Status keygen(Office&, const Arguments&);
util::Status schema_check(Office&, const Arguments&);
util::Status demo(Office&, const Arguments&);
util::Status import(Office&, const Arguments&);
util::Status calendar_show(Office&, const Arguments&);
util::Status calendar_set(Office&, const Arguments&);
util::Status publish(Office&, const Arguments&);
util::Status trustee_demo_ceremony(Office&, const Arguments&);
util::Status seal(Office&, const Arguments&);
util::Status open(Office&, const Arguments&);
util::Status participation(Office&, const Arguments&);
util::Status reassort_report(Office&, const Arguments&);
util::Status rehearse(Office&, const Arguments&);
util::Status close(Office&, const Arguments&);
util::Status decrypt(Office&, const Arguments&);
util::Status tally(Office&, const Arguments&);
util::Status proclaim(Office&, const Arguments&);
util::Status status(Office&, const Arguments&);
util::Status export_archives(Office&, const Arguments&);
util::Status verify(Office&, const Arguments&);
util::Status audit_show(Office&, const Arguments&);
util::Status audit_verify(Office&, const Arguments&);

}  // namespace scrutinctl
