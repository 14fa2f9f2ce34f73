// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/connection_queue.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "util/log.hpp"

namespace web {

namespace {

constexpr std::chrono::milliseconds k_pause_without_descriptors{50};
constexpr timeval k_longest_silence{10, 0};

}  // namespace

ConnectionQueue::ConnectionQueue(int listener) : listener_(listener), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_ < 0) throw std::runtime_error(std::string("no epoll: ") + std::strerror(errno));
    arm(listener_);
}

ConnectionQueue::~ConnectionQueue() { ::close(epoll_); }

int ConnectionQueue::next() { return take(Take::new_and_kept, -1); }
int ConnectionQueue::next_kept() { return take(Take::kept, 0); }
void ConnectionQueue::keep(int connection) { arm(connection); }

int ConnectionQueue::take(Take which, int wait_ms) {
    epoll_event event{};
    while (::epoll_wait(epoll_, &event, 1, wait_ms) == 1) {
        const int fd = event.data.fd;
        if (fd == listener_) {
            if (which == Take::kept) continue;  // not armed again: it is not told twice
            const int connection = accept_new();
            if (connection >= 0) return connection;
        } else if ((event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) {
            ::close(fd);  // nginx has had it for long enough
        } else {
            return fd;
        }
    }
    return k_none;
}

int ConnectionQueue::accept_new() {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const int error = errno;
    if (connection < 0 && error != EINTR && error != ECONNABORTED) {
        util::log(util::Level::error, "accept", {{"why", std::strerror(error)}});
        std::this_thread::sleep_for(k_pause_without_descriptors);
    }
    arm(listener_);
    // nginx has the whole request before it connects: what stays away does not come.
    if (connection >= 0) ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &k_longest_silence, sizeof k_longest_silence);
    return connection;
}

// Told to one thread, once.
void ConnectionQueue::arm(int fd) {
    epoll_event event{};
    event.events = EPOLLIN | EPOLLONESHOT | (fd == listener_ ? 0U : static_cast<unsigned>(EPOLLRDHUP));
    event.data.fd = fd;
    if (::epoll_ctl(epoll_, EPOLL_CTL_MOD, fd, &event) == 0) return;
    if (errno == ENOENT && ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) == 0) return;
    util::log(util::Level::error, "accept", {{"why", std::strerror(errno)}});
    if (fd != listener_) ::close(fd);
}

}  // namespace web
