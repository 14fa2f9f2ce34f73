// SPDX-License-Identifier: AGPL-3.0-or-later
// The FastCGI side: a socket, threads on FCGX_Accept_r, a clean stop.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "web/raw_http.hpp"

namespace web {

struct ServerOptions {
    std::string listen;  // path to bind; empty: the socket systemd hands over
    unsigned threads = 4;
    unsigned long max_requests = 0;  // stop by itself after so many; 0: never
    std::size_t max_body = 0;        // largest of the routes'
};

// `make_handler` is called once in each thread and gives what answers that thread's requests.
// Returns when SIGTERM or SIGINT came and each request in flight has been answered. Throws std::runtime_error on a socket
// that cannot be had.
using RequestHandler = std::function<RawResponse(const RawRequest&)>;
void serve(const ServerOptions& options, const std::function<RequestHandler()>& make_handler);

}  // namespace web
