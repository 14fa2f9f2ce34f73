// SPDX-License-Identifier: AGPL-3.0-or-later
// The largest ballot that the house promises, a hundred lists in BELENIOS-2048, through the real nginx (the development
// configuration, whose limits are production's) to the real program: received, checked, stored and receipted. And what is larger
// than the route takes is refused by nginx with the worker's own figure.
#include <arpa/inet.h>
#include <netinet/in.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "support/source_dir.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "voting_fixture.hpp"
#include "worker_process.hpp"

namespace large_ballot_tests {

namespace {

namespace fs = std::filesystem;

int open_port(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return fd;
    ::close(fd);
    return -1;
}

std::uint16_t free_port() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(fd, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(fd);
    return ntohs(address.sin_port);
}

// nginx in front of a folder's vote.sock.
class Nginx {
public:
    explicit Nginx(const fs::path& folder) : port_(free_port()) {
        for (const char* name : {"etc", "tmp", "log"}) fs::create_directories(folder / name);
        fs::create_directory_symlink(fs::path(test::source_dir()) / "nginx", folder / "etc/portail");
        std::string text = *util::read_file(fs::path(test::source_dir()) / "nginx/development.conf.in");
        const std::string user = ::getuid() == 0 ? "user root root;" : "#";
        for (const auto& [name, value] : {std::pair<std::string, std::string>{"@USER@", user},
                                          {"@RUN@", folder.string()},
                                          {"@LOG@", (folder / "log").string()},
                                          {"@TMP@", (folder / "tmp").string()},
                                          {"@STATIC@", test::source_dir() + "/templates/static"},
                                          {"@LOGS@", "/nonexistent"},
                                          {"@PAPERS@", "/nonexistent"},
                                          {"@PORT@", std::to_string(port_)}}) {
            for (std::size_t at; (at = text.find(name)) != std::string::npos;) text.replace(at, name.size(), value);
        }
        std::ofstream(folder / "etc/nginx.conf") << text;
        pid_ = ::fork();
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGTERM);
            ::setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
            ::execlp("nginx", "nginx", "-p", folder.c_str(), "-e", (folder / "log/start.log").c_str(), "-c",
                     (folder / "etc/nginx.conf").c_str(), nullptr);
            ::_exit(127);
        }
        for (int i = 0, fd = -1; i < 500 && fd < 0; ++i) {
            fd = open_port(port_);
            fd < 0 ? test::pause(10) : static_cast<void>(::close(fd));
        }
    }
    ~Nginx() {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }

    // The whole answer to a POST of a form.
    std::string post(const std::string& path, const std::string& body, const std::string& cookie) const {
        const int fd = open_port(port_);
        if (fd < 0) throw std::runtime_error("nginx does not listen");
        const std::string out = "POST " + path + " HTTP/1.0\r\nHost: localhost:" + std::to_string(port_) +
                                "\r\nContent-Type: multipart/form-data; boundary=----WebKitFormBoundary0\r\nContent-Length: " +
                                std::to_string(body.size()) + "\r\nCookie: __Host-portail=" + cookie + "\r\n\r\n" + body;
        for (std::size_t sent = 0; sent < out.size();) {
            const auto written = ::send(fd, out.data() + sent, out.size() - sent, MSG_NOSIGNAL);
            if (written <= 0) break;  // refused: the answer is there
            sent += static_cast<std::size_t>(written);
        }
        return test::read_all(fd);
    }

private:
    std::uint16_t port_;
    pid_t pid_ = -1;
};

std::vector<std::string> hundred_lists() {
    std::vector<std::string> names;
    for (int i = 1; i <= 100; ++i) names.push_back("Liste nº " + std::to_string(i) + " pour l’essai des grands bulletins");
    return names;
}

struct LargeBallotFixture : test::VotingFixture {
    LargeBallotFixture() {
        // The program has the machine's clock.
        const auto now = util::SystemClock().now();
        admin().execute("UPDATE calendar SET at = ? WHERE event = 'vote_opens'", {util::to_sql(now - std::chrono::hours{24})});
        admin().execute("UPDATE calendar SET at = ? WHERE event = 'vote_closes'", {util::to_sql(now + std::chrono::hours{24})});
        portal.clock.set(now);
        portal.sign_in(1);
    }
    // As the booth sends it.
    std::string form(const std::string& ballot) const {
        const auto part = [](const char* name, const std::string& text) {
            return std::string("------WebKitFormBoundary0\r\nContent-Disposition: form-data; name=\"") + name + "\"\r\n\r\n" +
                   text + "\r\n";
        };
        return part("csrf", portal.csrf()) + part("ballot", ballot) + "------WebKitFormBoundary0--\r\n";
    }
};

std::string status_line(const std::string& answer) { return answer.substr(0, answer.find('\r')); }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(large_ballot_tests, LargeBallotFixture)

BOOST_AUTO_TEST_CASE(a_hundred_lists_in_the_largest_group_pass_from_nginx_to_the_urne) {
    add_scrutin(3, "grand", {1}, hundred_lists(), "BELENIOS-2048");
    const std::string text = ballot("grand", 1, 100);
    const std::string body = form(text);
    BOOST_TEST_MESSAGE("a ballot of " << text.size() << " bytes, a form of " << body.size());
    test::WorkerProcess worker(portal.folder());
    const Nginx nginx(portal.folder());
    const std::string answer = nginx.post("/vote/grand/bulletin", body, portal.cookie);
    BOOST_TEST(status_line(answer) == "HTTP/1.1 200 OK", answer);
    BOOST_TEST(answer.find("\"receipt\"") != std::string::npos);
    const auto stored = admin().select_one("SELECT sealed FROM urne.inbox WHERE scrutin_id = 3");
    BOOST_REQUIRE(stored.has_value());
    BOOST_TEST((open_waiting(stored->text(0)).ballot == text));
    BOOST_TEST(count("portail.emargement") == 1);
    // Nothing of a ballot went through nginx's files.
    BOOST_TEST(util::read_file(portal.folder() / "log/nginx-error.log").value_or("").find("temporary file") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(nginx_and_the_route_have_one_limit) {
    test::WorkerProcess worker(portal.folder());
    const Nginx nginx(portal.folder());
    const std::size_t frame = form("").size(), limit = 256 * 1024;
    const std::string largest = nginx.post("/vote/csa/bulletin", form(std::string(limit - frame, 'a')), portal.cookie);
    BOOST_TEST(status_line(largest) == "HTTP/1.1 400 Bad Request");  // the worker read it: it is no ballot
    BOOST_TEST(largest.find("\"error\":\"invalid\"") != std::string::npos);
    const std::string larger = nginx.post("/vote/csa/bulletin", form(std::string(limit - frame + 1, 'a')), portal.cookie);
    BOOST_TEST(status_line(larger) == "HTTP/1.1 413 Request Entity Too Large");  // nginx did not pass it on
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace large_ballot_tests
