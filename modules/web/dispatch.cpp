// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/dispatch.hpp"

#include <algorithm>
#include <chrono>

#include "domain/guest.hpp"
#include "util/bytes.hpp"
#include "util/log.hpp"
#include "util/percent.hpp"
#include "util/random.hpp"
#include "web/csp_report.hpp"
#include "web/env.hpp"
#include "web/error_pages.hpp"
#include "web/form_reader.hpp"
#include "web/headers.hpp"
#include "web/multipart.hpp"
#include "web/session_end.hpp"
#include "web/session_id.hpp"
#include "web/session_reader.hpp"
#include "web/site_view.hpp"

namespace web {

namespace {

constexpr std::string_view k_form_type = "application/x-www-form-urlencoded";

// A refusal before or instead of the handler: the status and what the log says.
struct Refusal {
    int status;
    std::string why;
    std::string location;  // 303 only
    std::string allow;     // 405 only
};

// Of the rows that ask who somebody is, those that a guest of the desk has too: the desk, his password, his connections. Any other, a new one as well, is an
// elector's.
bool is_open_to_guests(std::string_view path) {
    for (const std::string_view open : {"/bureau", "/mes-connexions", "/connexion/prolonger", "/profil/mot-de-passe"})
        if (path == open || (path.starts_with(open) && path[open.size()] == '/')) return true;
    return false;
}

// The work on one request, step by step; each step may refuse.
class Pipeline {
public:
    Pipeline(const RawRequest& raw, const Shared& shared, db::Connection& db) : raw_(raw), shared_(shared), db_(db) {}

    RawResponse run() {
        const auto started = std::chrono::steady_clock::now();
        RawResponse out;
        try {
            out = answer();
        } catch (const NoElection& error) {
            why_ = error.what();
            is_open_ = false;
            out = not_open();
        } catch (const db::Error& error) {
            why_ = "database " + std::to_string(error.code()) + ": " + error.what();
            out = error.is_temporary() ? database_away() : plain_error(500);
        } catch (const std::exception& error) {
            why_ = error.what();
            out = plain_error(500);
        }
        if (raw_.method == "HEAD") {
            out.body.clear();
            out.page = {};
        }
        write_log(out.status, std::chrono::steady_clock::now() - started);
        return out;
    }

private:
    RawResponse answer() {
        if (auto refusal = find_route()) return refuse(*refusal);
        if (is_report_) return take_report();
        if (auto refusal = read_fields()) return refuse(*refusal);
        return with_session();
    }

    std::optional<Refusal> find_route() {
        const auto path = decode_path(raw_.uri);
        if (!path) return Refusal{400, path.error().detail, {}, {}};
        request_.path = *path;
        request_.client_ip = raw_.client_ip;
        request_.user_agent = raw_.user_agent;
        request_.request_id = raw_.request_id;
        request_.in_clear = raw_.in_clear;
        is_report_ = request_.path == k_csp_report_path && raw_.method == "POST";
        if (is_report_) return std::nullopt;
        request_.method = raw_.method == "POST" ? Method::post : Method::get;
        auto match = shared_.router.find(request_.method, request_.path);
        if (match.allowed.empty()) {
            const std::string meant = raw_.method == "POST" ? "" : path_meant(request_.path);
            if (!meant.empty()) return Refusal{303, "something after the path", meant, {}};
            return Refusal{404, "no such path", {}, {}};
        }
        const bool known = raw_.method == "GET" || raw_.method == "HEAD" || raw_.method == "POST";
        if (!match.route || !known) {
            std::string allow;
            for (const Method method : match.allowed)
                allow += (allow.empty() ? "" : ", ") + std::string(method == Method::get ? "GET, HEAD" : "POST");
            return Refusal{405, raw_.method, {}, allow};
        }
        route_ = match.route;
        request_.route = route_->path;
        request_.params_ = std::move(match.params);
        request_.cookies_ = read_cookies(raw_.cookie);
        return std::nullopt;
    }

    std::optional<Refusal> read_fields() {
        const std::size_t question = raw_.uri.find('?');
        const std::string_view query = question == std::string::npos ? "" : std::string_view(raw_.uri).substr(question + 1);
        std::string_view encoded = query;
        if (request_.method == Method::post) {
            if (auto refusal = check_body()) return refusal;
            // A state change reads the body alone: no query may stand in for a field.
            if (!query.empty()) return Refusal{400, "a POST with a query", {}, {}};
            if (is_in_parts()) return read_parts();
            encoded = raw_.body;
        }
        auto form = read_form(encoded);
        if (!form) return Refusal{400, form.error().detail, {}, {}};
        return take_fields(std::move(*form));
    }

