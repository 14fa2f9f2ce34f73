// SPDX-License-Identifier: AGPL-3.0-or-later
// What a command of scrutinctl is: its row in the table, its arguments once read, and the office it works in. A command
// answers a Status: the failure's detail is a French sentence for the officer. Knows no SQL.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "scrutinctl/sentence.hpp"
#include "util/clock.hpp"
#include "util/result.hpp"
#include "util/secret.hpp"
#include "web/settings.hpp"

namespace scrutinctl {

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

// Settings and connection, opened by the first command that asks: keygen, demo and verify need none.
class Office {
public:
    Office(std::string config, std::string secrets) : config_(std::move(config)), secrets_(std::move(secrets)) {}

    const web::Settings& settings();
    db::Connection& db();
    const util::Clock& clock() const { return clock_; }
    util::SecretText secret(std::string_view name) { return settings().secret(name); }
    const std::string& actor();  // the officer's system name, for the audit log

private:
    std::string config_, secrets_, actor_;
    util::SystemClock clock_;
    std::optional<web::Settings> settings_;
    std::unique_ptr<db::Connection> db_;
};

struct Command {
    std::string_view name;       // "calendar set"
    std::string_view arguments;  // "EVENEMENT DATE", one word per argument; "FICHIER…" takes one or more
    std::string_view help;       // one line
    std::string_view manual;     // what it does, what it refuses
    std::vector<Option> options;
    util::Status (*run)(Office&, const Arguments&);
};

// The table, in the order of an election's life.
const std::vector<Command>& commands();

// Reads what follows the command's name. invalid: says what is wrong.
util::Result<Arguments> read_arguments(const Command& command, const std::vector<std::string>& words);

std::string usage_of(const Command& command);  // the whole of `scrutinctl COMMAND --help`
std::string usage();                           // the whole of `scrutinctl --help`

// The commands whose first word it is, one line each; empty if there is none.
std::string family_usage(std::string_view word);

}  // namespace scrutinctl
