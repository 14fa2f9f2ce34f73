// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/merkle.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "util/bytes.hpp"
#include "util/ensure.hpp"

namespace crypto::merkle {

namespace {

// The largest power of two smaller than `count`: where RFC 9162 splits. Precondition: count > 1.
std::uint64_t split_of(std::uint64_t count) { return std::bit_floor(count - 1); }

bool are_hashes(const Proof& proof) {
    return std::all_of(proof.begin(), proof.end(), [](const std::string& hash) { return hash.size() == k_hash_bytes; });
}

// One step towards the root on the path of node `fn` in a level whose last node is `sn`.
void climb(std::uint64_t& fn, std::uint64_t& sn) {
    fn >>= 1;
    sn >>= 1;
}

// MTH(D[begin:end]). Ranges made by splits begin at a multiple of the power of two that holds them.
std::string range_root(std::uint64_t begin, std::uint64_t end, const Subtree& subtree) {
    const std::uint64_t count = end - begin;
    if (std::has_single_bit(count)) {
        const auto level = static_cast<std::size_t>(std::countr_zero(count));
        return subtree(level, begin >> level);
    }
    const std::uint64_t k = split_of(count);
    std::string left = range_root(begin, begin + k, subtree);
    return node_hash(left, range_root(begin + k, end, subtree));
}

}  // namespace

std::string leaf_hash(std::string_view leaf) {
    std::string input(1, '\x00');
    input += leaf;
    return util::sha256(input);
}

std::string node_hash(std::string_view left, std::string_view right) {
    std::string input(1, '\x01');
    input += left;
    input += right;
    return util::sha256(input);
}

std::string empty_root() { return util::sha256({}); }

std::string head_message(std::string_view uuid, std::uint64_t size, std::string_view root) {
    return "portail-log|1|" + std::string(uuid) + "|" + std::to_string(size) + "|" + util::to_hex(root);
}

// --- From full subtrees ---------------------------------------------------------------------------------------------

std::string root_of(std::uint64_t size, const Subtree& subtree) { return size == 0 ? empty_root() : range_root(0, size, subtree); }

// RFC 9162 section 2.1.3.1, from the root down; the proof is read from the leaf up.
Proof prove_inclusion(std::uint64_t index, std::uint64_t size, const Subtree& subtree) {
    ENSURE(index < size);
    Proof proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + split_of(end - begin);
        if (index < middle) {
            proof.push_back(range_root(middle, end, subtree));
            end = middle;
        } else {
            proof.push_back(range_root(begin, middle, subtree));
            begin = middle;
        }
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

// RFC 9162 section 2.1.4.1. The old tree's root itself is left out as long as we stay on its left edge.
Proof prove_consistency(std::uint64_t old_size, std::uint64_t size, const Subtree& subtree) {
    ENSURE(old_size <= size);
    Proof proof;
    if (old_size == 0 || old_size == size) return proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end != old_size) {
        const std::uint64_t middle = begin + split_of(end - begin);
        if (old_size <= middle) {
            proof.push_back(range_root(middle, end, subtree));
            end = middle;
        } else {
            proof.push_back(range_root(begin, middle, subtree));
            begin = middle;
        }
    }
    if (begin != 0) proof.push_back(range_root(begin, end, subtree));
    std::reverse(proof.begin(), proof.end());
    return proof;
}

// --- Frontier -------------------------------------------------------------------------------------------------------

void Frontier::append(std::string_view leaf) {
    std::string hash = leaf_hash(leaf);
    // Each one at the end of the size in binary is a full subtree that the new leaf completes.
    for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
        hash = node_hash(edge_.back(), hash);
        edge_.pop_back();
    }
    edge_.push_back(std::move(hash));
    ++size_;
}

std::string Frontier::root() const {
    if (edge_.empty()) return empty_root();
    std::string hash = edge_.back();
    for (auto it = edge_.rbegin() + 1; it != edge_.rend(); ++it) hash = node_hash(*it, hash);
    return hash;
}

