// SPDX-License-Identifier: AGPL-3.0-or-later
// The Merkle tree of the public log, hashed as in RFC 9162 section 2.1: roots, proofs that a leaf is in a tree and that a
// tree begins with an older one, and their verification. Pure; knows no table. Hashes are 32 raw bytes. A leaf of the
// log is the SHA-256 of a ballot's bytes, also raw: what the ballot's reference writes in base 64.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace crypto::merkle {

inline constexpr std::size_t k_hash_bytes = 32;

std::string leaf_hash(std::string_view leaf);                          // SHA-256(0x00 | leaf)
std::string node_hash(std::string_view left, std::string_view right);  // SHA-256(0x01 | left | right)
std::string empty_root();                                              // SHA-256 of nothing

// What the signature of a log head covers: "portail-log|1|" uuid "|" size "|" root in hexadecimal.
std::string head_message(std::string_view uuid, std::uint64_t size, std::string_view root);

// A proof: hashes from the leaves' side to the root's.
using Proof = std::vector<std::string>;

// The root of the full subtree of 2^level leaves whose first leaf is position · 2^level: all that a tree is made of.
using Subtree = std::function<std::string(std::size_t level, std::uint64_t position)>;

// Of the tree of the first `size` leaves, from whoever holds its full subtrees; about 2 log2(size) of them are asked for.
// Preconditions: index < size, old_size <= size.
std::string root_of(std::uint64_t size, const Subtree& subtree);
Proof prove_inclusion(std::uint64_t index, std::uint64_t size, const Subtree& subtree);
Proof prove_consistency(std::uint64_t old_size, std::uint64_t size, const Subtree& subtree);

// The right edge of a tree: enough to append and to give the root, one hash per bit of the size.
class Frontier {
public:
    void append(std::string_view leaf);
    std::uint64_t size() const { return size_; }
    std::string root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<std::string> edge_;  // roots of the full subtrees, the largest first
};

// The whole tree, about 64 bytes per leaf: gives proofs in a logarithmic number of hashes.
class Tree {
public:
    void append(std::string_view leaf);
    std::uint64_t size() const;

    // Of the tree of the first `size` leaves. Preconditions: index < size, old_size <= size, size <= size().
    std::string root(std::uint64_t size) const;
    Proof prove_inclusion(std::uint64_t index, std::uint64_t size) const;
    Proof prove_consistency(std::uint64_t old_size, std::uint64_t size) const;

    // The roots of `count` full subtrees of 2^level leaves from `position` on, one after another. Precondition: they are full.
    std::string subtrees(std::size_t level, std::uint64_t position, std::uint64_t count) const;

private:
    std::string hash_at(std::size_t level, std::uint64_t position) const;
    Subtree subtree() const;

    std::vector<std::string> levels_;  // levels_[k]: packed hashes of the full subtrees of 2^k leaves
};

// Algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2. Malformed hashes are false.
[[nodiscard]] bool verify_inclusion(std::string_view leaf, std::uint64_t index, std::uint64_t size, const Proof& proof,
                                    std::string_view root);
[[nodiscard]] bool verify_consistency(std::uint64_t old_size, std::string_view old_root, std::uint64_t size, std::string_view root,
                                      const Proof& proof);

}  // namespace crypto::merkle
