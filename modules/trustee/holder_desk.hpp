// SPDX-License-Identifier: AGPL-3.0-or-later
// A holder at work in the ceremony's folder: who it is, its passphrase, its encrypted secrets step by step. One derivation of
// the passphrase per command: all secrets of a folder have the salt of the first.
#pragma once

#include "cli/command.hpp"
#include "cli/small_file.hpp"
#include "trustee/ceremony_folder.hpp"
#include "trustee/holder_box.hpp"
#include "util/file.hpp"

namespace trustee {

// The secrets of the steps, as named in files and heads. The key file is the last: all others may then be destroyed.
inline constexpr std::string_view k_identity_secret = "1-identite", k_polynomial_secret = "3-polynome",
                                  k_commitments_secret = "4-engagements", k_share_secret = "5-part", k_key_secret = "cle";

inline constexpr std::uintmax_t k_most_box_bytes = std::uintmax_t{8} << 20;

// Reads a holder's encrypted file and its head. invalid: sentences for the holder.
util::Result<Box> read_box_file(const std::filesystem::path& path);
// Throws cli::WrongPassphrase, with a sentence on this file.
[[noreturn]] void refuse_passphrase(const std::filesystem::path& path);

class HolderDesk {
public:
    // A folder where step 1 was done by one holder.
    static util::Result<HolderDesk> open(const cli::Arguments& arguments);
    // Step 1 itself: the passphrase is a new one unless the secret is there.
    static util::Result<HolderDesk> begin(const cli::Arguments& arguments, unsigned number);

    const CeremonyFolder& folder() const { return folder_; }
    const Opening& opening() const { return folder_.opening(); }
    unsigned number() const { return number_; }
    std::filesystem::path path_of(std::string_view step) const;

    bool has(std::string_view step) const { return util::is_taken(path_of(step)); }
    // The texts of a secret that this holder made at that step.
    util::Result<SecretList> read(std::string_view step, std::size_t texts);
    // True if written; false if a file has that name, and it stays.
    bool keep(std::string_view step, const std::vector<std::string_view>& texts);

private:
    HolderDesk(CeremonyFolder folder, unsigned number, Passphrase passphrase, KeyCost cost)
        : folder_(std::move(folder)), number_(number), passphrase_(std::move(passphrase)), cost_(std::move(cost)) {}
    BoxHead head(std::string_view step) const;

    CeremonyFolder folder_;
    unsigned number_;
    Passphrase passphrase_;
    KeyCost cost_;
};

}  // namespace trustee
