// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker's real program, portail-vote, as the launcher starts it, on a socket of the portal's folder; and a bare FastCGI
// request to it.
#pragma once

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "support/fastcgi_client.hpp"

namespace test {

class WorkerProcess {
public:
    // Ready when this returns, unless told not to wait.
    explicit WorkerProcess(const std::filesystem::path& folder, bool waits = true) : socket_((folder / "vote.sock").string()) {
        const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin/portail-vote";
        std::filesystem::remove(socket_);
        pid_ = ::fork();
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::execl(program.c_str(), "portail-vote", "--config", (folder / "portail.toml").c_str(), "--secrets", folder.c_str(),
                    "--listen", socket_.c_str(), nullptr);
            ::_exit(127);
        }
        if (waits) wait_until_ready();
    }
    // False: ten seconds have passed, or it has ended.
    bool wait_until_ready() const {
        for (int i = 0; i < 1000 && ::kill(pid_, 0) == 0; ++i) {
            if (std::filesystem::exists(socket_)) return true;
            pause(10);
        }
        return false;
    }
    bool is_ready() const { return std::filesystem::exists(socket_); }
    bool is_alive() {
        if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
        return pid_ > 0;
    }
    ~WorkerProcess() {
        if (pid_ > 0) end(SIGKILL);
    }
    void signal(int number) const { ::kill(pid_, number); }
    // Its exit status.
    int end(int number) {
        ::kill(pid_, number);
        return wait();
    }
    int wait() {
        int status = -1;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        return status;
    }

    // The open connection of a POST of this form.
    int post(const std::string& path, const std::string& body, const std::string& cookie) const {
        return send_fastcgi(socket_,
                            {{"REQUEST_METHOD", "POST"},
                             {"REQUEST_URI", path},
                             {"CONTENT_TYPE", "application/x-www-form-urlencoded"},
                             {"CONTENT_LENGTH", std::to_string(body.size())},
                             {"HTTP_COOKIE", cookie},
                             {"REMOTE_ADDR", "192.0.2.7"},
                             {"REQUEST_ID", "0123456789abcdef"}},
                            body);
    }

private:
    std::string socket_;
    pid_t pid_ = -1;
};

}  // namespace test
