// SPDX-License-Identifier: AGPL-3.0-or-later
// keeper [--socket PATH]… [--pause MILLISECONDS] COMMAND…: what systemd does for one of our services, in a test that kills it. It holds
// the socket, so that connections wait while nobody serves; starts the command with it; when the main process has ended, however, ends
// what is left of its group and starts it again after the pause, unless its exit code says that the same again would not help. SIGTERM,
// SIGINT and SIGQUIT go on to the command, and end both. It must not know what it keeps.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr int k_backlog = 1024;    // as systemd/*.socket
constexpr int k_first_socket = 3;  // SD_LISTEN_FDS_START

[[noreturn]] void die(const char* what) {
    std::perror(what);
    std::exit(1);
}

int listen_on(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) die("the socket's path is too long");
    std::memcpy(address.sun_path, path.c_str(), path.size());
    ::unlink(path.c_str());
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const mode_t before = ::umask(0117);
    if (fd < 0 || ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || ::listen(fd, k_backlog) != 0)
        die(path.c_str());
    ::umask(before);
    return fd;
}

pid_t start(const std::vector<int>& sockets, char** command, const sigset_t& mask) {
    const pid_t pid = ::fork();
    if (pid < 0) die("fork");
    if (pid > 0) return pid;
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::sigprocmask(SIG_SETMASK, &mask, nullptr);
    if (!sockets.empty()) {
        // Out of each other's way first; onto itself a descriptor would stay close-on-exec.
        std::vector<int> copies;
        for (const int socket : sockets) copies.push_back(::fcntl(socket, F_DUPFD_CLOEXEC, 20));
        for (std::size_t i = 0; i < copies.size(); ++i)
            if (::dup2(copies[i], k_first_socket + static_cast<int>(i)) < 0) die("dup2");
        ::setenv("LISTEN_FDS", std::to_string(sockets.size()).c_str(), 1);
        ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
    }
    ::execvp(command[0], command);
    die(command[0]);
}

bool stays_down(int status) {
    if (!WIFEXITED(status)) return false;
    const int code = WEXITSTATUS(status);
    return code == 64 || code == 65 || code == 66 || code == 73 || code == 78;  // RestartPreventExitStatus of the units
}

// The command's status, once it has ended; `told`: a signal came to end it.
int wait_for_end(pid_t pid, const sigset_t& signals, bool& told) {
    for (int status = 0;;) {
        const int signal = ::sigwaitinfo(&signals, nullptr);
        if (signal > 0 && signal != SIGCHLD) {
            told = true;
            ::kill(pid, signal);
        }
        if (::waitpid(pid, &status, WNOHANG) == pid) return status;
    }
}

int keep(const std::vector<int>& sockets, long pause_ms, char** command) {
    sigset_t signals, before;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGQUIT, SIGCHLD}) sigaddset(&signals, signal);
    ::sigprocmask(SIG_BLOCK, &signals, &before);
    for (;;) {
        const pid_t pid = start(sockets, command, before);
        bool told = false;
        const int status = wait_for_end(pid, signals, told);
        ::kill(-pid, SIGKILL);  // as a unit's control group
        while (::waitpid(-1, nullptr, WNOHANG) > 0) {
        }
        if (told) return 0;
        if (stays_down(status)) return WEXITSTATUS(status);
        const timespec pause{pause_ms / 1000, pause_ms % 1000 * 1'000'000};
        sigset_t stops = signals;
        sigdelset(&stops, SIGCHLD);
        if (::sigtimedwait(&stops, nullptr, &pause) > 0) return 0;
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<int> sockets;
    long pause_ms = 1000;  // RestartSec of the units
    int first = 1;
    for (; first + 1 < argc && std::string_view(argv[first]).starts_with("--"); first += 2) {
        if (std::string_view(argv[first]) == "--socket") sockets.push_back(listen_on(argv[first + 1]));
        if (std::string_view(argv[first]) == "--pause") pause_ms = std::atol(argv[first + 1]);
    }
    if (first >= argc) {
        std::fprintf(stderr, "usage: keeper [--socket PATH]… [--pause MILLISECONDS] COMMAND…\n");
        return 64;
    }
    return keep(sockets, pause_ms, argv + first);
}
