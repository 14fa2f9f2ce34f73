// SPDX-License-Identifier: AGPL-3.0-or-later
// The minutes of a scrutin as its two files; the bundle has them too.
#pragma once

#include "scrutinctl/holders.hpp"
#include "scrutinctl/minutes_text.hpp"

namespace scrutinctl {

struct MinutesFiles {
    std::string html, pdf;
};
// Whatever the scrutin's state is from the sealing on. refused: it is not sealed, or what was sealed is not there any more. `bundle`: the digest of the
// scrutin's bundle, for the version that everybody may read.
util::Result<MinutesFiles> make_minutes(Office& office, const store::Scrutin& scrutin, const HolderNames& holders,
                                        const std::string& bundle = {});

}  // namespace scrutinctl
