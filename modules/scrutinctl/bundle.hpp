// SPDX-License-Identifier: AGPL-3.0-or-later
// All that one proclaimed scrutin leaves, in one folder (bundle.cpp).
#pragma once

#include <filesystem>

#include "scrutinctl/minutes.hpp"

namespace scrutinctl {

// Writes out/<code>, which has its name once it was verified, and notes its digest in the journal. refused: not proclaimed, the name is taken,
// or what was made does not verify; nothing is kept then.
util::Status make_bundle(Office& office, const store::Scrutin& scrutin, const HolderNames& holders,
                         const std::filesystem::path& out);

}  // namespace scrutinctl
