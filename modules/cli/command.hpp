// SPDX-License-Identifier: AGPL-3.0-or-later
// What a command of a program is: its row in the table, and its arguments once read. A command answers a Status: the failure's
// detail is a French sentence for whoever typed it. Knows no election.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.hpp"

namespace cli {

struct Option {
    std::string_view name;   // "--seed"
    std::string_view value;  // "S" in the help; empty: a flag
    std::string_view help;
};

// What followed the command's name, checked against its row.
class Arguments {
public:
    std::vector<std::string> positional;
    std::multimap<std::string, std::string, std::less<>> options;

    bool has(std::string_view option) const { return options.contains(option); }
    std::optional<std::string> get(std::string_view option) const;
    std::vector<std::string> all(std::string_view option) const;
    // A whole number in [least, most], or `fallback` when the option is not there.
    util::Result<unsigned> number(std::string_view option, unsigned fallback, unsigned least, unsigned most) const;
};

// 65 for data that do not hold, 69 for a part that is away, 1 for any other refusal.
int exit_status_of(util::Fault fault);

struct Command {
    std::string name;            // "calendar set"
    std::string_view arguments;  // "EVENEMENT DATE", one word per argument; "FICHIER…" takes one or more
    std::string_view help;       // one line
    std::string_view manual;     // what it does, what it refuses
    std::vector<Option> options;
    std::function<util::Status(const Arguments&)> run;
    int (*exit_status)(util::Fault) = exit_status_of;
};

// Reads what follows the command's name. invalid: says what is wrong.
util::Result<Arguments> read_arguments(const Command& command, const std::vector<std::string>& words);

}  // namespace cli
