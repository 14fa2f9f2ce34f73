// SPDX-License-Identifier: AGPL-3.0-or-later
// A request and its answer as FastCGI carries them: texts, unchecked on the way in, final on the way out.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "web/framed_page.hpp"

namespace web {

// What the FastCGI parameters say, unchecked.
struct RawRequest {
    std::string method, uri, content_type, content_length, body, cookie, user_agent, client_ip, request_id, sec_fetch_site, origin;
    bool in_clear = false;        // came without encryption (nginx lets mailed links alone through so)
    bool body_too_large = false;  // more than the limit was announced; not read
};

struct RawResponse {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    FramedPage page{};  // or this one, and no body

    std::string whole_body() const { return page.frame ? page.text() : body; }
};

}  // namespace web
