// SPDX-License-Identifier: AGPL-3.0-or-later
// The FastCGI loop itself, in a child process, spoken to with FastCGI records over its Unix socket.
#include "web/server.hpp"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "support/fastcgi_client.hpp"

namespace server_tests {

namespace {

// A server in a child: answers after the milliseconds that the URI names.
class Child {
public:
    explicit Child(unsigned long max_requests = 0, bool has_guests = false) {
        std::string name = "/tmp/portail-server.XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
        folder_ = name;
        pid_ = ::fork();
        if (pid_ == 0) {
            web::ServerOptions options;
            options.listen = socket_path();
            options.threads = has_guests ? 4 : 2;
            if (has_guests) options.listen_guests = guests_path();
            options.max_body = 1000;
            options.max_requests = max_requests;
            web::serve(options, [this] {
                return [this](const web::RawRequest& raw) {
                    std::ofstream(busy_path()) << "x";
                    std::this_thread::sleep_for(std::chrono::milliseconds(std::atoi(raw.uri.c_str() + 1)));
                    web::RawResponse response;
                    response.body = raw.method + " " + raw.body + (raw.body_too_large ? "too large" : "");
                    return response;
                };
            });
            ::_exit(0);
        }
        const std::string last = has_guests ? guests_path() : socket_path();
        for (int i = 0; i < 2000 && !std::filesystem::exists(last); ++i) pause_a_little();
    }
    ~Child() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
        std::filesystem::remove_all(folder_);
    }
    std::string socket_path() const { return (folder_ / "w.sock").string(); }
    std::string guests_path() const { return (folder_ / "g.sock").string(); }
    void wait_until_busy() const {
        for (int i = 0; i < 2000 && !std::filesystem::exists(busy_path()); ++i) pause_a_little();
    }
    pid_t pid() const { return pid_; }
    int wait_exit() {
        int status = -1;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        return status;
    }
    static void pause_a_little() { std::this_thread::sleep_for(std::chrono::milliseconds(5)); }

    // Sends one request and returns the open connection.
    int send(const std::string& uri, const std::string& body = "", const std::string& length = "") const {
        return test::send_fastcgi(socket_path(),
                                  {{"REQUEST_METHOD", "POST"},
                                   {"REQUEST_URI", uri},
                                   {"CONTENT_LENGTH", length.empty() ? std::to_string(body.size()) : length}},
                                  body);
    }
    static std::string receive(int fd) { return test::read_all(fd); }

private:
    std::filesystem::path busy_path() const { return folder_ / "busy"; }  // there once a request is in hand

