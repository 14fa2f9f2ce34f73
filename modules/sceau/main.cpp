// SPDX-License-Identifier: AGPL-3.0-or-later
/*
NAME
    portail-sceau - daemon that numbers ballots into the public log and signs its heads

SYNOPSIS
    portail-sceau --config FILE [--secrets DIR] [--interval SECONDS] [--minimum N] [--patience SECONDS] [--once]

DESCRIPTION
    Every --interval seconds (10) looks for ballots that are in the urne and not in the log, and appends them to their
    scrutin's Merkle tree in a batch ordered by hash: the order of the vote is not kept. Each batch ends with a signed
    head and is one transaction. A batch waits for --minimum ballots (3), though not longer than --patience seconds (60):
    who sees the émargement and a log that grows by one could tell whose ballot it is. Larger boxes deserve a larger
    minimum. A round that takes long is followed by a pause nine times as long, so that sceau never takes more than a
    tenth of the database's time. --once appends everything that waits, whatever its number, and ends: after the close.
    SIGTERM and SIGINT stop it between two batches.

SECURITY
    Runs as portail-sceau, MySQL account portail-sceau: SELECT urne.setup (uuid, log key) and urne.ballot (hashes),
    SELECT, INSERT urne.log and urne.log_head; nothing of portail, no ballot's content. No network.
    At the start it recomputes each tree from the table and compares it with the last signed head. A log that was changed,
    or a sealed log key that is not its own, is never signed over: that scrutin is left alone and the log says so.
    Secret: log_secret_key.

CONFIGURATION
    [database] of portail.toml, see modules/web/settings.hpp.

DIAGNOSTICS
    "log-extended" (ballots), "log-not-extended" (scrutin, why), "log-round-failed" (why; tried again at the next round).
    Exit codes: 0 stopped; 64 bad options; 78 bad settings, key or rights; 1 else.

SEE ALSO
    portail-vote, scrutinctl, modules/crypto/merkle.hpp, sql/urne.sql
*/
#include <systemd/sd-daemon.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "sceau/log_writer.hpp"
#include "sceau/store.hpp"
#include "util/log.hpp"
#include "util/stop_signals.hpp"
#include "web/settings.hpp"
#include "web/start.hpp"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

struct Options {
    std::string config, secrets;
    seconds interval{10};
    sceau::BatchPolicy policy;
    bool once = false;
};

std::optional<unsigned> read_number(std::string_view text) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number > 86'400) return std::nullopt;
    return number;
}

std::optional<Options> read_options(int argc, char** argv) {
    Options options;
    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY")) options.secrets = credentials;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--once") {
            options.once = true;
            options.policy.minimum = 1;
            continue;
        }
        if (i + 1 == argc) return std::nullopt;
        const std::string_view value = argv[++i];
        const auto number = read_number(value);
        if (word == "--config") {
            options.config = value;
        } else if (word == "--secrets") {
            options.secrets = value;
        } else if (word == "--interval" && number && *number > 0) {
            options.interval = seconds(*number);
        } else if (word == "--minimum" && number && *number > 0) {
            options.policy.minimum = options.once ? 1 : *number;
        } else if (word == "--patience" && number) {
            options.policy.patience = seconds(*number);
        } else {
            return std::nullopt;
        }
    }
    if (options.config.empty()) return std::nullopt;
    return options;
}

void tell_watchdog() { sd_notify(0, "WATCHDOG=1"); }

// False: the round failed, and the log says why.
// A signal is asked for between two batches and never breaks one.
bool write_round(sceau::LogWriter& writer, util::StopSignals& stop) {
    try {
        const auto written = writer.write_round(steady_clock::now(), [&] {
            tell_watchdog();
            return stop.wait(milliseconds(0));
        });
        if (written > 0) util::log(util::Level::info, "log-extended", {{"ballots", std::to_string(written)}});
        return true;
    } catch (const std::exception& error) {
        util::log(util::Level::error, "log-round-failed", {{"why", error.what()}});
        return false;
    }
}

// True: told to stop meanwhile.
bool rest(util::StopSignals& stop, milliseconds pause) {
    constexpr milliseconds k_slice = seconds(10);  // well below any WatchdogSec
    for (; pause.count() > 0; pause -= k_slice) {
        tell_watchdog();
        if (stop.wait(std::min(pause, k_slice))) return true;
    }
    return stop.wait(milliseconds(0));
}

int run(const Options& options) {
    util::StopSignals stop;
    auto settings = web::Settings::load(options.config, options.secrets, "sceau");
    settings.database.schema = "urne";  // its account knows no other
    db::Connection db(settings.database);
    sceau::LogWriter writer(db, settings.secret("log_secret_key"), options.policy);
    if (options.once) return write_round(writer, stop) ? 0 : 1;

    web::CrashCount crashes;
    const auto ask = [&] {
        sceau::sealed_scrutins(db);
        return std::string();
    };
    if (web::sit_out(crashes.pause(), stop) && web::wait_for_database(ask, stop)) {
        crashes.begin();
        sd_notify(0, "READY=1");
        for (;;) {
            const auto started = steady_clock::now();
            write_round(writer, stop);
            const auto took = std::chrono::ceil<milliseconds>(steady_clock::now() - started);
            if (rest(stop, std::max<milliseconds>(options.interval, 9 * took))) break;
        }
        sd_notify(0, "STOPPING=1");
    }
    crashes.forget();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const auto options = read_options(argc, argv);
    if (!options) {
        std::fprintf(stderr,
                     "usage: portail-sceau --config FILE [--secrets DIR] [--interval SECONDS] [--minimum N] "
                     "[--patience SECONDS] [--once]\n");
        return 64;
    }
    try {
        return run(*options);
    } catch (const std::exception& error) {
        util::log(util::Level::error, "start", {{"why", error.what()}});
        return web::exit_code_of(error);
    }
}
