// SPDX-License-Identifier: AGPL-3.0-or-later
// The files of a key ceremony: the public trustees record of a bureau in one group, and each holder's key file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "util/result.hpp"
#include "util/secret.hpp"

namespace trustee {

// <bureau>.<group>, the bureau's name folded: how every file of a ceremony begins.
std::string file_stem(std::string_view bureau, std::string_view group);

// DIR/<bureau>.<group>.trustees.json and DIR/<bureau>.<group>.porteur-<n>.cle, the bureau's name folded.
std::filesystem::path trustees_path(const std::filesystem::path& folder, std::string_view bureau, std::string_view group);
std::filesystem::path holder_path(const std::filesystem::path& folder, std::string_view bureau, std::string_view group,
                                  unsigned holder);

// A holder's file: {"version":1,"bureau":…,"group":…,"owner":n,"key":…}. `owner` is the trustee's number in the count.
struct HolderKey {
    std::string bureau, group;
    unsigned owner = 0;
    util::SecretText key;
};
// Throws std::system_error.
void write_holder_key(const std::filesystem::path& path, const HolderKey& key);
util::Result<HolderKey> read_holder_key(const std::filesystem::path& path);
std::optional<HolderKey> parse_holder_key(std::string_view text);

// The holders of a trustees record: all of them, and how many decrypt. `is_majority`: no half of them, or fewer, is enough. All zero if
// it is not such a record.
struct Holders {
    unsigned all = 0, needed = 0;
    bool is_majority = false;
};
Holders holders_of(std::string_view trustees_record);

// How many partial decryptions a trustees record wants; 0 if it is not one.
unsigned decryptions_needed(std::string_view trustees_record);

}  // namespace trustee
