// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/key_at_work.hpp"

#include "cli/sentence.hpp"

namespace trustee {

util::Result<KeyAtWork> KeyAtWork::open(const std::filesystem::path& path, const cli::Arguments& arguments,
                                        std::string_view refusal_of_plain) {
    auto lock = KeyLock::take(path);
    if (!lock) return lock.error();
    auto key = open_key_file(path, arguments);
    if (!key) return key.error();
    if (!key->is_encrypted()) return cli::refused(std::string(refusal_of_plain));
    auto notes = SealNotes::read(path, *key);
    if (!notes) return notes.error();
    return KeyAtWork{*std::move(lock), *std::move(key), *std::move(notes)};
}

std::string KeyAtWork::holder() const { return key.bureau + " (" + key.group + "), porteur " + std::to_string(key.owner); }

util::Result<std::filesystem::path> key_option(const cli::Arguments& arguments) {
    const auto path = arguments.get("--key");
    if (!path) return cli::bad_input("--key FICHIER est attendu : votre clé (….porteur-N.cle)");
    return std::filesystem::path(*path);
}

}  // namespace trustee
