// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>

#include "util/random.hpp"

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

// True, or false when the name is taken. A USB key's file system may know neither of the two exact ways.
bool give_name(const std::string& beside, const std::filesystem::path& path) {
    if (::renameat2(AT_FDCWD, beside.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno == EEXIST) return false;
    if (errno != EINVAL && errno != ENOSYS) fail(path);
    if (is_taken(path)) return false;
    if (::rename(beside.c_str(), path.c_str()) != 0) fail(path);
    return true;
}

bool take_name(const std::string& beside, const std::filesystem::path& path) {
    if (::rename(beside.c_str(), path.c_str()) != 0) fail(path);
    return true;
}

// A new name survives a power cut once its folder is on the disk. Where a folder cannot be synced, nothing more can be done.
void sync_folder_of(const std::filesystem::path& path) {
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    if (const int place = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); place >= 0) {
        (void)::fsync(place);
        ::close(place);
    }
}

// Written beside, synced, then named by `name`; false if that gives false.
bool write_and_name(const std::filesystem::path& path, std::string_view content, bool secret,
                    bool (*name)(const std::string&, const std::filesystem::path&)) {
    std::string beside = path.string() + ".XXXXXX";
    const int fd = ::mkostemp(beside.data(), O_CLOEXEC);  // 0600, and never what stood there before
    if (fd < 0) fail(path);
    bool named = false;
    try {
        write_all(fd, content, path);
        if (!secret) (void)::fchmod(fd, 0644);  // the kind of disk that refuses shows everything anyway
        if (::fsync(fd) != 0) fail(path);
        named = name(beside, path);
    } catch (...) {
        ::close(fd);
        ::unlink(beside.c_str());
        throw;
    }
    ::close(fd);
    if (named) sync_folder_of(path);
    else ::unlink(beside.c_str());
    return named;
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

bool is_taken(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
}

bool create_file(const std::filesystem::path& path, std::string_view content, bool secret) {
    if (is_taken(path)) return false;
    return write_and_name(path, content, secret, give_name);
}

void replace_file(const std::filesystem::path& path, std::string_view content, bool secret) {
    std::error_code dangling;
    const auto behind_links = std::filesystem::canonical(path, dangling);
    write_and_name(dangling ? path : behind_links, content, secret, take_name);
}

void sync_file(const std::filesystem::path& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) fail(path);
    const bool synced = ::fsync(fd) == 0;
    const int why = errno;
    ::close(fd);
    errno = why;
    if (!synced) fail(path);
}

void wipe_file(const std::filesystem::path& path) {
    const auto disk_refuses = [](const std::filesystem::path& what) {
        throw std::system_error(errno, std::generic_category(), what.string());
    };
    const std::filesystem::path target = std::filesystem::canonical(path);
    const int file = ::open(target.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat status {};
    if (file < 0) disk_refuses(target);
    bool written = ::fstat(file, &status) == 0;
    std::string noise;
    for (off_t left = status.st_size; written && left > 0; left -= static_cast<off_t>(noise.size())) {
        noise = random_bytes(static_cast<std::size_t>(std::min<off_t>(left, 1 << 16)));
        written = ::write(file, noise.data(), noise.size()) == static_cast<ssize_t>(noise.size());
    }
    written = written && ::fsync(file) == 0;
    ::close(file);
    if (!written) disk_refuses(target);
    std::filesystem::remove(target);
    std::filesystem::remove(path);
    const int folder = ::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    ::fsync(folder);
    ::close(folder);
}

}  // namespace util
