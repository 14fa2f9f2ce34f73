// SPDX-License-Identifier: AGPL-3.0-or-later
// The folder of a key ceremony, on a holder's machine or in the office: its opening file, and the public pieces that go from one
// to the other, each named after the bureau, the group, the holder and the step. Knows no secret.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/sentence.hpp"
#include "crypto/trustees/ceremony.hpp"
#include "util/json.hpp"

namespace trustee {

using Strings = std::vector<std::string>;

// What the office wrote first. Everything else of the ceremony names it by `id`.
struct Opening {
    std::string bureau, group;
    unsigned holders = 0, threshold = 0;
    Strings names;   // of the holders, or none
    std::string id;  // sha_hex of the file's text

    crypto::ceremony::Setting setting() const { return {group, holders, threshold}; }
    std::string holder(unsigned number) const;  // « porteur 2 (M. Diallo) »
};
// `names` empty or one per holder. A random salt makes two ceremonies of the same setting differ.
std::string write_opening(const Opening& opening);
util::Result<Opening> read_opening(std::string_view text);

// A kind of public file.
struct Piece {
    std::string_view name;     // "1-certificat"
    std::string_view what;     // « le certificat »
    std::string_view command;  // that makes it: "identity"
    bool by_office = false;
};
inline constexpr Piece k_cert{"1-certificat", "le certificat", "identity"},
    k_certs{"1-tous-les-certificats", "la liste des certificats", "collect", true},
    k_commitment{"3-engagement", "l’engagement", "commit"},
    k_commitments{"3-tous-les-engagements", "la liste des engagements", "collect", true},
    k_polynomial{"4-polynome", "le polynôme", "reveal"}, k_parts{"4-parts-recues", "le fichier des parts", "collect", true},
    k_public_key{"5-cle-publique", "la clé publique", "finish"}, k_confirmation{"6-confirmation", "la confirmation", "confirm"},
    k_confirmations{"confirmations", "la liste des confirmations", "collect", true},
    k_possession{"possession", "la preuve de possession", "check"};

// Texts are strings in a JSON file with the head of the ceremony. `number` 0: of no holder in particular.
std::string write_piece(const Opening& opening, const Piece& piece, unsigned number, const Strings& texts);
// `texts` 0: any count. invalid: of another ceremony, holder or step, or damaged.
util::Result<Strings> read_piece(const Opening& opening, const Piece& piece, unsigned number, std::size_t texts,
                                 std::string_view text);

// The file of a proof of possession, or one that is made like it, which may come from any ceremony.
struct Possession {
    std::string group;
    unsigned holder = 0;
    std::string challenge, record_hash, proof;
};
util::Result<Possession> read_possession(std::string_view text, const Piece& piece = k_possession);

class CeremonyFolder {
public:
    // The folder that has one opening file. Its names: <bureau>.<group>.0-ouverture.json and so on.
    static util::Result<CeremonyFolder> find(const std::filesystem::path& folder);

    const Opening& opening() const { return opening_; }
    const std::filesystem::path& path() const { return folder_; }
    std::filesystem::path piece_path(const Piece& piece, unsigned number = 0) const;
    std::filesystem::path secret_path(std::string_view step, unsigned number) const;  // "1-identite"
    std::filesystem::path key_path(unsigned number) const;
    std::filesystem::path record_path() const;

    bool has(const Piece& piece, unsigned number = 0) const;
    // `texts` 0: any count. forbidden: not there yet; invalid: of another ceremony, holder or step, or damaged.
    util::Result<Strings> read(const Piece& piece, unsigned number, std::size_t texts) const;
    util::Result<std::string> read_record() const;

    // True if written, false if the same was there. forbidden: another one is there; it stays.
    util::Result<bool> publish(const Piece& piece, unsigned number, const Strings& texts) const;
    util::Result<bool> publish_record(const std::string& record) const;

    // Holders whose first secret is here.
    std::vector<unsigned> own_numbers() const;

private:
    CeremonyFolder(std::filesystem::path folder, std::string stem, Opening opening)
        : folder_(std::move(folder)), stem_(std::move(stem)), opening_(std::move(opening)) {}
    std::filesystem::path folder_;
    std::string stem_;
    Opening opening_;
};

// A whole number, as JSON writes it: no fraction, no sign, no truth value. What no setting reaches comes as one number. Throws
// util::Json::exception for anything else.
unsigned whole_number(const util::Json& value);

// Fit to be shown: UTF-8, 1 to 400 bytes, no control character and none that turns the direction of writing (a file from elsewhere
// must not drive the terminal, nor show one name for another).
bool is_plain_line(std::string_view text);
std::string shown(const std::string& text);  // the text, or « (illisible) »

// A public file of some megabytes at most, without the newlines at its end and in the one form that a mail program may have changed
// without changing what it says: no byte order mark, lines ended by a newline alone. Nothing if it cannot be read.
std::optional<std::string> read_public_file(const std::filesystem::path& path);

}  // namespace trustee
