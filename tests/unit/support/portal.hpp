// SPDX-License-Identifier: AGPL-3.0-or-later
// test::Portal: one worker in this process, on a real database with its own rights, asked as a browser asks: it keeps the
// cookie, finds the form token in the page, and answers with the whole page. Templates are strict: a name that a view
// lacks fails the test. Time is the test's.
//
//   struct Fixture { test::Portal portal{"scrutins", scrutins::routes}; };
//   const auto page = portal.get("/scrutins");           // page.status, page.body, page.header("Location")
//   const auto done = portal.post("/reclamations", {{"objet", "profil"}});   // csrf and form_key are added
//
// Secrets of the worker are random and the same for the program's life. Link portail_web.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/escrow.hpp"
#include "domain/known_passwords.hpp"
#include "domain/local_time.hpp"
#include "util/signature.hpp"
#include "support/database.hpp"
#include "support/source_dir.hpp"
#include "util/bytes.hpp"
#include "util/random.hpp"
#include "web/dispatch.hpp"
#include "web/session_id.hpp"
#include "web/worker_main.hpp"

namespace test {

struct Page {
    int status = 0;
    std::string body;
    std::multimap<std::string, std::string> headers;
    std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? "" : found->second;
    }
    bool has(std::string_view text) const { return body.find(text) != std::string::npos; }
};

// The folder with portail.toml and one worker's secrets; removed with the object.
class PortalFolder {
public:
    // `extra`: further lines of [portal] and sections of portail.toml.
    PortalFolder(const Database& database, const std::string& worker, const std::string& extra) {
        std::string name = (std::filesystem::temp_directory_path() / "portail-web.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder_ = name;
        write("portail.toml", "[portal]\nbase_url = \"http://localhost:8080\"\nstrict_templates = true\ntemplates = \"" +
                                  test::source_dir() + "/templates\"\nknown_passwords = \"" + (folder_ / "known").string() +
                                  "\"\n" + extra + "[database]\npassword_files = true\nsocket = \"" + database.socket() +
                                  "\"\n[mail]\nfrom = \"no-reply@elections.example\"\nsms_domain = \"sms.example\"\n");
        write("known", known_passwords({"cherbourg2009"}));
        write("db_password", database.settings(worker).password);
        write("password_pepper", util::random_token(32));
        write("pseudonym_key", util::random_token(32));
        write("desk_key", util::random_token(32));
        write("numen_pepper", util::random_token(32));
        write("binding_key", util::random_token(32));
        const auto escrow = domain::make_escrow_keys();
        write("escrow_secret_key", std::string(escrow.secret_key.view()));
        write("escrow_public_key", escrow.public_key);
        write("receipt_secret_key", std::string(util::make_signing_keys().secret_key.view()));
        const auto log = util::make_signing_keys();
        write("log_secret_key", std::string(log.secret_key.view()));
        write("log_public_key", util::public_key_of(log.secret_key.view()));
    }
    ~PortalFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    PortalFolder(const PortalFolder&) = delete;
    PortalFolder& operator=(const PortalFolder&) = delete;
    const std::filesystem::path& path() const { return folder_; }

    // As known_passwords.mjs writes them.
    static std::string known_passwords(const std::vector<std::string>& lower_case) {
        std::set<std::string> digests;
        for (const auto& one : lower_case) digests.insert(util::sha256(one).substr(0, domain::KnownPasswords::k_bytes));
        std::string file(domain::KnownPasswords::k_title);
        for (const auto& digest : digests) file += digest;
        return file;
    }

private:
    void write(const std::string& name, const std::string& content) { std::ofstream(folder_ / name) << content; }
    std::filesystem::path folder_;
};

class Portal {
public:
    // 2026-12-05 12:00 in Paris: the middle of the vote of the calendar below.
    static util::Instant noon() { return *domain::from_paris("2026-12-05 12:00"); }

    // `edition`: "2018", "2022", "2026".
    Portal(const std::string& worker, const std::function<std::vector<web::Route>(const web::Settings&)>& routes,
           const std::string& edition = "2026", const std::string& extra_settings = "")
        : folder_(database, worker, extra_settings),
          settings(web::Settings::load(folder_.path() / "portail.toml", folder_.path(), worker)),
          clock(noon()),
          edition_(domain::Edition::load(settings.templates, edition)),
          places_(domain::Places::load(settings.templates)),
          renderer_(settings.templates, edition, true),
          pseudonyms_(settings),
          pool_(1, {8, 8}),
          elections_(std::chrono::seconds{0}),
          router_(routes(settings)),
          shared_{settings, clock, pool_, edition_, places_, renderer_, pseudonyms_, elections_, router_},
          connection_(settings.database) {
        seed_election(edition);
    }

    Database database;

private:
    PortalFolder folder_;

public:
    web::Settings settings;
    util::FixedClock clock;
    std::filesystem::path folder() const {
        return folder_.path();
    }  // portail.toml and the secrets, for a worker of its own process

    web::HashPool& pool() { return pool_; }
    db::Connection& connection() { return connection_; }  // the worker's own
    // From now on the clock is the worker's machine's, and the database, for this worker, has this hour of Paris.
    void set_database_clock(const std::string& paris) {
        clock.heed_database();
        connection_.run("SET timestamp = " + std::to_string(domain::from_paris(paris)->time_since_epoch().count()));
    }

    Page get(const std::string& uri) { return ask("GET", uri, ""); }
    Page head(const std::string& uri) { return ask("HEAD", uri, ""); }