    bool is_in_parts() const { return raw_.content_type.starts_with(k_file_form_type); }

    std::optional<Refusal> read_parts() {
        auto form = read_file_form(raw_.content_type, raw_.body, route_->file_field);
        if (!form) return Refusal{400, form.error().detail, {}, {}};
        form_text_ = canonical_text(*form);
        request_.file_ = std::move(form->file);
        return take_fields(std::move(form->fields));
    }

    std::optional<Refusal> take_fields(Request::Pairs form) {
        static const std::vector<std::string_view> k_post_extra{"csrf", "form_key"}, k_none;
        const auto checked = check_fields(form, route_->fields, request_.method == Method::post ? k_post_extra : k_none);
        if (!checked) return Refusal{400, checked.error().detail, {}, {}};
        request_.fields_ = std::move(form);
        return std::nullopt;
    }

    std::optional<Refusal> check_body() const {
        if (raw_.content_length.empty()) return Refusal{411, "no length", {}, {}};
        if (raw_.content_length.size() > 9 || raw_.content_length.find_first_not_of("0123456789") != std::string::npos)
            return Refusal{400, "length is not a number", {}, {}};
        const std::size_t length = std::stoul(raw_.content_length);
        if (raw_.body_too_large || length > route_->max_body) return Refusal{413, "body too large", {}, {}};
        if (raw_.body.size() != length) return Refusal{400, "body cut short", {}, {}};
        // A file comes in parts alone; what a form without one says is the same in both.
        const bool may_be_escaped = route_->file_field.empty() && raw_.content_type.starts_with(k_form_type);
        if (!may_be_escaped && !is_in_parts()) return Refusal{415, "not a form", {}, {}};
        return std::nullopt;
    }

    RawResponse with_session() {
        election_ = shared_.elections.get(db_);
        // Imported a moment ago: its own wording and rules serve from the next request on.
        if (election_->edition != shared_.edition.year) throw NoElection();
        Env env{db_,
                shared_.settings,
                shared_.clock,
                shared_.hash_pool,
                shared_.edition,
                shared_.renderer,
                shared_.pseudonyms,
                *election_,
                election_->calendar,
                shared_.clock.now(),
                Session{},
                {},
                raw_.request_id,
                {}};
        const bool is_form = request_.method == Method::post && route_->guard != Guard::program;
        if (is_form)
            env.form = name_of_form(request_.path, form_text_.empty() ? raw_.body : form_text_, request_.field("form_key"));
        const FormTurn turn(env.form);
        if (!turn.has_turn()) return refuse({503, "one form many times at once", {}, {}});
        if (route_->guard != Guard::program) {
            const Looks looks = route_->guard == Guard::onlooker ? Looks::from_afar : Looks::is_there;
            const auto one_roll = route_->one_roll ? route_->one_roll(request_, election_->data_version) : std::nullopt;
            const Reading reading{*election_, looks, route_->guard == Guard::rolls, one_roll};
            env.now = read_session(env.session, request_.cookie(k_session_cookie), reading, db_, shared_.clock);
        }
        if (env.session.struck_off && is_for_electors(route_->guard)) {
            why_ = "struck off";
            return finish(struck_off_response(route_->errors, env), env);
        }
        if (env.session.struck_off) name_session(env.session, util::random_token(16));  // elsewhere he is a visitor like any
        elector_ = shared_.pseudonyms.of(env.session.voter_email);
        env.session.place = shared_.places.of(env.session.academie_code);
        if (auto again = answered_before(env)) return finish(*std::move(again), env);
        if (is_for_electors(route_->guard) && !env.session.voter) return refuse(sign_in_first(), &env);
        if (is_for_electors(route_->guard) && domain::is_guest(*env.session.voter) && !is_open_to_guests(request_.path)) {
            why_ = "no elector";
            return finish(guest_response(route_->errors), env);
        }
        if (is_form) {
            if (auto refusal = check_origin(env)) return refuse(*refusal, &env);
            env.form_key = request_.field("form_key");
        }
        auto handled = route_->handler(request_, env);
        if (!handled) {
            why_ = handled.error().detail;
            return finish(failure_response(handled.error().fault, route_->errors, env), env);
        }
        return finish(std::move(*handled), env);
    }

