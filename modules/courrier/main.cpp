// SPDX-License-Identifier: AGPL-3.0-or-later
//
// NAME
//   portail-courrier - sends the e-mails and SMS of the outbox
//
// SYNOPSIS
//   portail-courrier --config FILE [--secrets DIR] [--check]
//   portail-courrier --returned SOCKET ADDRESS <MAIL
//
// DESCRIPTION
//   Daemon without web. The workers only insert rows into portail.outbox; this process takes those that are due, one by one,
//   hands each to the SMTP relay over one kept connection, and writes what became of it. SMS go by the same way, to
//   <number>@<sms_domain>, or to a Kannel gateway by HTTP; on 127.0.0.1 it then hears from the gateway whether the operator took
//   a message and the telephone received it. A message is taken in a committed statement before it is sent, so each is sent at most once: if
//   the process dies in between, or the relay takes the whole message and never answers, the row stays `sending`, is told in
//   the log, and only an officer sends it again.
//   4xx answers and an unreachable relay defer a message (30 s, doubling to 1 h, with jitter, 20 tries); 5xx answers to
//   a recipient or a content fail it. Sent and failed messages lose their body.
//   SIGTERM and SIGINT end it after the message in hand.
//   With [mail] returns, each mail leaves with an address of its own to come back to. The machine's mail program runs the second form for what comes
//   to such an address: it hands the mail over to the daemon by a Unix socket, and ends with 0, or 75 for « try again ».
//
// SECURITY
//   User and MySQL account: portail-courrier. Reads and updates outbox, writes sms_state and mail_return; nothing else. It is the only
//   process with a network; a report is believed with a code that the gateway was given with its message alone, a mail that came back with the code in its address. Header texts with control characters and addresses with more than an address are refused. To a
//   relay on another machine it demands TLS. It trusts what workers wrote in the outbox, and the relay for what it says.
//   Bodies hold links and codes until sent: no log line shows one.
//
// CONFIGURATION
//   [mail] of modules/web/settings.hpp: url, from, returns, returns_socket, sms, sms_domain; [sms] with sms = "gateway". Secrets: smtp_password if the url
//   names a user; sms_password, of the gateway and for the codes of its reports; return_key with returns;
//   db_password without unix_socket authentication.
//
// DIAGNOSTICS
//   `outbox` once a minute: sent, failed, queued, age of the oldest; `message-deferred`, `message-failed`,
//   `message-in-doubt` with the message's number; `sms-report-refused`, `sms-report-lost`; `mail-returned`, `return-refused`, `return-lost`.
//   Exit codes: 0 stopped, 64 bad options, 78 bad settings or rights, 1 anything else.
//
// SEE ALSO
//   modules/README.md, sql/grants/courrier.sql, systemd/portail-courrier.service
#include <sysexits.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>

#include "courrier/daemon.hpp"
#include "courrier/return_door.hpp"
#include "util/log.hpp"
#include "web/settings.hpp"
#include "web/start.hpp"

int main(int argc, char** argv) {
    std::string config, secrets;
    bool check = false;
    if (argc == 4 && std::string_view(argv[1]) == "--returned") {
        try {
            return courrier::hand_over_return(argv[2], argv[3], STDIN_FILENO);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
            return EX_TEMPFAIL;
        }
    }
    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY")) secrets = credentials;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        std::string* target = word == "--config" ? &config : word == "--secrets" ? &secrets : nullptr;
        if (word == "--check") {
            check = true;
        } else if (target != nullptr && i + 1 < argc) {
            *target = argv[++i];
        } else {
            config.clear();
            break;
        }
    }
    if (config.empty()) {
        std::fprintf(
            stderr,
            "usage: portail-courrier --config FILE [--secrets DIR] [--check]\n       portail-courrier --returned SOCKET ADDRESS <MAIL\n");
        return 64;
    }
    try {
        const auto settings = web::Settings::load(config, secrets, "courrier");
        if (!check) courrier::run_daemon(settings);
        return 0;
    } catch (const std::exception& error) {
        util::log(util::Level::error, "start", {{"why", error.what()}});
        return web::exit_code_of(error);
    }
}