    using Fields = std::vector<std::pair<std::string, std::string>>;
    // With the browser's form token, and a fresh form key unless `fields` name one.
    Page post(const std::string& path, Fields fields) {
        if (cookie.empty()) cookie = util::random_token(16);
        fields.emplace_back("csrf", csrf());
        const auto has_key = [](const auto& field) { return field.first == "form_key"; };
        if (std::none_of(fields.begin(), fields.end(), has_key))
            fields.emplace_back("form_key", util::to_hex(util::random_bytes(16)));
        return ask("POST", path, encode(fields));
    }
    // Exactly these bytes as the body, no token added.
    Page post_raw(const std::string& path, const std::string& body) { return ask("POST", path, body); }
    Page send(web::RawRequest raw) { return keep(web::dispatch(raw, shared_, connection_)); }

    std::string csrf() const { return util::to_base64url(util::sha256("csrf|" + util::sha256_hex(cookie))); }

    // Puts a signed-in session of this voter into the database and the browser.
    void sign_in(unsigned voter_id) { sign_in_at(voter_id, clock.now()); }
    void sign_in_at(unsigned voter_id, util::Instant at) {
        cookie = web::member_id();
        database.admin().execute(
            "INSERT INTO session (id_hash, voter_id, created_at, last_seen_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            {util::sha256_hex(cookie), voter_id, util::to_sql(at), util::to_sql(clock.now()),
             util::to_sql(clock.now() + std::chrono::hours{4})});
    }

    // An elector with invented data; `email` is his address.
    void add_voter(unsigned id, const std::string& email, const std::string& identity_check = std::string(64, '0')) {
        database.admin().execute(
            "INSERT INTO voter (id, election_id, email, civility, last_name, first_name, identity_check, personnel, corps, "
            "affectation, academie_code, departement, notice_place) "
            "VALUES (?, 1, ?, 'Mme', ?, 'Zoé', ?, 'PE et instituteur', 'Professeure des écoles', 'École des Tilleuls', "
            "'poitiers', '079', 'École des Tilleuls')",
            {id, email, "Électrice" + std::to_string(id), identity_check});
    }

    static std::string encode(const Fields& fields) {
        std::string body;
        for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + name + "=" + percent(value);
        return body;
    }
    static std::string percent(std::string_view text) {
        std::string encoded;
        for (const char c : text) encoded += "%" + util::to_hex(std::string_view(&c, 1));
        return encoded;
    }

    std::string cookie;            // the browser's __Host-portail
    web::RawRequest next_request;  // set user_agent, client_ip, … for the requests to come

private:
    Page ask(const std::string& method, const std::string& uri, const std::string& body) {
        web::RawRequest raw = next_request;
        raw.method = method;
        raw.uri = uri;
        if (raw.client_ip.empty()) raw.client_ip = "192.0.2.7";
        raw.request_id = "0123456789abcdef";
        if (method == "POST") {
            raw.content_type = "application/x-www-form-urlencoded";
            raw.content_length = std::to_string(body.size());
            raw.body = body;
        }
        // `next_request.cookie` holds the browser's other cookies.
        if (!cookie.empty())
            raw.cookie = std::string(web::k_session_cookie) + "=" + cookie + (raw.cookie.empty() ? "" : "; " + raw.cookie);
        return send(std::move(raw));
    }

    Page keep(web::RawResponse response) {
        Page page;
        page.status = response.status;
        page.body = response.whole_body();
        for (auto& [name, value] : response.headers) {
            const std::string start = std::string(web::k_session_cookie) + "=";
            if (name == "Set-Cookie" && value.starts_with(start))
                cookie = value.substr(start.size(), value.find(';') - start.size());
            page.headers.emplace(name, value);
        }
        return page;
    }

    void seed_election(const std::string& edition) {
        auto& db = database.admin();
        db.execute("INSERT INTO election (id, title, edition, administration) VALUES (1, ?, ?, 'Ministère de l’Essai')",
                   {"Élections professionnelles " + edition, edition});
        const std::pair<const char*, const char*> events[] = {
            {"portal_opens", "2026-10-12 10:00"},   {"lists_shown", "2026-11-09 10:00"}, {"reclamations_close", "2026-11-16 23:59"},
            {"reassort_opens", "2026-11-09 10:00"}, {"vote_opens", "2026-12-03 10:00"},  {"vote_closes", "2026-12-10 17:00"},
            {"results_shown", "2026-12-11 12:00"}};
        for (const auto& [event, at] : events)
            db.execute("INSERT INTO calendar (election_id, event, at) VALUES (1, ?, ?)",
                       {event, util::to_sql(*domain::from_paris(at))});
        db.execute(
            "INSERT INTO academie (code, name, position, webmail_url, recovery_url, assistance_phone, assistance_email, "
            "assistance_hours) VALUES ('poitiers', 'Poitiers', 1, 'https://webmail.ac-poitiers.example', "
            "'https://aide.ac-poitiers.example', '05 00 00 00 00', 'assistance@ac-poitiers.example', '8 h à 18 h')");
    }

    domain::Edition edition_;
    domain::Places places_;
    web::Renderer renderer_;
    web::Pseudonyms pseudonyms_;
    web::HashPool pool_;
    web::ElectionCache elections_;
    web::Router router_;
    web::Shared shared_;
    db::Connection connection_;
};

}  // namespace test
