// SPDX-License-Identifier: AGPL-3.0-or-later
// A worker's settings: one TOML file shared by all processes, and secrets from a folder (systemd credentials, or
// --secrets in development): one file per secret, named as below; a worker is given only its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "util/secret.hpp"
#include "web/networks.hpp"

namespace web {

// portail.toml (a key that is not one of these is refused):
//   [portal]   base_url = "http://localhost:8080"  templates = "/usr/share/portail/templates"  strict_templates = false
//              static = "/usr/share/portail/static"  known_passwords = "/usr/share/portail/known-passwords"
//              lists_order = "draw"|"decree"  attachments_gib = 20
//              papers = "/var/lib/portail/papers"
//   [database] socket = "/run/mysqld/mysqld.sock"  password_files = true|false
//        or    host = "base.example"  port = 3306  tls_ca = "/etc/portail/base.pem"  password_files = true
//   [worker]   threads = 4  max_requests = 0  hash_threads = 2  hash_queue = 64
//   [networks] declared = ["193.54.0.0/16 20000"]
//   [log]      minimum = 10  every_seconds = 600  folder = "/var/lib/portail-sceau"
//   [mail]     url = "smtp://127.0.0.1:1025"  from = "no-reply@elections.example"  sms = "mail"  sms_domain = "sms.example"
//              returns = "retours@elections.example"  returns_socket = "/run/portail-courrier/retours.sock"
//        or    sms = "gateway", and
//   [sms]      url = "http://127.0.0.1:13013/cgi-bin/sendsms"  user = "portail"  from = "Elections"  reports_port = 13014
//              countries = ["+32 Belgique"]
class Settings {
public:
    // Throws std::runtime_error with a sentence that names the file and the key.
    static Settings load(const std::filesystem::path& toml, const std::filesystem::path& secrets, std::string_view worker);

    std::string worker;    // "vote"
    std::string base_url;  // no trailing slash; links in mails are built from it alone, never from a request
    std::filesystem::path templates;
    std::filesystem::path static_files;     // what nginx serves as /static/, for the list of what is sealed; empty: not covered
    std::string static_path = "/static";    // where pages say that these files are: below their version, if the folder has one
    std::filesystem::path known_passwords;  // domain/known_passwords.hpp
    std::filesystem::path papers;  // where published minutes and archives lie, which nginx serves; empty: none are published
    bool lists_by_decree = false;  // what fixed the order of the lists: the decree, or the draw
    std::uint64_t attachments_bytes = std::uint64_t{20} << 30;  // of everybody's files beside réclamations together
    bool strict_templates = false;                              // a name that a view lacks is an error (development and tests)
    unsigned threads = 16, hash_threads = 2, hash_queue = 64;
    unsigned long max_requests = 0;  // a worker retires after so many (0: never)
    Networks networks;               // limits of those that the operator declared
    db::Settings database;           // user "portail-<worker>"
    // The public log: fewest ballots of a batch while a vote runs, how often batches leave, where sceau keeps its files.
    unsigned log_minimum = 10;
    std::chrono::seconds log_every{600};
    std::filesystem::path log_folder;
    std::vector<std::string> log_witnesses;  // published keys of those whose cosignatures are kept
    std::string mail_url, mail_from, sms_transport, sms_domain;
    std::string mail_returns,
        mail_returns_socket;  // where mails come back to (empty: to mail_from), and by which socket courrier hears of it
    std::string sms_url, sms_user, sms_from;  // Kannel's sendsms, who we are to it, and what telephones show
    unsigned sms_reports_port = 0;            // of the loopback, where the gateway tells what became of a message (0: nowhere)
    std::vector<std::string> sms_countries;   // beside France and overseas: where postings are declared

    // A secret file's content, without a trailing newline. Names: db_password, password_pepper, numen_pepper, pseudonym_key,
    // escrow_secret_key, escrow_public_key, binding_key, receipt_secret_key, log_secret_key, smtp_password, sms_password, return_key.
    // Throws std::runtime_error if it is not there.
    util::SecretText secret(std::string_view name) const;
    // Where it is, or would be.
    std::filesystem::path secret_path(std::string_view name) const { return secrets_ / name; }

private:
    std::filesystem::path secrets_;
};

}  // namespace web
