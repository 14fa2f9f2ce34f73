// SPDX-License-Identifier: AGPL-3.0-or-later
// A holder's key in use: this command alone has it, it is open, and what its machine noted of the sealed scrutins is at hand.
#pragma once

#include <filesystem>
#include <string_view>

#include "trustee/key_lock.hpp"
#include "trustee/seal_notes.hpp"

namespace trustee {

struct KeyAtWork {
    KeyLock lock;
    OpenKey key;
    SealNotes notes;

    // Asks for the passphrase. forbidden: another command has the key, or it is a demonstration's plain one, and `refusal_of_plain` says
    // why that will not do; the others as open_key_file() and SealNotes::read().
    static util::Result<KeyAtWork> open(const std::filesystem::path& path, const cli::Arguments& arguments,
                                        std::string_view refusal_of_plain);
    // « Bureau de l’Écureuil (Ed25519), porteur 1 »
    std::string holder() const;
};

// The path of --key, or what is wanted.
util::Result<std::filesystem::path> key_option(const cli::Arguments& arguments);

}  // namespace trustee
