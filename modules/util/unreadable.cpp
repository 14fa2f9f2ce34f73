// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/unreadable.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace util {

namespace {

std::string name_of(uid_t user) {
    const passwd* const found = ::getpwuid(user);
    return found != nullptr ? found->pw_name : "user " + std::to_string(user);
}

}  // namespace

std::string why_unreadable(const std::filesystem::path& path) {
    std::filesystem::path part;
    for (const auto& name : std::filesystem::absolute(path)) {
        part /= name;
        struct stat found {};
        if (::stat(part.c_str(), &found) != 0)
            return part.string() + (errno == ENOENT ? " does not exist" : ": " + std::generic_category().message(errno));
        const bool is_folder = S_ISDIR(found.st_mode);
        if (::eaccess(part.c_str(), is_folder ? X_OK : R_OK) == 0) continue;
        char mode[8];
        std::snprintf(mode, sizeof mode, "%04o", static_cast<unsigned>(found.st_mode & 07777));
        return part.string() + ": " + name_of(::geteuid()) + (is_folder ? " may not enter it" : " may not read it") + " (mode " +
               mode + ", owner " + name_of(found.st_uid) + ")";
    }
    return {};
}

}  // namespace util