// --- Tree -----------------------------------------------------------------------------------------------------------

std::uint64_t Tree::size() const { return levels_.empty() ? 0 : levels_.front().size() / k_hash_bytes; }

std::string Tree::hash_at(std::size_t level, std::uint64_t position) const {
    return levels_[level].substr(position * k_hash_bytes, k_hash_bytes);
}

void Tree::append(std::string_view leaf) {
    std::string hash = leaf_hash(leaf);
    for (std::size_t level = 0;; ++level) {
        if (level == levels_.size()) levels_.emplace_back();
        levels_[level] += hash;
        const std::uint64_t count = levels_[level].size() / k_hash_bytes;
        if (count % 2 != 0) return;
        hash = node_hash(hash_at(level, count - 2), hash_at(level, count - 1));
    }
}

std::string Tree::subtrees(std::size_t level, std::uint64_t position, std::uint64_t count) const {
    ENSURE(count == 0 || (level < levels_.size() && (position + count) * k_hash_bytes <= levels_[level].size()));
    return count == 0 ? std::string() : levels_[level].substr(position * k_hash_bytes, count * k_hash_bytes);
}

Subtree Tree::subtree() const {
    return [this](std::size_t level, std::uint64_t position) { return hash_at(level, position); };
}

std::string Tree::root(std::uint64_t size) const {
    ENSURE(size <= this->size());
    return root_of(size, subtree());
}

Proof Tree::prove_inclusion(std::uint64_t index, std::uint64_t size) const {
    ENSURE(size <= this->size());
    return merkle::prove_inclusion(index, size, subtree());
}

Proof Tree::prove_consistency(std::uint64_t old_size, std::uint64_t size) const {
    ENSURE(size <= this->size());
    return merkle::prove_consistency(old_size, size, subtree());
}

// --- Verification ---------------------------------------------------------------------------------------------------

bool verify_inclusion(std::string_view leaf, std::uint64_t index, std::uint64_t size, const Proof& proof, std::string_view root) {
    if (index >= size || !are_hashes(proof)) return false;
    std::uint64_t fn = index;
    std::uint64_t sn = size - 1;
    std::string r = leaf_hash(leaf);
    for (const std::string& p : proof) {
        if (sn == 0) return false;
        if ((fn & 1) != 0 || fn == sn) {
            r = node_hash(p, r);
            while ((fn & 1) == 0 && fn != 0) climb(fn, sn);
        } else {
            r = node_hash(r, p);
        }
        climb(fn, sn);
    }
    return sn == 0 && r == root;
}

bool verify_consistency(std::uint64_t old_size, std::string_view old_root, std::uint64_t size, std::string_view root,
                        const Proof& proof) {
    if (old_size > size || old_root.size() != k_hash_bytes || root.size() != k_hash_bytes || !are_hashes(proof)) {
        return false;
    }
    if (old_size == size) return proof.empty() && old_root == root;
    if (old_size == 0) return proof.empty() && old_root == empty_root();
    if (proof.empty()) return false;

    Proof path = proof;
    if (std::has_single_bit(old_size)) path.insert(path.begin(), std::string(old_root));
    std::uint64_t fn = old_size - 1;
    std::uint64_t sn = size - 1;
    while ((fn & 1) != 0) climb(fn, sn);
    std::string fr = path.front();
    std::string sr = path.front();
    for (auto c = path.begin() + 1; c != path.end(); ++c) {
        if (sn == 0) return false;
        if ((fn & 1) != 0 || fn == sn) {
            fr = node_hash(*c, fr);
            sr = node_hash(*c, sr);
            while ((fn & 1) == 0 && fn != 0) climb(fn, sn);
        } else {
            sr = node_hash(sr, *c);
        }
        climb(fn, sn);
    }
    return sn == 0 && fr == old_root && sr == root;
}

}  // namespace crypto::merkle
