// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/small_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace cli {

namespace {

constexpr auto k_troubles = std::to_array<std::pair<int, std::string_view>>({
    {ENOSPC, "il n’y a plus de place sur ce disque. Libérez-en, puis relancez la commande"},
    {EDQUOT, "il n’y a plus de place pour vous sur ce disque. Libérez-en, puis relancez la commande"},
    {EFBIG, "ce fichier est plus grand que ce qui est permis ici"},
    {EROFS, "ce disque est protégé contre l’écriture. Ôtez la protection ou prenez-en un autre, puis relancez la commande"},
    {EACCES, "vous n’avez pas le droit d’écrire ou de lire ici"},
    {EPERM, "vous n’avez pas le droit d’écrire ou de lire ici"},
    {EIO, "ce disque ne répond pas bien : il est abîmé ou a été retiré. Prenez-en un autre, puis relancez la commande"},
    {ENODEV, "ce disque ne répond pas bien : il est abîmé ou a été retiré. Prenez-en un autre, puis relancez la commande"},
    {ENOENT, "ce dossier ou ce fichier n’existe pas"},
    {ENOTDIR, "une partie de ce nom n’est pas un dossier"},
    {EEXIST, "ce nom est déjà pris"},
    {ELOOP, "ce nom est un lien qui tourne en rond"},
    {ENAMETOOLONG, "ce nom est trop long pour ce disque"},
});

}  // namespace

std::optional<std::string> read_small_file(const std::filesystem::path& path, std::uintmax_t most) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);  // a pipe opens at once, and is seen not to be a file
    if (fd < 0) return std::nullopt;
    struct stat about = {};
    std::optional<std::string> content;
    if (::fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && static_cast<std::uintmax_t>(about.st_size) <= most) {
        content.emplace(static_cast<std::size_t>(about.st_size), '\0');
        std::size_t length = 0;
        while (content && length < content->size()) {
            const ssize_t got = ::read(fd, content->data() + length, content->size() - length);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) content.reset();
            else if (got == 0) content->resize(length);
            else length += static_cast<std::size_t>(got);
        }
    }
    ::close(fd);
    return content;
}

std::string disk_trouble(const std::system_error& error) {
    std::string where = error.what();
    if (const auto* named = dynamic_cast<const std::filesystem::filesystem_error*>(&error)) where = named->path1().string();
    else if (const std::size_t end = where.rfind(": " + error.code().message()); end != std::string::npos) where.resize(end);
    for (const auto& [code, french] : k_troubles)
        if (error.code() == std::error_condition(code, std::generic_category())) return where + " : " + std::string(french);
    return where + " : le système a refusé (" + error.code().message() + ")";
}

}  // namespace cli
