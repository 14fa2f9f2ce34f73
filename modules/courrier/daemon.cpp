// SPDX-License-Identifier: AGPL-3.0-or-later
// The daemon's loop. Signals are blocked and asked for between messages, so that no conversation is cut by one.
#include "courrier/daemon.hpp"

#include <curl/curl.h>
#include <systemd/sd-daemon.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>

#include "courrier/return_address.hpp"
#include "courrier/return_door.hpp"
#include "courrier/sender.hpp"
#include "courrier/sms_by_mail.hpp"
#include "courrier/sms_gateway.hpp"
#include "courrier/sms_reports.hpp"
#include "courrier/smtp_transport.hpp"
#include "util/log.hpp"
#include "util/stop_signals.hpp"
#include "web/start.hpp"

namespace courrier {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds k_idle{500};
constexpr milliseconds k_shortest_pause{1000}, k_longest_pause{30000};  // while the relay or the database is away
constexpr seconds k_figures_every{60};

void log_figures(db::Connection& db, const util::Clock& clock, const Counts& counts) {
    const Backlog backlog = backlog_of(db, clock.now());
    util::log(util::Level::info, "outbox",
              {{"sent", std::to_string(counts.sent)},
               {"deferrals", std::to_string(counts.deferred)},
               {"failed", std::to_string(counts.failed)},
               {"in_doubt", std::to_string(counts.in_doubt)},
               {"queued", std::to_string(backlog.queued)},
               {"deferred", std::to_string(backlog.deferred)},
               {"oldest_seconds", std::to_string(backlog.oldest_seconds)}});
}

// A relay with a user name has a password beside it.
util::SecretText smtp_password(const web::Settings& settings) {
    return settings.mail_url.find('@') == std::string::npos ? util::SecretText{} : settings.secret("smtp_password");
}

std::unique_ptr<Transport> sms_transport(const web::Settings& settings, Transport& mail) {
    if (settings.sms_transport == "mail") return std::make_unique<SmsByMail>(mail, settings.sms_domain);
    if (settings.sms_transport != "gateway") throw std::runtime_error("[mail] sms must be \"mail\" or \"gateway\"");
    return std::make_unique<SmsGateway>(SmsGateway::Access{settings.sms_url, settings.sms_user, settings.secret("sms_password"),
                                                           settings.sms_from, settings.sms_reports_port});
}

// A connection of its own: reports come while a message is being sent.
std::unique_ptr<ReportServer> report_server(const web::Settings& settings, const util::Clock& clock) {
    if (settings.sms_transport != "gateway" || settings.sms_reports_port == 0) return nullptr;
    auto db = std::make_shared<db::Connection>(settings.database);
    const auto note = [db, &clock](std::uint64_t message, SmsState state) { note_sms(*db, message, state, clock.now()); };
    return std::make_unique<ReportServer>(settings.sms_reports_port, std::string(settings.secret("sms_password").view()), note);
}

ReturnPath return_path(const web::Settings& settings) {
    return settings.mail_returns.empty() ? ReturnPath{} : ReturnPath{settings.mail_returns, settings.secret("return_key")};
}

const char* word_of(ReturnKind kind) {
    switch (kind) {
        case ReturnKind::delayed: return "delayed";
        case ReturnKind::full: return "full";
        case ReturnKind::unknown: return "unknown";
        case ReturnKind::refused: break;
    }
    return "refused";
}

// The same for mails that come back.
std::unique_ptr<ReturnDoor> return_door(const web::Settings& settings, const util::Clock& clock) {
    if (settings.mail_returns.empty()) return nullptr;
    auto db = std::make_shared<db::Connection>(settings.database);
    auto path = std::make_shared<ReturnPath>(return_path(settings));
    return std::make_unique<ReturnDoor>(settings.mail_returns_socket, [=, &clock](std::string_view address, std::string_view mail) {
        const auto message = message_of_return(path->address, path->key.view(), address);
        if (!message) return util::log(util::Level::warning, "return-refused");  // noted all the same: trying again would not help
        const auto kind = judge_return(mail);
        if (kind && note_return(*db, *message, *kind, clock.now()))
            util::log(util::Level::info, "mail-returned", {{"message", std::to_string(*message)}, {"why", word_of(*kind)}});
    });
}

}  // namespace

void run_daemon(const web::Settings& settings) {
    util::StopSignals signals;
    web::CrashCount crashes;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl does not start");
    SmtpTransport mail(settings.mail_url, settings.mail_from, smtp_password(settings), return_path(settings));
    const auto sms = sms_transport(settings, mail);
    const util::SystemClock clock;
    db::Connection db(settings.database);
    Sender sender(db, clock, mail, *sms);
    const auto reports = report_server(settings, clock);
    const auto returns = return_door(settings, clock);
    const auto ask = [&] {
        backlog_of(db, clock.now());
        return std::string();
    };
    if (!web::sit_out(crashes.pause(), signals) || !web::wait_for_database(ask, signals)) return crashes.forget();
    crashes.begin();
    sd_notify(0, "READY=1");

    milliseconds pause = k_shortest_pause;
    auto figures_at = std::chrono::steady_clock::now();
    const auto stopping = [&] {
        sd_notify(0, "WATCHDOG=1");  // asked before each message: a slow relay is no hang
        return signals.wait(milliseconds(0));
    };
    while (!stopping()) {
        milliseconds rest{0};
        try {
            if (std::chrono::steady_clock::now() >= figures_at) {
                sender.report_doubts();
                log_figures(db, clock, sender.counts());
                figures_at = std::chrono::steady_clock::now() + k_figures_every;
            }
            switch (sender.run(stopping)) {
                case Sender::Round::idle: rest = k_idle; break;
                case Sender::Round::worked: break;
                case Sender::Round::relay_down: rest = pause; break;
            }
        } catch (const db::Error& error) {
            util::log(util::Level::error, "database", {{"why", error.what()}, {"code", std::to_string(error.code())}});
            rest = pause;
        }
        pause = rest == pause ? std::min(pause * 2, k_longest_pause) : k_shortest_pause;
        signals.wait(rest);
    }
    sd_notify(0, "STOPPING=1");
    crashes.forget();
}

}  // namespace courrier
