// SPDX-License-Identifier: AGPL-3.0-or-later
// From a raw request to a raw response, without FastCGI: the pipeline of design section 6. Unit tests call it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/election.hpp"
#include "web/env.hpp"
#include "web/render.hpp"
#include "web/router.hpp"

namespace web {

// What the FastCGI parameters say, unchecked.
struct RawRequest {
    std::string method, uri, content_type, content_length, body, cookie, user_agent, client_ip, request_id, sec_fetch_site,
        origin;
    bool in_clear = false;        // came without encryption (nginx lets mailed links alone through so)
    bool body_too_large = false;  // more than the limit was announced; not read
};

struct RawResponse {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

// The parts that all threads share; everything here is immutable or has its own lock.
struct Shared {
    const Settings& settings;
    const util::Clock& clock;
    HashPool& hash_pool;
    const domain::Edition& edition;
    const Renderer& renderer;
    ElectionCache& elections;
    const Router& router;
};

// Never throws: an exception of a handler is a 500 page with a reference, a lost database a 503.
RawResponse dispatch(const RawRequest& raw, const Shared& shared, db::Connection& db);

// The view `site` that every template may use.
util::Json site_view(const Env& env, std::string_view page_title);

}  // namespace web
