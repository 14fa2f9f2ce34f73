// SPDX-License-Identifier: AGPL-3.0-or-later
// A real Postfix of one's own: its settings, queue and log below a folder, listening on one port of 127.0.0.1. It forwards every mail to one server of
// the loopback, but those to unknown.example and full.example, whose mailboxes it has not; and hands what comes back to the portal over to a
// program, as systemd/README.md says. Postfix starts as root alone, and changes to its own users.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "kannel.hpp"

namespace test {

class Postfix {
public:
    // `next`: the server to forward to, "[127.0.0.1]:1025"; `handed_to`: the command line of the pipe, without its recipient.
    Postfix(const std::filesystem::path& folder, const std::string& next, const std::string& handed_to)
        : folder_(folder), port_(free_port()) {
        namespace fs = std::filesystem;
        for (const char* part : {"etc", "queue", "data"}) fs::create_directories(folder_ / part);
        fs::permissions(folder_, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
        run("chown postfix " + (folder_ / "data").string());
        write(
            "main.cf",
            "compatibility_level = 3.6\nmyhostname = relais.example\nmydestination =\nmynetworks = 127.0.0.1/32\n"
            "inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nsmtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n"
            "default_transport = smtp:" +
                next + "\nsmtp_tls_security_level = none\nqueue_run_delay = 2s\nminimal_backoff_time = 1s\nqueue_directory = " +
                (folder_ / "queue").string() + "\ndata_directory = " + (folder_ / "data").string() +
                "\nmaillog_file = " + (folder_ / "log").string() + "\nmaillog_file_prefixes = " + folder_.string() +
                "\nalias_maps =\nlocal_recipient_maps =\nmulti_instance_enable = no\n"
                // What the portal asks of it, as systemd/README.md has it.
                "recipient_delimiter = +\nrelay_domains = elections.example\ntransport_maps = inline:{ { retours@elections.example = portail-retour: }, "
                "{ unknown.example = unknown: }, { full.example = full: } }\n"
                "portail-retour_destination_recipient_limit = 1\n");
        std::string master;
        const auto service = [&](const std::string& line) { master += line + "\n"; };
        service("127.0.0.1:" + std::to_string(port_) + " inet n - n - - smtpd");
        for (const char* line :
             {"cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr", "rewrite unix - - n - - trivial-rewrite",
              "bounce unix - - n - 0 bounce", "defer unix - - n - 0 bounce", "trace unix - - n - 0 bounce",
              "verify unix - - n - 1 verify", "smtp unix - - n - - smtp", "error unix - - n - - error",
              "retry unix - - n - - error", "anvil unix - - n - 1 anvil", "scache unix - - n - 1 scache",
              "proxymap unix - - n - - proxymap", "postlog unix-dgram n - n - 1 postlogd", "pickup unix n - n 60 1 pickup"})
            service(line);
        service("unknown unix - n n - - pipe flags=q user=nobody argv=/bin/sh -c {echo 5.1.1 no such mailbox; exit 67}");
        service("full unix - n n - - pipe flags=q user=nobody argv=/bin/sh -c {echo 5.2.2 the mailbox is full; exit 69}");
        service("portail-retour unix - n n - 2 pipe flags=q user=nobody argv=" + handed_to + " ${recipient}");
        write("master.cf", master);
        run("postfix -c " + (folder_ / "etc").string() + " start");
        if (!within_seconds(20, [&] { return is_listened_to(port_); }))
            throw std::runtime_error("postfix does not listen: " + log());
    }
    ~Postfix() {
        if (std::system(quiet("postfix -c " + (folder_ / "etc").string() + " stop").c_str()) != 0)
            std::fputs("postfix does not stop\n", stderr);
    }
    Postfix(const Postfix&) = delete;
    Postfix& operator=(const Postfix&) = delete;

    // As a machine of another network (127.0.0.2) says it, with an empty sender: the last answer's first digit.
    char returned_by_another(const std::string& to, const std::string& mail) const {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in mine = loopback_at(0);
        mine.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
        const sockaddr_in there = loopback_at(port_);
        if (::bind(socket, reinterpret_cast<const sockaddr*>(&mine), sizeof mine) != 0 ||
            ::connect(socket, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0)
            throw std::runtime_error("postfix is not reached");
        char answer = '2';
        for (const std::string& said : {std::string(), std::string("HELO other.example\r\n"), std::string("MAIL FROM:<>\r\n"),
                                        "RCPT TO:<" + to + ">\r\n", std::string("DATA\r\n"), mail + "\r\n.\r\n"}) {
            if (!said.empty() && ::send(socket, said.data(), said.size(), MSG_NOSIGNAL) < 0) break;
            char line[512];
            if (::recv(socket, line, sizeof line, 0) <= 0) break;
            answer = line[0];
            if (answer > '3') break;
        }
        ::close(socket);
        return answer;
    }
    // What it keeps is tried again now (`postqueue -f`).
    void flush() const { run("postfix -c " + (folder_ / "etc").string() + " flush"); }
    std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
    std::string log() const {
        std::ifstream in(folder_ / "log");
        return {std::istreambuf_iterator<char>(in), {}};
    }

private:
    void write(const char* name, const std::string& text) const { std::ofstream(folder_ / "etc" / name) << text; }
    std::string quiet(const std::string& command) const {
        return "{ " + command + "; } >>" + (folder_ / "said").string() + " 2>&1";
    }
    void run(const std::string& command) const {
        if (std::system(quiet(command).c_str()) == 0) return;
        std::ifstream said(folder_ / "said");
        throw std::runtime_error(command + ": " + std::string{std::istreambuf_iterator<char>(said), {}});
    }

    std::filesystem::path folder_;
    unsigned port_;
};

}  // namespace test
