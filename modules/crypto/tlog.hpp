// SPDX-License-Identifier: AGPL-3.0-or-later
// The public log in the form that transparency logs share, as C2SP specifies it: signed notes (c2sp.org/signed-note), checkpoints
// (tlog-checkpoint), witnesses' cosignatures (tlog-cosignature), tiles and bundles of entries (tlog-tiles). Pure: texts and bytes
// in and out, no file, no network, no table; the tree itself is merkle.hpp. Hashes and keys are raw bytes here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/merkle.hpp"
#include "util/result.hpp"

namespace crypto::tlog {

// --- Keys -----------------------------------------------------------------------------------------------------------

// The signature's type, a part of what the key's number hashes.
enum class KeyKind : unsigned char {
    log = 0x01,      // Ed25519 over the note's text
    witness = 0x04,  // Ed25519 cosignature with a time
};

// A public key and the name that it signs under: no space and no plus in it.
struct Verifier {
    std::string name;
    KeyKind kind = KeyKind::log;
    std::string public_key;  // 32 bytes

    std::uint32_t id() const;  // first 4 bytes of SHA-256(name | "\n" | kind | key)
    std::string text() const;  // "name+01234567+base64(kind | key)": the form in which such keys are published
    static std::optional<Verifier> parse(std::string_view text);
};

// --- Notes ----------------------------------------------------------------------------------------------------------

// One line « — name base64(id | bytes) ».
struct Signature {
    std::string name;
    std::uint32_t id = 0;
    std::string bytes;  // 64; with 8 of its time before them for a witness

    std::string line() const;  // with its newline
    static std::optional<Signature> parse(std::string_view line);
};

struct Note {
    std::string text;  // ends with a newline
    std::vector<Signature> signatures;

    std::string write() const;
    // UTF-8 without control characters, at most 64 signatures and 64 KiB; one writing.
    static std::optional<Note> parse(std::string_view note);

    // The signature by this key that holds, if there is one. A line of this key that does not hold: none.
    std::optional<Signature> signature_by(const Verifier& verifier) const;
};

// `secret_key`: base64url as util/signature.hpp makes it.
Signature sign(std::string_view secret_key, std::string_view name, std::string_view text);
// A witness's statement: at `time` (seconds since 1970) this was the largest tree of the log that it had seen, each an extension
// of the one before.
Signature cosign(std::string_view secret_key, std::string_view name, std::string_view text, std::uint64_t time);
[[nodiscard]] bool verify(const Verifier& verifier, std::string_view text, const Signature& signature);
std::uint64_t time_of(const Signature& cosignature);  // 0 when it has none

// --- Checkpoints ----------------------------------------------------------------------------------------------------

struct Checkpoint {
    std::string origin;  // the log's name: "elections.example.fr/urne/<uuid>"
    std::uint64_t size = 0;
    std::string root;  // 32 bytes

    bool operator==(const Checkpoint&) const = default;
    std::string text() const;                                       // origin, size and base64 of the root, a line each
    static std::optional<Checkpoint> parse(std::string_view text);  // lines after the third are left aside
};

// « word SIZE ROOT », with its newline: a line that another log's checkpoint may carry after its third, naming this one's head.
std::string write_extension(std::string_view word, const Checkpoint& head);

// The line of the last checkpoint of a log that grows no more: the vote is over and every ballot has entered. Signed once, it is the largest
// tree that there will be, so that a shorter one, however well signed, is known for what it is.
inline constexpr std::string_view k_final_line = "final\n";
// Whether it stands after the third line of a checkpoint's text.
bool is_final(std::string_view text);

// The origin and key name of a log that the portal at `base_url` keeps: its address without the scheme.
std::string origin_of(std::string_view base_url, std::string_view path);

// A checkpoint signed by the log, whole: parsed, the origin compared with the key's name, the signature checked.
struct SignedCheckpoint {
    Checkpoint checkpoint;
    Note note;
};
std::optional<SignedCheckpoint> open_checkpoint(std::string_view note, const Verifier& log_key);

// --- Tiles ----------------------------------------------------------------------------------------------------------

constexpr std::uint64_t k_tile_width = 256;

// Paths below the log's prefix: "tile/0/x001/x234/067", with ".p/WIDTH" for a tile that is not full.
std::string tile_path(std::size_t level, std::uint64_t index, std::uint64_t width);
std::string entries_path(std::uint64_t index, std::uint64_t width);

// How wide tile `index` of `level` is in a tree of `size` leaves; 0: it is not there.
std::uint64_t tile_width(std::size_t level, std::uint64_t index, std::uint64_t size);

struct File {
    std::string path, content;
};
// Every tile that a tree of `new_size` has and one of `old_size` had not, or had narrower. Precondition: new_size <= tree.size().
std::vector<File> tiles_between(const merkle::Tree& tree, std::uint64_t old_size, std::uint64_t new_size);

// A bundle of entries: each with its length in two bytes before it.
std::string write_entries(const std::vector<std::string>& entries);
std::optional<std::vector<std::string>> parse_entries(std::string_view bundle);

// The tree of a checkpoint, read from tiles as they are needed. What it gives is only as good as the tiles: compare a root, or
// verify a proof, against a signed checkpoint.
class TileTree {
public:
    // The file of this path below the log's prefix, or nothing.
    using Fetch = std::function<std::optional<std::string>(const std::string& path)>;
    TileTree(std::uint64_t size, Fetch fetch) : size_(size), fetch_(std::move(fetch)) {}

    // not_found names the tile that is missing or has another length. Preconditions as merkle.hpp's.
    util::Result<std::string> root();
    util::Result<merkle::Proof> prove_inclusion(std::uint64_t index);
    util::Result<merkle::Proof> prove_consistency(std::uint64_t old_size);

private:
    std::string subtree(std::size_t level, std::uint64_t position);
    const std::string& tile(std::size_t level, std::uint64_t index);
    template <typename T>
    util::Result<T> whole(T made);

    std::uint64_t size_;
    Fetch fetch_;
    std::map<std::string, std::string> tiles_;
    std::string missing_;
};

// --- A witness's request --------------------------------------------------------------------------------------------

// The body of add-checkpoint (c2sp.org/tlog-witness): the size that the witness has cosigned, a proof from it, the checkpoint.
struct AddCheckpoint {
    std::uint64_t old_size = 0;
    merkle::Proof proof;
    std::string note;

    std::string write() const;
    static std::optional<AddCheckpoint> parse(std::string_view body);
};

}  // namespace crypto::tlog
