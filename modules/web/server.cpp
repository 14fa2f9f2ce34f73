// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/server.hpp"

#include <fcgiapp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "util/bytes.hpp"
#include "util/log.hpp"
#include "util/priority.hpp"
#include "util/random.hpp"
#include "web/connection_queue.hpp"
#include "web/fastcgi_answer.hpp"
#include "web/fastcgi_guard.hpp"

namespace web {

namespace {

constexpr int k_backlog = 1024;  // more than nginx's seats (max_conns of its upstreams): past it nginx answers 502

int bind_socket(const std::string& path) {
    if (path.size() > 100) throw std::runtime_error("socket path is longer than 100 characters: " + path);
    // libfcgi ends the process, without a word, where it cannot bind.
    const std::string folder = std::filesystem::absolute(path).parent_path().string();
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        throw std::runtime_error("cannot listen on " + path + ": this user may not write to " + folder);
    const mode_t before = ::umask(0117);  // 0660: our group is nginx's, and the library trusts whoever connects
    const int fd = FCGX_OpenSocket(path.c_str(), k_backlog);
    ::umask(before);
    if (fd < 0) throw std::runtime_error("cannot listen on " + path);
    return fd;
}

struct Sockets {
    int members = -1, guests = -1;  // everybody's and none, where there is one alone
};

Sockets open_sockets(const ServerOptions& options) {
    if (options.listen.empty()) {
        const int given = sd_listen_fds(1);
        if (given != 1 && given != 2) throw std::runtime_error("no socket: give --listen PATH or start me through systemd");
        return {SD_LISTEN_FDS_START, given == 2 ? SD_LISTEN_FDS_START + 1 : -1};
    }
    return {bind_socket(options.listen), options.listen_guests.empty() ? -1 : bind_socket(options.listen_guests)};
}

std::string param(const FCGX_Request& request, const char* name) {
    const char* value = FCGX_GetParam(name, request.envp);
    return value ? value : "";
}

RawRequest read_request(FCGX_Request& request, std::size_t max_body) {
    RawRequest raw;
    raw.method = param(request, "REQUEST_METHOD");
    raw.uri = param(request, "REQUEST_URI");
    raw.content_type = param(request, "CONTENT_TYPE");
    raw.content_length = param(request, "CONTENT_LENGTH");
    raw.cookie = param(request, "HTTP_COOKIE");
    raw.user_agent = param(request, "HTTP_USER_AGENT");
    raw.client_ip = param(request, "REMOTE_ADDR");
    raw.sec_fetch_site = param(request, "HTTP_SEC_FETCH_SITE");
    raw.origin = param(request, "HTTP_ORIGIN");
    raw.in_clear = !param(request, "IN_CLEAR").empty();
    raw.request_id = param(request, "REQUEST_ID").substr(0, 16);
    if (raw.request_id.size() != 16) raw.request_id = util::to_hex(util::random_bytes(8));
    if (raw.content_length.empty() || raw.content_length.size() > 9 ||
        raw.content_length.find_first_not_of("0123456789") != std::string::npos)
        return raw;
    const std::size_t length = std::stoul(raw.content_length);
    raw.body_too_large = length > max_body;
    if (raw.body_too_large) return raw;
    raw.body.resize(length);
    std::size_t have = 0;
    while (have < length) {
        const int got = FCGX_GetStr(raw.body.data() + have, static_cast<int>(length - have), request.in);
        if (got <= 0) break;
        have += static_cast<std::size_t>(got);
    }
    raw.body.resize(have);
    return raw;
}

struct Counters {
    std::atomic<unsigned long> requests{0};
    std::atomic<unsigned> threads_left{0};
    std::atomic<bool> is_stopping{false};
};

// The next request whose opening libfcgi can be trusted with. False: the process stops.
bool take_request(ConnectionQueue& queue, FCGX_Request& request, const Counters& counters) {
    for (;;) {
        const bool is_last = counters.is_stopping;
        const int connection = is_last ? queue.next_kept() : queue.next();
        if (connection == ConnectionQueue::k_none) {
            if (is_last) return false;
            continue;
        }
        if (!opens_well(connection)) {
            util::log(util::Level::warning, "connection-refused", {{"why", "not a FastCGI request"}});
            ::close(connection);
            continue;
        }
        request.ipcFd = connection;
        request.keepConnection = 1;  // or libfcgi closes it as the last request's; it reads its own from the connection
        if (FCGX_Accept_r(&request) >= 0) return true;
        request.ipcFd = -1;  // what opens_well() let pass and libfcgi did not: closed by it
    }
}

// Something of this request that is left unread would be taken for the next, or make of a close a reset that takes the answer away.
bool is_all_read(const FCGX_Request& request) { return FCGX_GetChar(request.in) == EOF && FCGX_GetError(request.in) == 0; }

// Whether another request may follow on the connection. After a form it is closed: nginx gives those a connection each, for it may not send one
// again when a kept connection ends under it.
bool may_stay(const FCGX_Request& request, const RawRequest& raw, const Counters& counters) {
    return request.keepConnection != 0 && raw.method != "POST" && !counters.is_stopping;
}

void answer_request(FCGX_Request& request, const RequestHandler& handle, const ServerOptions& options, const Counters& counters) {
    bool stays = false;
    try {
        const RawRequest raw = read_request(request, options.max_body);
        const RawResponse answer = handle(raw);
        const bool all_read = is_all_read(request);
        stays = all_read && may_stay(request, raw, counters);
        stays = send_answer(request.ipcFd, static_cast<unsigned>(request.requestId), answer) && stays;
        request.out->wasFCloseCalled = request.err->wasFCloseCalled = 1;  // libfcgi has nothing more to say
        if (all_read && !stays) {                                         // libfcgi would wait until nginx has closed its end
            ::close(request.ipcFd);
            request.ipcFd = -1;
        }
    } catch (const std::exception& error) {  // what left the thread would end the process
        util::log(util::Level::error, "request-lost", {{"why", error.what()}});
    }
    request.keepConnection = stays || request.ipcFd < 0 ? 1 : 0;
    FCGX_Finish_r(&request);
}

void serve_thread(ConnectionQueue& queue, const ServerOptions& options, const std::function<RequestHandler()>& make_handler,
                  Counters& counters) {
    const RequestHandler handle = make_handler();
    FCGX_Request request;
    FCGX_InitRequest(&request, -1, FCGI_FAIL_ACCEPT_ON_INTR);  // it never accepts by itself
    while (take_request(queue, request, counters)) {
        answer_request(request, handle, options, counters);
        if (request.ipcFd >= 0) queue.keep(request.ipcFd);  // else it is closed
        request.ipcFd = -1;
        if (options.max_requests > 0 && ++counters.requests >= options.max_requests) ::kill(::getpid(), SIGTERM);
    }
    FCGX_Free(&request, 1);
    --counters.threads_left;
}

void ignore(int) {}

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

// Waits for a stop signal, telling systemd's watchdog every few seconds that we live.
void wait_for_stop(const sigset_t& signals) {
    std::uint64_t watchdog = 0;
    const bool watched = sd_watchdog_enabled(0, &watchdog) > 0;
    const timespec wait{watched ? static_cast<time_t>(std::max<std::uint64_t>(watchdog / 2'000'000, 1)) : 3600, 0};
    while (sigtimedwait(&signals, nullptr, &wait) < 0)
        if (watched) sd_notify(0, "WATCHDOG=1");
}

}  // namespace

unsigned guest_threads(const ServerOptions& options) {
    const bool has_two = options.listen.empty() ? sd_listen_fds(0) == 2 : !options.listen_guests.empty();
    return has_two ? std::max(options.threads / 2, 1U) : 0;
}

void serve(const ServerOptions& options, const std::function<RequestHandler()>& make_handler) {
    // Every thread inherits the mask: only sigtimedwait below sees a stop signal.
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    struct sigaction wake {};
    wake.sa_handler = ignore;  // without SA_RESTART: it only interrupts accept
    sigaction(SIGUSR1, &wake, nullptr);
    signal(SIGPIPE, SIG_IGN);

    if (FCGX_Init() != 0) throw std::runtime_error("libfcgi does not start");
    const unsigned of_guests = guest_threads(options);  // before open_sockets() takes what systemd says
    const Sockets sockets = open_sockets(options);
    ConnectionQueue members(sockets.members);
    std::optional<ConnectionQueue> guests;
    if (sockets.guests >= 0) guests.emplace(sockets.guests);
    Counters counters;
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::max(options.threads, of_guests + 1); ++i) {
        const bool is_guests = i < of_guests;
        ++counters.threads_left;
        threads.emplace_back([&, is_guests] {
            if (is_guests) util::stand_below_all();
            serve_thread(is_guests ? *guests : members, options, make_handler, counters);
        });
    }
    sd_notify(0, "READY=1");
    util::log(util::Level::info, "ready", {{"threads", std::to_string(options.threads)}});

    wait_for_stop(signals);
    sd_notify(0, "STOPPING=1");
    util::log(util::Level::info, "stopping");
    counters.is_stopping = true;
    FCGX_ShutdownPending();
    while (counters.threads_left > 0) {
        for (auto& thread : threads) pthread_kill(thread.native_handle(), SIGUSR1);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    for (auto& thread : threads) thread.join();
}

}  // namespace web
