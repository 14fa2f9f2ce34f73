// SPDX-License-Identifier: AGPL-3.0-or-later
// A holder's key file opened: encrypted under a passphrase as the ceremony makes it, or plain as a demonstration does.
#pragma once

#include <filesystem>
#include <string>

#include "cli/command.hpp"
#include "trustee/holder_box.hpp"
#include "util/secret.hpp"

namespace trustee {

struct OpenKey {
    std::string bureau, group;
    unsigned owner = 0;       // the holder's number
    std::string ceremony;     // sha_hex of the opening file; empty: a plain file
    std::string record_hash;  // sha_hex of the trustees record that the holder confirmed; empty: a plain file
    util::SecretText key;     // for crypto

    bool is_encrypted() const { return !ceremony.empty(); }
};

// Asks the passphrase when the file wants one. Shows whose key it is before.
util::Result<OpenKey> open_key_file(const std::filesystem::path& path, const cli::Arguments& arguments);

// The encrypted file itself, which must be a final key and not a secret of an earlier step.
util::Result<Box> read_key_box(const std::filesystem::path& path);
bool is_box_file(const std::filesystem::path& path);

}  // namespace trustee
