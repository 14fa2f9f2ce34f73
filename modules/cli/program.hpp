// SPDX-License-Identifier: AGPL-3.0-or-later
// A program of commands: its name, what its help says, its table. Reads the command line, runs the command and gives the exit status.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace cli {

struct Program {
    std::string_view name;        // "scrutinctl"
    std::string_view heading;     // one sentence of --help: what it is
    std::string_view closing;     // the last lines of --help, or nothing
    std::vector<Option> options;  // before the command; each takes a value
    std::vector<Command> commands;
    std::string_view otherwise;                     // the command meant when the first word names none; empty: that is an error
    std::function<void(const Arguments&)> prepare;  // is given `options` before the command runs
};

std::string usage(const Program& program);                             // the whole of `PROGRAM --help`
std::string usage_of(const Program& program, const Command& command);  // the whole of `PROGRAM COMMAND --help`
// The commands whose first word it is, one line each; empty if there is none.
std::string family_usage(const Program& program, std::string_view word);

// Exit status: 0 done; 64 usage, 70 internal, 77 a wrong passphrase, 1 for a disk that refuses; otherwise what the command's row says.
int run(const Program& program, int argc, char** argv);

}  // namespace cli
