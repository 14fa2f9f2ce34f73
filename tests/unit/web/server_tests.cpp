// SPDX-License-Identifier: AGPL-3.0-or-later
// The FastCGI loop itself, in a child process, spoken to with FastCGI records over its Unix socket.
#include "web/server.hpp"

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "support/fastcgi_client.hpp"

namespace server_tests {

namespace {

// A server in a child: answers after the milliseconds that the URI names.
class Child {
public:
    explicit Child(unsigned long max_requests = 0) {
        std::string name = "/tmp/portail-server.XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
        folder_ = name;
        pid_ = ::fork();
        if (pid_ == 0) {
            web::ServerOptions options;
            options.listen = socket_path();
            options.threads = 2;
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
        for (int i = 0; i < 2000 && !std::filesystem::exists(socket_path()); ++i) pause_a_little();
    }
    ~Child() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
        std::filesystem::remove_all(folder_);
    }
    std::string socket_path() const { return (folder_ / "w.sock").string(); }
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
