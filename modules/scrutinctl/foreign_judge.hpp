// SPDX-License-Identifier: AGPL-3.0-or-later
// belenios-tool, a program that this project did not write, asked about an archive where it is installed.
#pragma once

#include <filesystem>
#include <string>

#include "util/result.hpp"

namespace scrutinctl {

// The archive stands alone in `folder`. « , belenios-tool » when the tool passed it, « , belenios-tool absent » or « , belenios-tool ne
// connaît pas ce groupe » when it did not judge; invalid: it refused, with its words.
util::Result<std::string> ask_foreign_judge(const std::filesystem::path& folder, const std::string& group);

}  // namespace scrutinctl
