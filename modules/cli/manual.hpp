// SPDX-License-Identifier: AGPL-3.0-or-later
// What a program's table gives besides its help: a man page and the completion of a shell, made when the program is built.
#pragma once

#include <string>
#include <string_view>

#include "cli/program.hpp"

namespace cli {

// A page of man(7), in UTF-8 and French as the help is. `section`: "1", or "8" for a system's officer.
std::string man_page(const Program& program, std::string_view section);

// A script for bash: words of commands, options, and the names of files where a value is wanted. Needs no other script.
std::string bash_completion(const Program& program);

}  // namespace cli
