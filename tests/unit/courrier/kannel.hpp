// SPDX-License-Identifier: AGPL-3.0-or-later
// A real Kannel on free ports of 127.0.0.1: its core (bearerbox), its HTTP side (smsbox) and the operator that it brings for tests
// (fakesmsc), which says what a telephone would get. Numbers that begin with +33699 lead nowhere.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace test {

inline bool within_seconds(int seconds, const std::function<bool()>& done) {
    for (int i = 0; i < seconds * 50; ++i) {
        if (done()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

inline sockaddr_in loopback_at(unsigned port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// Free a moment ago.
inline unsigned free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback_at(0);
    socklen_t length = sizeof address;
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0)
        throw std::runtime_error("no free port");
    ::close(socket);
    return ntohs(address.sin_port);
}

inline bool is_listened_to(unsigned port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback_at(port);
    const bool is = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return is;
}

class Kannel {
public:
    Kannel() {
        std::string name = (std::filesystem::temp_directory_path() / "portail-kannel.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
        folder_ = name;
        write_settings();
        start({"/usr/sbin/bearerbox", "-v", "1", folder_ + "/kannel.conf"}, "bearerbox");
        wait_for_port(operator_);
        start_operator();
        wait_for_port(boxes_);
        start({"/usr/sbin/smsbox", "-v", "4", folder_ + "/kannel.conf"}, "smsbox");
        wait_for_port(sendsms_);
        // A request that comes before its two halves know each other ends the second one.
        // The operator is there at the second connection: the first was our look at the port.
        const auto is_whole = [&] {
            const std::string log = read("bearerbox"), line = "Fakesmsc client connected";
            const auto first = log.find(line);
            return log.find("Client connected from") != std::string::npos && first != std::string::npos &&
                   log.find(line, first + 1) != std::string::npos;
        };
        if (!within_seconds(20, is_whole)) throw std::runtime_error("kannel's parts do not find each other: " + logs());
    }
    ~Kannel() {
        stop();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    void stop() {
        for (const pid_t pid : processes_) ::kill(pid, SIGKILL);
        for (const pid_t pid : processes_) ::waitpid(pid, nullptr, 0);
        processes_.clear();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(sendsms_) + "/cgi-bin/sendsms"; }
    // All that telephones got, as the operator wrote it: sender, number, kind, text.
    std::string received() const { return read("fakesmsc"); }
    // All that Kannel wrote down.
    std::string logs() const { return read("bearerbox") + read("smsbox") + read("access.log"); }
    std::size_t times(const std::string& text) const {
        const std::string all = received();
        std::size_t count = 0;
        for (auto at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) ++count;
        return count;
    }

private:
    std::string read(const std::string& name) const {
        std::ifstream file(folder_ + "/" + name);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write_settings() {
        const auto number = [](unsigned port) { return std::to_string(port) + "\n"; };
        std::ofstream(folder_ + "/kannel.conf")
            << "group = core\nadmin-port = " << number(free_port()) << "admin-interface = 127.0.0.1\nadmin-password = unused\n"
            << "smsbox-port = " << number(boxes_) << "smsbox-interface = 127.0.0.1\nbox-allow-ip = 127.0.0.1\n"
            << "dlr-storage = internal\naccess-log = \"" << folder_
            << "/access.log\"\naccess-log-format = \"%l [to:%P] [DLR:%d]\"\n\n"
            << "group = smsc\nsmsc = fake\nsmsc-id = fake\nour-host = 127.0.0.1\nport = " << number(operator_)
            << "connect-allow-ip = 127.0.0.1\ndenied-prefix = \"+33699\"\n\n"
            << "group = smsbox\nbearerbox-host = 127.0.0.1\nsendsms-port = " << number(sendsms_)
            << "sendsms-interface = 127.0.0.1\nhttp-request-retry = 5\nhttp-queue-delay = 1\n\n"
            << "group = sendsms-user\nusername = portail\npassword = a-long-secret\nuser-allow-ip = 127.0.0.1\n"
            << "max-messages = 3\nconcatenation = true\n";
    }
    void start_operator() {
        start({"/usr/lib/kannel/test/fakesmsc", "-H", "127.0.0.1", "-r", std::to_string(operator_), "-m", "0", "1 2 text unused"},
              "fakesmsc");
    }
    void start(std::vector<std::string> command, const std::string& log) {
        std::vector<char*> words;
        for (std::string& word : command) words.push_back(word.data());
        words.push_back(nullptr);
        const std::string file = folder_ + "/" + log;
        const pid_t pid = ::fork();
        if (pid == 0) {
            if (std::freopen(file.c_str(), "a", stderr) == nullptr || std::freopen(file.c_str(), "a", stdout) == nullptr)
                ::_exit(126);
            ::execv(words[0], words.data());
            ::_exit(127);
        }
        processes_.push_back(pid);
    }
    void wait_for_port(unsigned port) const {
        if (!within_seconds(10, [&] { return is_listened_to(port); }))
            throw std::runtime_error("kannel does not start (packages kannel, kannel-extras): " + logs());
    }

    std::string folder_;
    unsigned boxes_ = free_port(), operator_ = free_port(), sendsms_ = free_port();
    std::vector<pid_t> processes_;
};

}  // namespace test
