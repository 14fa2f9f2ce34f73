// SPDX-License-Identifier: AGPL-3.0-or-later
// What a command says: a line on the screen, a count in French, a failure with its sentence. Knows no command.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "util/result.hpp"

namespace cli {

// « 1 scrutin », « 1 023 scrutins »; zero takes the singular.
std::string counted(std::uint64_t count, std::string_view singular, std::string_view plural);

// One line on standard output.
void say(std::string_view line);

// A failure with a sentence for the officer; `refused` is for what the election's rules forbid now.
util::Failure refused(std::string sentence);
util::Failure bad_input(std::string sentence);

}  // namespace cli
