// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/headers.hpp"

#include <algorithm>
#include <stdexcept>

namespace web {

namespace {

// No inline script or style anywhere. wasm and eval stay off; workers and modules are our own files.
constexpr std::string_view k_content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; report-uri /csp-report";

}  // namespace

void add_header(RawResponse& raw, std::string name, std::string value) {
    const bool clean = std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    if (!clean) throw std::logic_error("header " + name + " has a forbidden character");
    raw.headers.emplace_back(std::move(name), std::move(value));
}

void add_cookie(RawResponse& raw, const Cookie& given) {
    const auto& [name, value, lives] = given;
    const bool clean = std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    if (!clean) throw std::logic_error("cookie value has a forbidden character");
    std::string cookie = std::string(name) + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax";
    if (value.empty() || lives.count() > 0) cookie += "; Max-Age=" + std::to_string(value.empty() ? 0 : lives.count());
    add_header(raw, "Set-Cookie", std::move(cookie));
}

void add_security_headers(RawResponse& raw) {
    add_header(raw, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    add_header(raw, "Content-Security-Policy", std::string(k_content_security_policy));
    add_header(raw, "X-Content-Type-Options", "nosniff");
    add_header(raw, "Referrer-Policy", "no-referrer");
    add_header(raw, "Cross-Origin-Opener-Policy", "same-origin");
    add_header(raw, "Cache-Control", "no-store");
}

std::string_view reason_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 204: return "No Content";
        case 303: return "See Other";
        case 400: return "Bad Request";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 429: return "Too Many Requests";
        case 503: return "Service Unavailable";
        default: return "Internal Server Error";
    }
}

}  // namespace web
