// SPDX-License-Identifier: AGPL-3.0-or-later
// One bare FastCGI request to a worker's Unix socket, as nginx would send it, and the answer's bytes.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace test {

inline void pause(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds{milliseconds}); }

namespace fastcgi {

inline std::string record(char type, std::string_view content) {
    std::string head{1, type, 0, 1, static_cast<char>(content.size() >> 8), static_cast<char>(content.size() & 255), 0, 0};
    return head.append(content);
}

inline std::string length_of(std::size_t size) {
    if (size < 128) return std::string(1, static_cast<char>(size));
    return {static_cast<char>(0x80 | (size >> 24)), static_cast<char>(size >> 16), static_cast<char>(size >> 8),
            static_cast<char>(size)};
}

}  // namespace fastcgi

using FastcgiParams = std::vector<std::pair<std::string, std::string>>;

// The open connection after these very bytes; waits some seconds for the listener.
inline int send_bytes(const std::string& socket, std::string_view out) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket.copy(address.sun_path, sizeof address.sun_path - 1);
    for (int i = 0; ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0; ++i) {
        if (i == 500) throw std::runtime_error("the worker does not listen");
        pause(10);
    }
    for (std::size_t sent = 0; sent < out.size();) {
        const auto written = ::send(fd, out.data() + sent, out.size() - sent, MSG_NOSIGNAL);
        if (written <= 0) break;  // refused already: reading tells
        sent += static_cast<std::size_t>(written);
    }
    return fd;
}

// What a request of these parameters begins with, up to its body.
inline std::string fastcgi_opening(const FastcgiParams& params) {
    std::string pairs;
    for (const auto& [name, value] : params)
        pairs += fastcgi::length_of(name.size()) + fastcgi::length_of(value.size()) + name + value;
    return fastcgi::record(1, std::string_view("\0\1\0\0\0\0\0\0", 8)) + fastcgi::record(4, pairs) + fastcgi::record(4, "");
}

// The open connection of a request.
inline int send_fastcgi(const std::string& socket, const FastcgiParams& params, std::string_view body) {
    std::string out = fastcgi_opening(params);
    for (std::size_t at = 0; at < body.size(); at += 30'000) out += fastcgi::record(5, body.substr(at, 30'000));
    out += fastcgi::record(5, "");
    return send_bytes(socket, out);
}

// All that comes until the other side closes.
inline std::string read_all(int fd) {
    std::string all;
    char buffer[4096];
    for (ssize_t got; (got = ::read(fd, buffer, sizeof buffer)) > 0;) all.append(buffer, static_cast<std::size_t>(got));
    ::close(fd);
    return all;
}

}  // namespace test