    // What this very form was answered a moment ago, under this identifier or the one before. It needs no token: nothing is done.
    std::optional<Response> answered_before(const Env& env) {
        if (env.form.empty()) return std::nullopt;
        const auto& answered = env.session.data.answered();
        if (!answered || answered->form != env.form) return std::nullopt;
        why_ = "answered before";
        auto response = Response::redirect(answered->location);
        response.wipe_browser = answered->wipes_browser;
        if (!answered->salt.empty()) response.cookies.push_back({k_session_cookie, successor_of(env.session.id, *answered), {}});
        return response;
    }

    Refusal sign_in_first() const {
        if (route_->errors == ErrorForm::json) return Refusal{403, "not signed in", {}, {}};
        std::string location = "/connexion";
        if (request_.method == Method::get) location += "?suite=" + util::percent_escaped(raw_.uri, "/");
        return Refusal{303, "not signed in", location, {}};
    }

    // The token of this browser, and a request that this site's own pages made: another site's form changes nothing here.
    std::optional<Refusal> check_origin(const Env& env) const {
        if (!raw_.sec_fetch_site.empty() && raw_.sec_fetch_site != "same-origin" && raw_.sec_fetch_site != "none")
            return Refusal{403, "another site's request", {}, {}};
        // Under no-referrer browsers write "null" here even for our own forms.
        if (!raw_.origin.empty() && raw_.origin != "null" && raw_.origin != shared_.settings.base_url)
            return Refusal{403, "another origin's request", {}, {}};
        const std::string_view token = request_.field("csrf");
        const bool older = !env.session.older_csrf.empty() && util::equal_constant_time(token, env.session.older_csrf);
        if (!older && !util::equal_constant_time(token, env.session.csrf)) return Refusal{403, "form token does not match", {}, {}};
        const std::string_view key = request_.field("form_key");
        const bool plain = key.size() <= 64 && std::all_of(key.begin(), key.end(),
                                                           [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
        if (!plain) return Refusal{400, "form_key is not hexadecimal", {}, {}};
        return std::nullopt;
    }

    RawResponse refuse(const Refusal& refusal, Env* env = nullptr) {
        why_ = refusal.why;
        RawResponse out;
        if (refusal.status == 303 && !env) {
            out.status = 303;
            add_security_headers(out);
            add_header(out, "Location", refusal.location);
        } else if (refusal.status == 303) {
            out = finish(Response::redirect(refusal.location), *env);
        } else if (env) {
            out = finish(status_response(refusal.status, route_->errors, *env), *env);
        } else {
            out = plain_error(refusal.status);
        }
        if (!refusal.allow.empty()) add_header(out, "Allow", refusal.allow);
        return out;
    }

    RawResponse finish(Response response, Env& env) {
        RawResponse out;
        out.status = response.status;
        add_security_headers(out);
        if (is_for_electors(route_->guard)) add_header(out, "X-Robots-Tag", "noindex");
        switch (response.kind) {
            case Response::Kind::page: {
                render_page(out, response, env);
                add_header(out, "Content-Type", "text/html; charset=utf-8");
                // The form token is bound to this cookie: a browser without one gets it with its first page.
                const bool sets = std::any_of(response.cookies.begin(), response.cookies.end(),
                                              [](const auto& cookie) { return cookie.name == k_session_cookie; });
                if (!sets && !request_.in_clear && request_.cookie(k_session_cookie) != env.session.id)
                    add_cookie(out, {k_session_cookie, env.session.id, {}});
                break;
            }
            case Response::Kind::redirect: add_header(out, "Location", response.location); break;
            case Response::Kind::json:
                out.body = std::move(response.body);
                add_header(out, "Content-Type", "application/json; charset=utf-8");
                break;
            case Response::Kind::file:
                add_header(out, "X-Accel-Redirect", response.location);
                add_header(out, "Repr-Digest", "sha-256=:" + util::to_base64_unpadded(response.digest) + "=:");
                [[fallthrough]];
            case Response::Kind::document:
                out.body = std::move(response.body);
                add_header(out, "Content-Type", response.content_type);
                if (!response.file_name.empty())
                    add_header(out, "Content-Disposition", "attachment; filename=\"" + response.file_name + "\"");
                break;
        }
        if (out.status == 503 || out.status == 429) add_header(out, "Retry-After", out.status == 503 ? "10" : "60");
        for (const Cookie& cookie : response.cookies) add_cookie(out, cookie);
        if (response.refresh_after.count() > 0) add_header(out, "Refresh", std::to_string(response.refresh_after.count()));
        if (response.wipe_browser) add_header(out, "Clear-Site-Data", "\"cache\", \"storage\"");
        return out;
    }

    void render_page(RawResponse& out, Response& response, const Env& env) const {
        const auto with_site = [&](util::Json view) {
            const std::string title = view.value("title", "");
            view["site"] = site_view(env, title);
            return view;
        };
        const bool is_kept = response.make_view != nullptr;
        if (!is_kept && !response.is_shared) {
            out.body = shared_.renderer.page(response.template_name, with_site(std::move(response.view)));
            return;
        }
        const Session& session = env.session;
        auto own = std::move(response.own);
        own.push_back({"site.voter_name", session.voter ? session.first_name + " " + session.last_name : std::string()});
        const SessionEnd end = session_end(env);
        own.push_back({"site.session_left", std::to_string(end.left.count())});
        own.push_back({"site.session_warns", end.warns});
        own.push_back({"site.session_words", end.words});
        own.push_back({"site.csrf", session.csrf});
        own.push_back({"site.form_key", fresh_form_key()});
        own.push_back({"site.request_id", env.request_id});
        std::string key = (session.voter ? "in\n" : "out\n") + env.election.identity + '\n';
        key += is_kept ? response.kept_key : response.view.dump();
        out.page = shared_.renderer.framed(
            response.template_name, key, [&] { return with_site(is_kept ? response.make_view() : std::move(response.view)); },
            std::move(own));
    }

    // Before the import. 503 and not 200: no monitor takes the portal for open, no robot keeps the page.
    RawResponse not_open() const { return say(503, not_open_page(shared_, raw_.request_id), "300"); }

    // The database is away, full, or overrun: another page than that of a portal with too many visitors.
    RawResponse database_away() const { return say(503, database_away_page(shared_, election_.get(), raw_.request_id), "30"); }

    // An error before there is an Env: the same pages, with what is known.
    RawResponse plain_error(int status) const {
        return say(status, error_page(status, shared_, election_.get(), raw_.request_id), status == 503 ? "10" : "");
    }

    // Without an Env: the page, or what a program is told instead.
    RawResponse say(int status, std::string page, const char* retry_after) const {
        RawResponse out;
        out.status = status;
        add_security_headers(out);
        if (*retry_after != '\0') add_header(out, "Retry-After", retry_after);
        const bool json = route_ && route_->errors == ErrorForm::json;
        out.body = json ? error_json(status) : std::move(page);
        add_header(out, "Content-Type", json ? "application/json; charset=utf-8" : "text/html; charset=utf-8");
        return out;
    }

    RawResponse take_report() {
        log_csp_report(raw_.body, shared_.clock.now());
        RawResponse out;
        out.status = 204;
        add_security_headers(out);
        return out;
    }

    void write_log(int status, std::chrono::steady_clock::duration took) const {
        const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
        const auto level = status >= 500 && is_open_ ? util::Level::error : util::Level::info;
        util::log(level, "request",
                  {{"id", raw_.request_id},
                   {"method", raw_.method.substr(0, 8)},
                   {"route", route_ ? route_->path : std::string("-")},
                   {"status", std::to_string(status)},
                   {"us", std::to_string(micros)},
                   {"elector", elector_},
                   {"why", why_}});
    }

    const RawRequest& raw_;
    const Shared& shared_;
    db::Connection& db_;
    const Route* route_ = nullptr;
    std::string elector_;  // who was signed in, under his pseudonym
    bool is_report_ = false, is_open_ = true;
    Request request_;
    std::string form_text_;  // of a form in parts: what it says, without the boundary of this one sending
    std::shared_ptr<const Election> election_;
    std::string why_;
};

}  // namespace

RawResponse dispatch(const RawRequest& raw, const Shared& shared, db::Connection& db) { return Pipeline(raw, shared, db).run(); }

}  // namespace web
