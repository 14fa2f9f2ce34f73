// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a notices file holds the code of every elector for whom one was made: asked before anything is sealed, while codes can still be made
// anew, and before anybody is told that they are there.
#pragma once

#include <filesystem>

#include "scrutinctl/office.hpp"

namespace scrutinctl {

// Each elector with an envelope has exactly one line, and the codes of a sample of the lines open theirs. invalid: the sentence says what is
// missing.
util::Status check_notices(Office& office, unsigned batch, const std::filesystem::path& notices);

}  // namespace scrutinctl
