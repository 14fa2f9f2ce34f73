// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/foreign_judge.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <system_error>

#include "cli/sentence.hpp"
#include "util/text.hpp"

namespace scrutinctl {

namespace {

constexpr const char* k_tool = "/usr/bin/belenios-tool";
constexpr std::size_t k_words_kept = 2000;

struct Ended {
    int status = -1;
    std::string words;  // both of its outputs, the end of them
};

Ended run_tool(const std::string& folder) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    std::string tool(k_tool), election("election"), verify("verify"), option("--dir"), where(folder);
    std::array<char*, 6> words{tool.data(), election.data(), verify.data(), option.data(), where.data(), nullptr};
    pid_t child = 0;
    const int failed = ::posix_spawn(&child, k_tool, &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed != 0) {
        ::close(ends[0]);
        throw std::system_error(failed, std::generic_category(), k_tool);
    }
    Ended ended;
    std::array<char, 4096> piece{};
    for (ssize_t got = 0; (got = ::read(ends[0], piece.data(), piece.size())) != 0;) {
        if (got < 0 && errno != EINTR) break;
        if (got > 0) ended.words.append(piece.data(), static_cast<std::size_t>(got));
        if (ended.words.size() > 2 * k_words_kept) ended.words.erase(0, ended.words.size() - k_words_kept);
    }
    ::close(ends[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ended;
}

}  // namespace

util::Result<std::string> ask_foreign_judge(const std::filesystem::path& folder, const std::string& group) {
    if (::access(k_tool, X_OK) != 0) return std::string(", belenios-tool absent");
    const Ended ended = run_tool(folder.string());
    if (ended.status == 0 && ended.words.find("all checks passed") != std::string::npos) return std::string(", belenios-tool");
    if (ended.words.find("unknown group: " + group) != std::string::npos ||
        ended.words.find("unknown group " + group) != std::string::npos)
        return std::string(", belenios-tool ne connaît pas ce groupe");
    return cli::bad_input("belenios-tool refuse l’archive : " + util::printable(util::trim(ended.words), k_words_kept));
}

}  // namespace scrutinctl
