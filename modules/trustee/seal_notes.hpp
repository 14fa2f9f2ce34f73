// SPDX-License-Identifier: AGPL-3.0-or-later
// What a holder's machine keeps of each scrutin: the fingerprint of what was sealed, and the one total that it has decrypted. The file
// is readable; a code under the holder's key shows whether anybody else wrote in it. Knows no archive.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "trustee/key_file.hpp"

namespace trustee {

struct SealNote {
    std::string uuid;
    std::string setup;  // hash of the Setup event
    std::string total;  // sha_hex of the encrypted total that was decrypted; empty: none yet
};

// Read aloud when the bureau seals: over all its scrutins, in whatever order they come.
std::string sealing_fingerprint(std::vector<SealNote> scrutins);

class SealNotes {
public:
    // Beside the key; empty notes if there is no such file. invalid: damaged, or not written with this key.
    static util::Result<SealNotes> read(const std::filesystem::path& key_path, const OpenKey& key);

    const SealNote* find(std::string_view uuid) const;
    const std::vector<SealNote>& all() const { return notes_; }
    void add(SealNote note) { notes_.push_back(std::move(note)); }
    void set_total(std::string_view uuid, const std::string& total);
    const std::filesystem::path& path() const { return path_; }
    // On the disk once the call is back. Throws std::system_error.
    void save() const;

private:
    SealNotes(std::filesystem::path path, std::string head, std::string code_key)
        : path_(std::move(path)), head_(std::move(head)), code_key_(std::move(code_key)) {}
    std::string text() const;

    std::filesystem::path path_;
    std::string head_, code_key_;
    std::vector<SealNote> notes_;
};

// <bureau>.<group>.porteur-<n>.scellement.json
std::filesystem::path notes_path(const std::filesystem::path& key_path, const OpenKey& key);

}  // namespace trustee
