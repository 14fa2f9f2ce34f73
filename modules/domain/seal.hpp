// SPDX-License-Identifier: AGPL-3.0-or-later
// What the seal of a scrutin covers, as one canonical text: all that decides its result. README-sceau.md (modules/scrutinctl) is its
// form. Whoever has the text recomputes its digest with any tool; whoever has the tables recomputes the text. Knows no SQL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/sharing.hpp"

namespace domain {

// « 1f3a 99c0 … », eight groups of four: the first 32 digits of a fingerprint written in hexadecimal, to be read aloud or printed.
// 128 bits: nobody makes a second text of the same short form.
std::string short_fingerprint(std::string_view hex);

struct SealedCandidate {
    std::string civility, last_name, first_name, affectation;
};

struct SealedList {
    std::string name, union_name;
    std::string leaflet;                      // hex SHA-256 of the profession de foi, empty if there is none
    std::vector<SealedCandidate> candidates;  // in list order
    std::vector<UnionShare> unions = {};      // of a common list, with its sharing key
    std::string logo = {};                    // hex SHA-256 of the logo that pages show, empty if they show none
};

// Digests are lower-case hexadecimal SHA-256; dates are ISO in UTC.
struct Seal {
    std::string election_title, edition, administration;
    bool demonstration = false, small_totals = false;
    std::string code, uuid, title, instance, level, perimeter, group, bureau;
    unsigned seats = 0;
    bool tie_by_candidates = false;
    std::string opens, closes;      // empty in a demonstration, which moves them
    std::vector<SealedList> lists;  // in the order of the draw
    std::uint64_t electors = 0;
    std::string roll;          // digest of the roll's lines (roll_line)
    std::string public_creds;  // digest of the Belenios record of public credentials
    std::string bindings;      // digest of the credentials' lines, each elector's hidden name beside his credential
    unsigned holders = 0, threshold = 0;
    std::string trustees;              // digest of the trustees record
    std::string receipt_key, log_key;  // base64url Ed25519
    std::string programs;              // digest of the list of programs, pages, booth's files and schema
};

// The text, each line ended by a line feed; and back: nothing for any text that write_seal does not write.
std::string write_seal(const Seal& seal);
std::optional<Seal> read_seal(std::string_view text);

// One line of a roll, one of the credentials: what their digests are made of, in the order of the elector's number or of the bindings.
struct RollEntry {
    std::uint64_t voter = 0;
    std::string email, civility, last_name, first_name, sort_key, reason;
};
std::string roll_line(const RollEntry& entry);
std::string credential_line(std::string_view binding, std::string_view public_key);

// Lines of `sealed` that `found` lacks ("- …") and lines that it has instead ("+ …"), at most `most` of them.
std::vector<std::string> seal_differences(std::string_view sealed, std::string_view found, std::size_t most = 8);

}  // namespace domain
