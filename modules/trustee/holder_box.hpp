// SPDX-License-Identifier: AGPL-3.0-or-later
// The encrypted file of a holder: a readable head that says whose it is and of which step, and a secret under a passphrase.
// Argon2id (libsodium crypto_pwhash) makes the key, XChaCha20-Poly1305 encrypts, the whole head is associated data. The text has
// one writing only: a file that differs from it by one byte is refused. Knows no path and no screen.
#pragma once

#include <sodium.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.hpp"
#include "util/secret.hpp"

namespace trustee {

// How hard the passphrase is to try. The salt is 16 random bytes.
struct KeyCost {
    std::uint64_t operations = 0;
    std::uint64_t memory = 0;  // bytes
    std::string salt;
    bool operator==(const KeyCost&) const = default;
};

// What a file may ask for. Less than the floor is an easy prey, more than the ceiling blocks the holder's machine.
struct CostBounds {
    std::uint64_t least_operations = 0, most_operations = 0, least_memory = 0, most_memory = 0;
};
// libsodium's MODERATE at least (3 passes over 256 MiB, about a second), 10 passes over 1 GiB at most.
inline constexpr CostBounds k_holder_bounds{crypto_pwhash_OPSLIMIT_MODERATE, 10, crypto_pwhash_MEMLIMIT_MODERATE,
                                            std::uint64_t{1} << 30};

struct BoxHead {
    std::string bureau, group;
    std::string ceremony;  // sha_hex of the opening file
    unsigned holder = 0;
    std::string step;  // which secret of the ceremony: "identite" … "cle"
    bool operator==(const BoxHead&) const = default;
};

struct Box {
    BoxHead head;
    KeyCost cost;
    std::string nonce, data;  // raw bytes
};

// invalid: not such a file, another version, damaged, or a cost out of bounds. Only tests give other bounds: the command line
// has no way to, and every file that it reads or writes stays within k_holder_bounds.
util::Result<Box> read_box(std::string_view text, const CostBounds& bounds = k_holder_bounds);

// A passphrase, and the key it gives at the last cost asked for: one second once per command.
class Passphrase {
public:
    explicit Passphrase(util::SecretText text) : text_(std::move(text)) {}

    // Throws std::runtime_error, with a sentence, when the machine has not the memory.
    const util::Secret<32>& key(const KeyCost& cost);

private:
    util::SecretText text_;
    std::optional<KeyCost> cost_;
    std::unique_ptr<util::Secret<32>> key_;
};

// A new salt at the floor of the bounds.
KeyCost new_cost(const CostBounds& bounds = k_holder_bounds);

// The file's text, with its newline.
std::string write_box(const BoxHead& head, const KeyCost& cost, Passphrase& passphrase, std::string_view secret);

// Nothing for a wrong passphrase or a head exchanged.
std::optional<util::SecretText> open_box(const Box& box, Passphrase& passphrase);

// A secret's content: a JSON list of strings, wiped when done.
using SecretList = std::vector<util::SecretText>;
util::SecretText write_secret_list(const std::vector<std::string_view>& texts);
std::optional<SecretList> read_secret_list(std::string_view text, std::size_t texts);

}  // namespace trustee
