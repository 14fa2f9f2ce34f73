// SPDX-License-Identifier: AGPL-3.0-or-later
// What a handler answers: a page (template and view), a redirect, JSON, a document, or a file that nginx sends. Headers are web's affair.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "util/json.hpp"
#include "util/result.hpp"
#include "web/render.hpp"

namespace web {

struct Cookie {
    std::string_view name;         // a constant of ours
    std::string value;             // empty: the browser forgets it
    std::chrono::seconds lives{};  // 0: until the browser is closed
};

struct Response {
    enum class Kind { page, redirect, json, document, file };
    Kind kind = Kind::page;
    int status = 200;
    std::string template_name;  // page: "scrutins/scrutin" is templates/scrutins/scrutin.mustache
    util::Json view;            // page: what the template names; `title` is required. web adds `site` (site_view.hpp)
    std::string location;       // redirect: a path of ours, beginning with one '/'; file: of an internal location of nginx
    std::string digest;         // file: its SHA-256, 32 raw bytes
    std::string body;           // json, document
    std::string content_type;   // document, file
    std::string file_name;  // document, file: offered for download under this name when not empty (ASCII letters, digits, . _ -)
    std::vector<Cookie> cookies;  // the session's is set through session.hpp
    bool is_shared = false;       // page: see shared_page
    std::string kept_key;         // page: see kept_page
    std::function<util::Json()> make_view;
    std::vector<Renderer::Own> own;
    std::chrono::seconds refresh_after{0};  // page: the browser asks for it again by itself; 0: never
    bool wipe_browser = false;              // Clear-Site-Data, at sign-out

    static Response page(std::string template_name, util::Json view, int status = 200) {
        Response response;
        response.status = status;
        response.template_name = std::move(template_name);
        response.view = std::move(view);
        return response;
    }
    // The same for a view that holds nothing of one elector: rendered once, not at each request (render.hpp).
    static Response shared_page(std::string template_name, util::Json view) {
        Response response = page(std::move(template_name), std::move(view));
        response.is_shared = true;
        return response;
    }
    // A page that many see alike but for `own`: its view is made once for each `key` (render.hpp), to which web adds the election as it stands and
    // who is signed in or not.
    static Response kept_page(std::string template_name, std::string key, std::function<util::Json()> make_view,
                              std::vector<Renderer::Own> own = {}) {
        Response response;
        response.template_name = std::move(template_name);
        response.kept_key = std::move(key);
        response.make_view = std::move(make_view);
        response.own = std::move(own);
        return response;
    }
    // 303: the browser goes on with a GET.
    static Response redirect(std::string path) {
        Response response;
        response.kind = Kind::redirect;
        response.status = 303;
        response.location = std::move(path);
        return response;
    }
    static Response json(const util::Json& value, int status = 200) {
        Response response;
        response.kind = Kind::json;
        response.status = status;
        response.body = value.dump();
        return response;
    }
    // The same, written already.
    static Response json_text(std::string text) {
        Response response;
        response.kind = Kind::json;
        response.body = std::move(text);
        return response;
    }
    static Response document(std::string body, std::string content_type, std::string file_name = {}) {
        Response response;
        response.kind = Kind::document;
        response.body = std::move(body);
        response.content_type = std::move(content_type);
        response.file_name = std::move(file_name);
        return response;
    }
    // A file too large for a worker's memory: nginx sends what lies at `location` (X-Accel-Redirect), and we say what its bytes must be (RFC 9530).
    static Response file(std::string location, std::string digest, std::string content_type, std::string file_name) {
        Response response = document({}, std::move(content_type), std::move(file_name));
        response.kind = Kind::file;
        response.location = std::move(location);
        response.digest = std::move(digest);
        return response;
    }
};

// What a handler gives back: a response, or a Failure that web answers by its Fault's status and page.
using Answer = util::Result<Response>;

}  // namespace web
