// SPDX-License-Identifier: AGPL-3.0-or-later
#include "auditor/source.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <optional>
#include <vector>

#include "cli/sentence.hpp"
#include "cli/small_file.hpp"

namespace auditor {

namespace {

namespace fs = std::filesystem;

constexpr int k_http_refusal = 22;  // curl's exit status for an answer of 400 or more, with --fail

// A printable address without a space, a quote or anything that ends it before its path.
bool is_plain_address(std::string_view text) {
    for (const char c : text)
        if (c <= ' ' || c > '~' || c == '"' || c == '\\' || c == '#' || c == '?') return false;
    return true;
}

struct Pipe {
    int ends[2] = {-1, -1};
    Pipe() {
        if (::pipe2(ends, O_CLOEXEC) != 0) ends[0] = ends[1] = -1;
    }
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_end(int which) {
        if (ends[which] >= 0) ::close(ends[which]);
        ends[which] = -1;
    }
};

// Everything from `in`, up to `most` bytes; nothing if there is more.
std::optional<std::string> drain(int in, std::size_t most) {
    std::string all;
    char part[16384];
    for (;;) {
        const ssize_t count = ::read(in, part, sizeof part);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return all;
        all.append(part, static_cast<std::size_t>(count));
        if (all.size() > most) return std::nullopt;
    }
}

// What `curl` gets there. -q: the person's own .curlrc has no say; proxies come by the environment as usual.
util::Result<std::string> run_curl(const std::string& address, std::size_t most) {
    std::vector<std::string> words{"-q",      "--silent",    "--fail",    "--max-time", "60",
                                   "--proto", "=https,http", "--globoff", "--url",      address};
    std::vector<char*> arguments{const_cast<char*>("curl")};
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);

    Pipe out;
    if (out.ends[0] < 0) return util::failure(util::Fault::unavailable, "plus de descripteur de fichier libre");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    pid_t child = 0;
    const int failed = ::posix_spawnp(&child, "curl", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0)
        return util::failure(
            util::Fault::unavailable,
            "le programme curl n’est pas sur cette machine : installez-le, ou donnez un dossier où ces fichiers ont été copiés");
    out.close_end(1);
    std::optional<std::string> body = drain(out.ends[0], most);
    if (!body) ::kill(child, SIGTERM);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!body) return util::failure(util::Fault::unavailable, address + " : réponse trop longue");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return *std::move(body);
    if (WIFEXITED(status) && WEXITSTATUS(status) == k_http_refusal)
        return util::failure(util::Fault::not_found, address + " : le serveur n’a pas ce fichier, ou ne le donne pas");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return util::failure(util::Fault::unavailable, "le programme curl n’est pas sur cette machine");
    return util::failure(util::Fault::unavailable, address + " : pas de réponse (curl, code " +
                                                       std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : 128) + ")");
}

}  // namespace

util::Result<Source> Source::of(std::string_view given) {
    Source source;
    source.is_address_ = given.starts_with("https://") || given.starts_with("http://");
    while (given.size() > 1 && given.ends_with('/')) given.remove_suffix(1);
    source.place_ = given;
    if (source.is_address_ && !is_plain_address(given)) return cli::bad_input("ce n’est pas une adresse : " + source.place_);
    std::error_code ignored;
    if (!source.is_address_ && !fs::is_directory(source.place_, ignored))
        return cli::bad_input(source.place_ + " : une adresse (https://…) ou un dossier est attendu");
    return source;
}

util::Result<std::string> Source::read(std::string_view path, std::size_t most) const {
    const std::string name = place_ + "/" + std::string(path.empty() && !is_address_ ? "index.html" : path);
    if (is_address_) return run_curl(name, most);
    std::error_code error;
    const auto status = fs::status(name, error);
    if (status.type() == fs::file_type::not_found)
        return util::failure(util::Fault::not_found, name + " : ce fichier n’existe pas");
    auto content = cli::read_small_file(name, most);
    if (!content) return util::failure(util::Fault::unavailable, name + " : illisible, ou trop long");
    return *std::move(content);
}

}  // namespace auditor
