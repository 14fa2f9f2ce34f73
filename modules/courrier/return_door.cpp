// SPDX-License-Identifier: AGPL-3.0-or-later
// The words: the address and a line end, then the mail, then the end of what is sent; "ok" comes back.
#include "courrier/return_door.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <thread>

#include "courrier/return_notice.hpp"
#include "util/log.hpp"

namespace courrier {
namespace {

constexpr std::string_view k_noted = "ok";
constexpr std::size_t k_longest_address = 320;
constexpr int k_poll_ms = 200, k_waiting_returns = 16;
constexpr timeval k_return_patience{5, 0};
constexpr std::chrono::seconds k_longest_return{10};  // of one whole, sent drop by drop

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

sockaddr_un place_of(const std::string& path) {
    sockaddr_un place{};
    place.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof place.sun_path)
        throw std::runtime_error("[mail] returns_socket is no path of a socket");
    std::memcpy(place.sun_path, path.c_str(), path.size() + 1);
    return place;
}

void be_patient(int fd) {
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &k_return_patience, sizeof k_return_patience);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &k_return_patience, sizeof k_return_patience);
}

bool send_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// Up to the sender's end. Empty if it does not come: a mail cut short is not one.
std::string receive_all(int fd, std::size_t most) {
    const auto until = std::chrono::steady_clock::now() + k_longest_return;
    std::string bytes;
    char part[4096];
    for (;;) {
        const ssize_t got = ::recv(fd, part, sizeof part, 0);
        if (got == 0) return bytes;
        if (got < 0 || bytes.size() + static_cast<std::size_t>(got) > most || std::chrono::steady_clock::now() > until) return {};
        bytes.append(part, static_cast<std::size_t>(got));
    }
}

}  // namespace

struct ReturnDoor::State {
    explicit State(int fd) : listener(fd) {}
    ~State() { ::close(listener); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    int listener;
    std::string path;
    std::function<void(std::string_view, std::string_view)> take;
    std::atomic<bool> is_stopping{false};
    std::thread thread;

    void serve();
    void serve_one(int peer) const;
};

void ReturnDoor::State::serve() {
    while (!is_stopping) {
        pollfd ready{listener, POLLIN, 0};
        if (::poll(&ready, 1, k_poll_ms) <= 0) continue;
        const Descriptor peer(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
        if (peer.get() >= 0) serve_one(peer.get());
    }
}

void ReturnDoor::State::serve_one(int peer) const {
    be_patient(peer);
    const std::string bytes = receive_all(peer, k_longest_address + 1 + k_return_bytes);
    const std::size_t line_end = bytes.find('\n');
    if (line_end == std::string::npos) return;
    try {
        take(std::string_view(bytes).substr(0, line_end), std::string_view(bytes).substr(line_end + 1));
        send_all(peer, k_noted);
    } catch (const std::exception& error) {
        util::log(util::Level::error, "return-lost", {{"why", error.what()}});
    }
}

ReturnDoor::ReturnDoor(const std::string& path, std::function<void(std::string_view, std::string_view)> take)
    : state_(std::make_unique<State>(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))) {
    const sockaddr_un place = place_of(path);
    state_->path = path;
    state_->take = std::move(take);
    ::unlink(path.c_str());  // of a daemon that was killed
    if (::bind(state_->listener, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0 ||
        ::listen(state_->listener, k_waiting_returns) != 0)
        throw std::runtime_error("[mail] returns_socket: " + path + " cannot be listened to: " + std::strerror(errno));
    state_->thread = std::thread([state = state_.get()] { state->serve(); });
}

ReturnDoor::~ReturnDoor() {
    state_->is_stopping = true;
    state_->thread.join();
    ::unlink(state_->path.c_str());
}

int hand_over_return(const std::string& path, std::string_view address, int mail) {
    const sockaddr_un place = place_of(path);
    const Descriptor door(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    be_patient(door.get());
    std::string bytes = std::string(address.substr(0, k_longest_address)) + "\n";
    const std::size_t most = bytes.size() + k_return_bytes;
    char part[4096];
    // All is read, or the mail program would see a broken pipe; the end of a long one is left out.
    ssize_t got = 0;
    while ((got = ::read(mail, part, sizeof part)) > 0)
        bytes.append(part, std::min(static_cast<std::size_t>(got), most - bytes.size()));
    if (got < 0) return EX_TEMPFAIL;
    if (::connect(door.get(), reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0 || !send_all(door.get(), bytes))
        return EX_TEMPFAIL;
    ::shutdown(door.get(), SHUT_WR);
    return receive_all(door.get(), k_noted.size()) == k_noted ? 0 : EX_TEMPFAIL;
}

}  // namespace courrier