    std::filesystem::path folder_;
    pid_t pid_ = -1;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(server_tests)

BOOST_AUTO_TEST_CASE(a_request_is_read_whole_and_answered_with_status_and_length) {
    const Child child;
    const std::string answer = Child::receive(child.send("/0", "hello"));
    BOOST_TEST(has(answer, "Status: 200 OK\r\n"));
    BOOST_TEST(has(answer, "Content-Length: 10\r\n\r\nPOST hello"));
    BOOST_TEST(has(Child::receive(child.send("/0", "cut", "30")), "POST cut"));  // dispatch sees the difference
    BOOST_TEST(has(Child::receive(child.send("/0", "x", "2000")), "too large"));
    BOOST_TEST(has(Child::receive(child.send("/0", "", "-5")), "POST "));
}

// Each of these ended the process, with every request in hand, or could have: libfcgi takes lengths at their word.
BOOST_AUTO_TEST_CASE(what_is_no_request_of_nginx_is_closed_and_the_others_are_served) {
    const Child child;
    const std::string begin = test::fastcgi::record(1, std::string_view("\0\1\0\0\0\0\0\0", 8)), end = test::fastcgi::record(4, "");
    const auto params = [](const std::string& content) { return test::fastcgi::record(4, content); };
    const std::string huge = "\xff\xff\xff\xff", nearly = "\xff\xff\xff\xfe", one = std::string("\x80\0\0\1", 4), rest(100, 'A');
    const std::string broken[] = {begin + params(huge + huge + rest) + end,
                                  begin + params(nearly + one + rest) + end,
                                  begin + params("\1" + huge + rest) + end,
                                  begin + params(huge + std::string(1, '\0') + rest) + params(rest) + end,
                                  begin + params("\5") + end,
                                  begin + params(std::string(2, '\0')) + end,
                                  begin + begin,
                                  begin + test::fastcgi::record(77, "abc"),
                                  begin + test::fastcgi::record(2, ""),
                                  test::fastcgi::record(1, std::string_view("\0\1\2\0\0\0\0\0", 8)) +
                                      end,  // a flag that nobody knows
                                  test::fastcgi::record(1, std::string_view("\0\3\0\0\0\0\0\0", 8)) + end,
                                  "\x9" + begin.substr(1) + end,
                                  "GET / HTTP/1.1\r\n\r\n"};
    const int in_hand = child.send("/300", "in hand");
    child.wait_until_busy();
    for (const std::string& bytes : broken) BOOST_TEST(Child::receive(test::send_bytes(child.socket_path(), bytes)) == "");
    BOOST_TEST(has(Child::receive(in_hand), "POST in hand"));
    BOOST_TEST(has(Child::receive(child.send("/0", "next")), "POST next"));
    BOOST_TEST(::kill(child.pid(), 0) == 0);
}

// As nginx asks over a connection that it keeps: its requests one after the other.
class KeptConnection {
public:
    explicit KeptConnection(const Child& child) : fd_(test::send_bytes(child.socket_path(), "")) {}
    ~KeptConnection() { ::close(fd_); }
    int fd() const { return fd_; }
    void send(const std::string& method, const std::string& uri, const std::string& body = "", std::string_view more = "") const {
        std::string bytes = test::fastcgi_opening(
            {{"REQUEST_METHOD", method}, {"REQUEST_URI", uri}, {"CONTENT_LENGTH", std::to_string(body.size())}});
        bytes[10] = 1;  // the flags of the begin: keep the connection
        if (!body.empty()) bytes += test::fastcgi::record(5, body + std::string(more));
        bytes += test::fastcgi::record(5, "");
        BOOST_REQUIRE(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()));
    }
    // The records of one answer, to its end of request; short of it when the server closed before.
    std::string receive() const {
        std::string answer;
        for (char header[8]; ::recv(fd_, header, sizeof header, MSG_WAITALL) == 8;) {
            std::string content((static_cast<unsigned char>(header[4]) << 8) + static_cast<unsigned char>(header[5]), '\0');
            if (!content.empty() &&
                ::recv(fd_, content.data(), content.size(), MSG_WAITALL) != static_cast<ssize_t>(content.size()))
                break;
            if (header[1] == 3) return answer + "|end";
            answer += content;
        }
        return answer;
    }
    bool is_closed() const {
        char byte;
        return ::recv(fd_, &byte, 1, 0) <= 0;  // an error when the server closed with something unread
    }

private:
    int fd_;
};

BOOST_AUTO_TEST_CASE(what_is_read_comes_again_and_again_over_one_connection) {
    const Child child;
    const KeptConnection kept(child);
    for (int i = 0; i < 3; ++i) {
        kept.send("GET", "/0");
        const std::string answer = kept.receive();
        BOOST_TEST(has(answer, "Status: 200 OK\r\n"));
        BOOST_TEST(has(answer, "\r\n\r\nGET |end"));
    }
}

BOOST_AUTO_TEST_CASE(a_connection_that_waits_holds_no_thread) {
    const Child child;  // of two threads
    std::vector<std::unique_ptr<KeptConnection>> waiting;
    for (int i = 0; i < 20; ++i) {
        waiting.push_back(std::make_unique<KeptConnection>(child));
        waiting.back()->send("GET", "/0");
        BOOST_TEST(has(waiting.back()->receive(), "GET |end"));
    }
    BOOST_TEST(has(Child::receive(child.send("/0", "new")), "POST new"));
    for (const auto& one : waiting) one->send("GET", "/0");
    for (const auto& one : waiting) BOOST_TEST(has(one->receive(), "GET |end"));
}

// nginx gives a form a connection of its own and never sends it twice: it must not find one that ends under it.
BOOST_AUTO_TEST_CASE(after_a_form_the_connection_is_closed) {
    const Child child;
    const KeptConnection kept(child);
    kept.send("POST", "/0", "form");
    BOOST_TEST(has(kept.receive(), "POST form|end"));
    BOOST_TEST(kept.is_closed());
}

// Else the rest of this request would be read as the beginning of the next.
BOOST_AUTO_TEST_CASE(a_connection_with_something_unread_is_closed) {
    const Child child;
    const KeptConnection too_long(child), too_large(child);
    too_long.send("GET", "/0", "body", "and more than was said");
    BOOST_TEST(has(too_long.receive(), "GET body|end"));
    BOOST_TEST(too_long.is_closed());
    too_large.send("GET", "/0", std::string(2000, 'x'));
    BOOST_TEST(has(too_large.receive(), "GET too large|end"));
    BOOST_TEST(too_large.is_closed());
    const KeptConnection broken(child);
    broken.send("GET", "/0");
    broken.receive();
    BOOST_REQUIRE(::send(broken.fd(), "GET / HTTP/1.1\r\n\r\n", 18, MSG_NOSIGNAL) == 18);
    BOOST_TEST(broken.is_closed());
}

// A restart: what nginx has begun to ask over a kept connection is answered, and the connection with it closed.
BOOST_AUTO_TEST_CASE(a_process_that_stops_answers_what_came_over_a_kept_connection) {
    Child child;  // of two threads, both busy
    const KeptConnection first(child), second(child), third(child);
    for (const auto* one : {&first, &second, &third}) {
        one->send("GET", "/0");
        BOOST_TEST(has(one->receive(), "GET |end"));
    }
    first.send("GET", "/400");
    second.send("GET", "/400");
    test::pause(100);
    third.send("GET", "/0");
    ::kill(child.pid(), SIGTERM);
    for (const auto* one : {&first, &second, &third}) {
        BOOST_TEST(has(one->receive(), "GET |end"));
        BOOST_TEST(one->is_closed());
    }
    BOOST_TEST(child.wait_exit() == 0);
}

// Whoever wants in holds no thread of who is in, nor is he locked out by them.
BOOST_AUTO_TEST_CASE(guests_have_threads_of_their_own) {
    const Child child(0, true);
    const auto send_to = [](const std::string& path, const std::string& uri, const std::string& body) {
        return test::send_fastcgi(
            path, {{"REQUEST_METHOD", "POST"}, {"REQUEST_URI", uri}, {"CONTENT_LENGTH", std::to_string(body.size())}}, body);
    };
    std::vector<int> slow;
    for (int i = 0; i < 4; ++i) slow.push_back(send_to(child.guests_path(), "/2000", "slow"));
    child.wait_until_busy();
    for (int i = 0; i < 10; ++i) BOOST_TEST(has(Child::receive(send_to(child.socket_path(), "/0", "member")), "POST member"));
    // Four of them before two threads: none has been answered when the members have.
    pollfd first{slow[0], POLLIN, 0};
    BOOST_TEST(::poll(&first, 1, 0) == 0);
    for (const int fd : slow) BOOST_TEST(has(Child::receive(fd), "POST slow"));
    for (int i = 0; i < 2; ++i) slow[static_cast<std::size_t>(i)] = send_to(child.socket_path(), "/2000", "slow");
    BOOST_TEST(has(Child::receive(send_to(child.guests_path(), "/0", "guest")), "POST guest"));
    for (int i = 0; i < 2; ++i) Child::receive(slow[static_cast<std::size_t>(i)]);
}

// nginx writes it at once, but a socket's room is no promise.
BOOST_AUTO_TEST_CASE(an_opening_in_pieces_or_of_sixty_kilobytes_is_read_whole) {
    const Child child;
    const std::string opening = test::fastcgi_opening({{"REQUEST_METHOD", "POST"}, {"REQUEST_URI", "/0"}, {"CONTENT_LENGTH", "2"}});
    const std::string tail = test::fastcgi::record(5, "ab") + test::fastcgi::record(5, "");
    const int fd = test::send_bytes(child.socket_path(), opening.substr(0, 20));
    for (std::size_t at = 20; at < opening.size(); at += 10) {
        test::pause(3);
        const std::string piece = opening.substr(at, 10);
        BOOST_REQUIRE(::write(fd, piece.data(), piece.size()) == static_cast<ssize_t>(piece.size()));
    }
    BOOST_REQUIRE(::write(fd, tail.data(), tail.size()) == static_cast<ssize_t>(tail.size()));
    BOOST_TEST(has(Child::receive(fd), "POST ab"));
    const std::string cookie(60'000, 'c');
    const std::string large = test::fastcgi_opening(
        {{"HTTP_COOKIE", cookie}, {"REQUEST_METHOD", "POST"}, {"REQUEST_URI", "/0"}, {"CONTENT_LENGTH", "2"}});
    BOOST_TEST(has(Child::receive(test::send_bytes(child.socket_path(), large + tail)), "POST ab"));
}

BOOST_AUTO_TEST_CASE(who_says_nothing_holds_a_thread_for_two_seconds_at_most) {
    const Child child;  // of two threads
    const int first = test::send_bytes(child.socket_path(), ""),
              second = test::send_bytes(child.socket_path(), std::string(1, '\1'));
    const auto started = std::chrono::steady_clock::now();
    ::shutdown(first, SHUT_WR);
    BOOST_TEST(has(Child::receive(child.send("/0", "x")), "POST x"));
    BOOST_TEST(Child::receive(second) == "");
    BOOST_TEST((std::chrono::steady_clock::now() - started < std::chrono::seconds(5)));
    ::close(first);
}

BOOST_AUTO_TEST_CASE(the_socket_is_for_its_owner_and_group_alone) {
    const Child child;
    struct stat status {};
    BOOST_REQUIRE(::stat(child.socket_path().c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0660u);
}

BOOST_AUTO_TEST_CASE(sigterm_lets_the_request_in_flight_finish) {
    Child child;
    const int fd = child.send("/400", "slow");
    child.wait_until_busy();
    ::kill(child.pid(), SIGTERM);
    BOOST_TEST(has(Child::receive(fd), "POST slow"));
    const int status = child.wait_exit();
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 0);
}

BOOST_AUTO_TEST_CASE(a_worker_retires_after_its_number_of_requests) {
    Child child(3);
    for (int i = 0; i < 3; ++i) BOOST_TEST(has(Child::receive(child.send("/0", "x")), "POST x"));
    const int status = child.wait_exit();
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace server_tests
