// SPDX-License-Identifier: AGPL-3.0-or-later
// A small SMTP relay on 127.0.0.1 for tests: it keeps what it accepts, and behaves badly on demand, by the recipient's name:
//   refused@   RCPT 550          busy@    RCPT 451          spam@   554 after the content      full@  452 after the content
//   mute@      takes the whole content, then hangs up without a word     hangup@  hangs up at RCPT
// and by `mode`: shut (421 at the greeting), no_sender (530 at MAIL).
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace test {

class SmtpSink {
public:
    struct Mail {
        std::string from, to, content;
    };
    enum class Mode { well, shut, no_sender };
    std::atomic<Mode> mode{Mode::well};
    std::atomic<bool> hang_up_after_each{false};  // closes the connection after each accepted mail
    std::atomic<bool> tires_after_each{false};    // answers the next MAIL of the same connection with 421, and closes
    std::atomic<int> connections{0};
    std::atomic<int> delay_ms{0};  // before the answer to a content

    SmtpSink() {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 || ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0)
            throw std::runtime_error("smtp sink");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~SmtpSink() {
        stop_ = true;
        thread_.join();
        ::close(listener_);
    }
    std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
    std::vector<Mail> mails() {
        const std::lock_guard lock(mutex_);
        return mails_;
    }

private:
    // One connection at a time is enough: courrier keeps one.
    void serve() {
        while (!stop_) {
            if (!readable(listener_)) continue;
            const int peer = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (peer < 0) continue;
            ++connections;
            buffer_.clear();
            converse(peer);
            ::close(peer);
        }
    }
    bool readable(int fd) {
        pollfd ready{fd, POLLIN, 0};
        return ::poll(&ready, 1, 20) > 0;
    }
    bool read_until(int peer, std::string_view end, std::string& out) {
        while (!stop_) {
            if (const auto at = buffer_.find(end); at != std::string::npos) {
                out = buffer_.substr(0, at);
                buffer_.erase(0, at + end.size());
                return true;
            }
            if (!readable(peer)) {
                pollfd waiting{listener_, POLLIN, 0};
                if (::poll(&waiting, 1, 0) > 0) return false;  // a newer connection: this one was abandoned
                continue;
            }
            char bytes[4096];
            const auto count = ::recv(peer, bytes, sizeof bytes, 0);
            if (count <= 0) return false;
            buffer_.append(bytes, static_cast<std::size_t>(count));
        }
        return false;
    }
    static void say(int peer, std::string line) {
        line += "\r\n";
        (void)!::send(peer, line.data(), line.size(), MSG_NOSIGNAL);
    }
    static std::string between(const std::string& line) {
        const auto open = line.find('<'), close = line.find('>');
        return open == std::string::npos || close == std::string::npos ? "" : line.substr(open + 1, close - open - 1);
    }
    void converse(int peer) {
        if (mode == Mode::shut) return say(peer, "421 come back later");
        say(peer, "220 sink ESMTP");
        Mail mail;
        std::string line;
        bool has_served = false;
        while (read_until(peer, "\r\n", line)) {
            if (line.starts_with("EHLO") || line.starts_with("HELO")) {
                say(peer, "250-sink\r\n250 8BITMIME");
            } else if (line.starts_with("MAIL")) {
                if (tires_after_each && has_served) return say(peer, "421 idle too long");
                mail.from = between(line);
                say(peer, mode == Mode::no_sender ? "530 who are you" : "250 ok");
            } else if (line.starts_with("RCPT")) {
                mail.to = between(line);
                if (mail.to.starts_with("hangup@")) return;
                say(peer, mail.to.starts_with("refused@") ? "550 no such box"
                          : mail.to.starts_with("busy@")  ? "451 greylisted"
                                                          : "250 ok");
            } else if (line == "DATA") {
                say(peer, "354 go on");
                if (!read_until(peer, "\r\n.\r\n", mail.content)) return;
                if (mail.to.starts_with("mute@")) return keep(mail);
                if (delay_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
                if (mail.to.starts_with("spam@")) {
                    say(peer, "554 not here");
                } else if (mail.to.starts_with("full@")) {
                    say(peer, "452 disk full");
                } else {
                    keep(mail);
                    say(peer, "250 kept");
                    has_served = true;
                    if (hang_up_after_each) return;
                }
            } else if (line == "QUIT") {
                return say(peer, "221 bye");
            } else {
                say(peer, "250 ok");
            }
        }
    }
    void keep(const Mail& mail) {
        const std::lock_guard lock(mutex_);
        mails_.push_back(mail);
    }

    int listener_ = -1;
    unsigned short port_ = 0;
    std::atomic<bool> stop_{false};
    std::string buffer_;
    std::mutex mutex_;
    std::vector<Mail> mails_;
    std::thread thread_;
};

}  // namespace test
