// SPDX-License-Identifier: AGPL-3.0-or-later
// The office that a command works in: settings, database, clock and the officer's name. Knows no command and no SQL.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "cli/sentence.hpp"
#include "db/connection.hpp"
#include "util/clock.hpp"
#include "util/secret.hpp"
#include "web/election_cache.hpp"
#include "web/settings.hpp"

namespace scrutinctl {

// Settings and connection, opened by the first command that asks: keygen and demo need none.
class Office {
public:
    Office(std::string config, std::string secrets) : config_(std::move(config)), secrets_(std::move(secrets)) {}

    const web::Settings& settings();
    db::Connection& db();
    const util::Clock& clock() const { return clock_; }
    util::SecretText secret(std::string_view name) { return settings().secret(name); }
    const std::string& actor();  // the officer's system name, for the audit log
    // Why the act under way is done, for the same: one line, or empty.
    const std::string& reason() const { return reason_; }
    void set_reason(std::string reason) { reason_ = std::move(reason); }
    // Whether the command under way has the office's turn (office_turn.hpp).
    bool has_turn() const { return has_turn_; }
    void set_has_turn(bool has) { has_turn_ = has; }
    // How long after a commit a worker may still answer from what it read before: an act that people wait for is told as done after it.
    std::chrono::milliseconds workers_memory() const { return workers_memory_; }
    void set_workers_memory(std::chrono::milliseconds memory) { workers_memory_ = memory; }
    // Who acts, where the system knows nobody (root, without sudo).
    void set_actor(std::string actor) { named_actor_ = std::move(actor); }

    // Other files than the constructor's. Before anything was opened.
    void set_config(std::string config) { config_ = std::move(config); }
    void set_secrets(std::string secrets) { secrets_ = std::move(secrets); }

    // A line on standard error, once in a command.
    void warn_once(const std::string& line);

private:
    std::set<std::string> warned_;
    std::string config_, secrets_, actor_, named_actor_, reason_;
    bool has_turn_ = false;
    std::chrono::milliseconds workers_memory_ =
        web::k_election_age + std::chrono::milliseconds{500};  // a reading that had begun takes a moment
    util::SystemClock clock_;
    std::optional<web::Settings> settings_;
    std::unique_ptr<db::Connection> db_;
};

}  // namespace scrutinctl
