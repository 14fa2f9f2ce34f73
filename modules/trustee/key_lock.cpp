// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/key_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "cli/sentence.hpp"

namespace trustee {

util::Result<KeyLock> KeyLock::take(const std::filesystem::path& key_path) {
    KeyLock lock(::open(key_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (lock.file_ < 0) return cli::bad_input("le fichier de clé " + key_path.string() + " ne peut pas être lu");
    if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0)
        return cli::refused("une autre commande emploie " + key_path.string() + " : attendez qu’elle finisse");
    return lock;
}

KeyLock::~KeyLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace trustee
