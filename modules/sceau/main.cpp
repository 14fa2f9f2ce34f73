// SPDX-License-Identifier: AGPL-3.0-or-later
/*
NAME
    portail-sceau - daemon that moves ballots into the urne and its public log, and signs the log

SYNOPSIS
    portail-sceau --config FILE [--secrets DIR] [--interval SECONDS] [--once]

DESCRIPTION
    At fixed times ([log] every_seconds, 600) moves ballots from the urne's inbox into the urne and their scrutin's Merkle tree,
    in batches ordered by hash: the order of the vote is not kept. Each batch is one transaction and ends with a signed head. While the
    vote runs a batch has at least [log] minimum ballots (10), and minimum - 1 stay in the inbox: who sees the émargement and a
    log that grows by one could tell whose ballot it is. Once the office has closed a scrutin, whatever waits there moves within
    --interval seconds (2). A round that takes long is followed by a pause nine times as long, though of ten seconds at most: a
    close waits for sceau. --once is one fixed time, and ends. SIGTERM and SIGINT stop it between two batches.
    Each head is published as a checkpoint with its tiles and entries (c2sp.org/tlog-tiles): files below [log] folder, which
    nginx serves.
    Each round also signs the office's journal of acts, if it grew: the office has no part of this key, so that a changed act, or a
    cut tail, is found (scrutinctl audit verify). Its checkpoint and tiles are published in the same form, and each ballot log's
    checkpoint carries its newest head.

SECURITY
    Runs as portail-sceau, MySQL account portail-sceau: SELECT urne.setup (uuid, log key) and urne.closing, SELECT and DELETE
    urne.inbox (which it alone can open, with log_secret_key), INSERT urne.ballot, SELECT, INSERT urne.log, urne.log_head and
    urne.journal_head, SELECT urne.cosignature; of portail the office's journal alone (SELECT audit): it sees ballots come and knows
    nobody. It could lose a ballot that waits; the attendance and the elector's receipt would show it. No network.
    At the start it recomputes each tree from the table and compares it with the last signed head, and with the last checkpoint
    that it signed, which it keeps in [log] folder: a database that was set back or changed, or a sealed log key that is not its
    own, is never signed over. That scrutin is left alone, and the log and `systemctl status` say so; the others go on.
    Secret: log_secret_key.

CONFIGURATION
    [database], [log] and base_url of portail.toml, see modules/web/settings.hpp.

DIAGNOSTICS
    "log-extended" (ballots), "log-not-extended" (scrutin, why: also a row of the inbox that was not sealed for this key),
    "log-first-remembered" (scrutin, leaves: no earlier checkpoint was kept here), "log-round-failed" (why; tried again at the
    next round), "journal-not-signed" (why).
    Exit codes: 0 stopped; 64 bad options; 78 bad settings, key or rights, and of --once: a scrutin or the journal is left alone; 1 else.

SEE ALSO
    portail-vote, scrutinctl, modules/crypto/tlog.hpp, sql/urne.sql
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

#include "domain/audit.hpp"
#include "sceau/journal_writer.hpp"
#include "sceau/log_writer.hpp"
#include "sceau/store.hpp"
#include "util/log.hpp"
#include "util/clock.hpp"
#include "util/stop_signals.hpp"
#include "web/settings.hpp"
#include "web/start.hpp"

namespace {

constexpr int k_left_alone = 78;
constexpr std::chrono::seconds k_longest_pause{10};

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

struct Options {
    std::string config, secrets;
    seconds interval{2};  // between two looks
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
        } else {
            return std::nullopt;
        }
    }
    if (options.config.empty()) return std::nullopt;
    return options;
}

void tell_watchdog() { sd_notify(0, "WATCHDOG=1"); }

void tell_stopped(const sceau::LogWriter& writer, const sceau::JournalWriter& journal) {
    std::string status = "STATUS=";
    if (!journal.stopped().empty()) status += "the journal of acts is not signed: " + journal.stopped();
    for (const auto& [uuid, why] : writer.stopped()) status += (status.size() > 7 ? "; " : "") + uuid + " is left alone: " + why;
    sd_notify(0, status.c_str());
}

// False: the round failed, and the log says why.
// A signal is asked for between two batches and never breaks one.
bool write_round(sceau::LogWriter& writer, sceau::JournalWriter& journal, bool is_due, util::StopSignals& stop) {
    try {
        journal.write_round();
        writer.set_extension(journal.line());
        const auto written = writer.write_round(is_due, [&] {
            tell_watchdog();
            return stop.wait(milliseconds(0));
        });
        if (written > 0) util::log(util::Level::info, "log-extended", {{"ballots", std::to_string(written)}});
        tell_stopped(writer, journal);
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
    if (settings.log_folder.empty()) throw std::runtime_error(options.config + ": [log] folder is missing");
    db::Connection db(settings.database);
    const sceau::BatchPolicy policy{.minimum = settings.log_minimum, .every = settings.log_every};
    sceau::LogWriter writer(db, settings.secret("log_secret_key"), settings.base_url, settings.log_folder, policy);
    sceau::JournalWriter journal(db, settings.secret("log_secret_key"), settings.base_url, settings.log_folder);
    if (options.once) {
        if (!write_round(writer, journal, true, stop)) return 1;
        return writer.stopped().empty() && journal.stopped().empty() ? 0 : k_left_alone;
    }

    const util::SystemClock clock;
    sceau::Timetable timetable(settings.log_every);
    web::CrashCount crashes;
    const auto ask = [&] {
        sceau::sealed_scrutins(db);
        return std::string();
    };
    if (web::sit_out(crashes.pause(), stop) && web::wait_for_database(ask, stop)) {
        crashes.begin();
        sd_notify(0, "READY=1");
        for (bool is_due = false;;) {
            const auto started = steady_clock::now();
            is_due = timetable.is_due(clock.now()) || is_due;
            if (write_round(writer, journal, is_due, stop)) is_due = false;  // a fixed time that failed is made up for
            const auto took = std::chrono::ceil<milliseconds>(steady_clock::now() - started);
            if (rest(stop, std::max<milliseconds>(options.interval, std::min<milliseconds>(9 * took, k_longest_pause)))) break;
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
        std::fprintf(stderr, "usage: portail-sceau --config FILE [--secrets DIR] [--interval SECONDS] [--once]\n");
        return 64;
    }
    try {
        return run(*options);
    } catch (const std::exception& error) {
        util::log(util::Level::error, "start", {{"why", error.what()}});
        return web::exit_code_of(error);
    }
}
