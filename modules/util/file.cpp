// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

namespace util {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
    throw std::system_error(errno, std::generic_category(), path.string());
}

void write_all(int fd, std::string_view content, const std::filesystem::path& path) {
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path);
        content.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

std::optional<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    if (!in || std::filesystem::is_directory(path)) return std::nullopt;
    content << in.rdbuf();
    if (in.bad()) return std::nullopt;
    return std::move(content).str();
}

void write_file_atomic(const std::filesystem::path& path, std::string_view content, bool secret) {
    const std::filesystem::path beside = path.string() + ".new";
    const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, secret ? 0600 : 0644);
    if (fd < 0) fail(beside);
    try {
        // A file left from before keeps its own mode.
        if (secret && ::fchmod(fd, 0600) != 0) fail(beside);
        write_all(fd, content, beside);
        if (::fsync(fd) != 0) fail(beside);
    } catch (...) {
        ::close(fd);
        ::unlink(beside.c_str());
        throw;
    }
    if (::close(fd) != 0 || ::rename(beside.c_str(), path.c_str()) != 0) fail(path);
}

}  // namespace util
