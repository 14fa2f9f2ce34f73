// SPDX-License-Identifier: AGPL-3.0-or-later
// The FastCGI side: a socket and the connections that nginx keeps (connection_queue.hpp), threads that answer them, a clean stop.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "web/raw_http.hpp"

namespace web {

struct ServerOptions {
    // Paths to bind; empty: what systemd hands over, one socket or two. Who is not signed in comes by the second, where there is one, to threads
    // of its own that have what the others leave of the processor.
    std::string listen, listen_guests;
    unsigned threads = 4;
    unsigned long max_requests = 0;  // stop by itself after so many; 0: never
    std::size_t max_body = 0;        // largest of the routes'
};

// How many of the threads are the second socket's: half; none where there is one alone.
unsigned guest_threads(const ServerOptions& options);

// `make_handler` is called once in each thread and gives what answers that thread's requests.
// Returns when SIGTERM or SIGINT came and each request in flight has been answered. Throws std::runtime_error on a socket
// that cannot be had.
using RequestHandler = std::function<RawResponse(const RawRequest&)>;
void serve(const ServerOptions& options, const std::function<RequestHandler()>& make_handler);

}  // namespace web
