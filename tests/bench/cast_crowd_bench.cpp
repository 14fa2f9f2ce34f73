// SPDX-License-Identifier: AGPL-3.0-or-later
// The crowd of casts.mjs: sends ready requests to nginx, on each connection one after the other, with as little work as a generator can have that shares
// the cores with what it measures.
//   cast-crowd-bench FILE PORT CONNECTIONS
// FILE: a JSON array of requests' texts. Connection n comes from 127.3.n.1. On standard output one JSON object: `seconds` for all, `ms` of each, and
// `client_us`, this program's microseconds of processor for each. Ends with 1, in words, at the first answer that is not 200.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "bench_support.hpp"
#include "util/json.hpp"

namespace {

sockaddr_in address_of(const std::string& host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) throw std::runtime_error("no address: " + host);
    return address;
}

class Wire {
public:
    Wire(const std::string& from, std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const sockaddr_in own = address_of(from, 0), nginx = address_of("127.0.0.1", port);
        const int on = 1;
        if (socket_ < 0 || ::bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0 ||
            ::connect(socket_, reinterpret_cast<const sockaddr*>(&nginx), sizeof nginx) != 0 ||
            ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0)
            throw std::runtime_error("no connection to nginx");
    }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;
    ~Wire() { ::close(socket_); }

    // The whole answer has come when this returns.
    void ask(const std::string& request) {
        for (std::size_t done = 0; done < request.size();) {
            const ssize_t sent = ::send(socket_, request.data() + done, request.size() - done, MSG_NOSIGNAL);
            if (sent <= 0) throw std::runtime_error("nginx takes no more of a request");
            done += static_cast<std::size_t>(sent);
        }
        std::string answer;
        while (!is_whole(answer)) {
            char part[8192];
            const ssize_t got = ::recv(socket_, part, sizeof part, 0);
            if (got <= 0) throw std::runtime_error("nginx closed the connection");
            answer.append(part, static_cast<std::size_t>(got));
        }
        if (!answer.starts_with("HTTP/1.1 200 ")) throw std::runtime_error("a good ballot is answered " + answer.substr(9, 3));
    }

private:
    static bool is_whole(const std::string& answer) {
        const std::size_t head = answer.find("\r\n\r\n");
        if (head == std::string::npos) return false;
        constexpr std::string_view k_name = "\r\nContent-Length: ";
        const std::size_t at = answer.find(k_name);
        if (at > head) return answer.ends_with("\r\n0\r\n\r\n");  // in pieces
        std::size_t length = 0;
        const char* first = answer.data() + at + k_name.size();
        std::from_chars(first, answer.data() + head, length);
        return answer.size() >= head + 4 + length;
    }

    int socket_;
};

double cpu_us() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) { return 1e6 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec); };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

}  // namespace

int main(int count, char** words) try {
    if (count != 4) {
        std::fputs("usage: cast-crowd-bench FILE PORT CONNECTIONS\n", stderr);
        return 2;
    }
    std::ifstream file(words[1]);
    const auto given = util::parse_json(std::string(std::istreambuf_iterator<char>(file), {})).value();
    std::vector<std::string> requests;
    for (const auto& request : given) requests.push_back(request.get<std::string>());
    const auto port = static_cast<std::uint16_t>(std::strtoul(words[2], nullptr, 10));
    const auto connections = static_cast<unsigned>(std::strtoul(words[3], nullptr, 10));

    std::vector<double> ms(requests.size());
    std::atomic<std::size_t> next{0};
    const double before = cpu_us();
    const double wall = bench::seconds([&] {
        bench::on_threads(connections, connections, [&](std::size_t n) {
            try {
                Wire wire("127.3." + std::to_string(n & 255) + "." + std::to_string(1 + (n >> 8)), port);
                for (std::size_t at; (at = next++) < requests.size();)
                    ms[at] = 1e3 * bench::seconds([&] { wire.ask(requests[at]); });
            } catch (const std::exception& error) {
                std::fprintf(stderr, "cast-crowd-bench: %s\n", error.what());
                std::_Exit(1);
            }
        });
    });
    const double used = cpu_us() - before;
    std::printf(
        "%s\n",
        util::Json({{"seconds", wall}, {"client_us", used / static_cast<double>(requests.size())}, {"ms", ms}}).dump().c_str());
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "cast-crowd-bench: %s\n", error.what());
    return 1;
}
