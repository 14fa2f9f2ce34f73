// SPDX-License-Identifier: AGPL-3.0-or-later
// Tiles and bundles of tlog.hpp. Tile `index` of level L holds the roots of the full subtrees of 256^L leaves from
// index · 256 on; the levels between are hashed again from them.
#include <algorithm>

#include "crypto/tlog.hpp"
#include "util/ensure.hpp"

namespace crypto::tlog {

namespace {

using merkle::k_hash_bytes;
constexpr std::size_t k_tile_height = 8;

// "x001/x234/067": three digits to a folder, all but the last with an x.
std::string index_path(std::uint64_t index) {
    std::string path;
    for (bool last = true; last || index > 0; last = false, index /= 1000) {
        const std::string digits = std::to_string(1000 + index % 1000).substr(1);
        path = last ? digits : "x" + digits + "/" + path;
    }
    return path;
}

std::string with_width(const std::string& path, std::uint64_t width) {
    return width == k_tile_width ? path : path + ".p/" + std::to_string(width);
}

// Full subtrees of 256^level leaves in a tree of `size`.
std::uint64_t hashes_at(std::size_t level, std::uint64_t size) {
    return level * k_tile_height < 64 ? size >> (level * k_tile_height) : 0;
}

}  // namespace

std::string tile_path(std::size_t level, std::uint64_t index, std::uint64_t width) {
    return with_width("tile/" + std::to_string(level) + "/" + index_path(index), width);
}

std::string entries_path(std::uint64_t index, std::uint64_t width) {
    return with_width("tile/entries/" + index_path(index), width);
}

std::uint64_t tile_width(std::size_t level, std::uint64_t index, std::uint64_t size) {
    const std::uint64_t hashes = hashes_at(level, size);
    if (index > hashes / k_tile_width) return 0;
    return std::min(k_tile_width, hashes - index * k_tile_width);
}

std::vector<File> tiles_between(const merkle::Tree& tree, std::uint64_t old_size, std::uint64_t new_size) {
    std::vector<File> files;
    for (std::size_t level = 0; hashes_at(level, new_size) > 0; ++level) {
        const std::uint64_t before = hashes_at(level, old_size), now = hashes_at(level, new_size);
        if (before == now) continue;
        std::uint64_t width = 0;
        for (std::uint64_t index = before / k_tile_width; (width = tile_width(level, index, new_size)) > 0; ++index)
            files.push_back({tile_path(level, index, width), tree.subtrees(level * k_tile_height, index * k_tile_width, width)});
    }
    return files;
}

std::string write_entries(const std::vector<std::string>& entries) {
    std::string bundle;
    for (const std::string& entry : entries) {
        ENSURE(entry.size() < 65536);
        bundle += static_cast<char>(entry.size() >> 8);
        bundle += static_cast<char>(entry.size() & 0xff);
        bundle += entry;
    }
    return bundle;
}

std::optional<std::vector<std::string>> parse_entries(std::string_view bundle) {
    std::vector<std::string> entries;
    while (!bundle.empty()) {
        if (bundle.size() < 2 || entries.size() == k_tile_width) return std::nullopt;
        const std::size_t length = static_cast<unsigned char>(bundle[0]) * 256U + static_cast<unsigned char>(bundle[1]);
        bundle.remove_prefix(2);
        if (bundle.size() < length) return std::nullopt;
        entries.emplace_back(bundle.substr(0, length));
        bundle.remove_prefix(length);
    }
    return entries;
}

// --- TileTree -------------------------------------------------------------------------------------------------------

// A tile that is not there is empty, and its name is kept. A full one serves where a narrower one is gone.
const std::string& TileTree::tile(std::size_t level, std::uint64_t index) {
    const std::uint64_t width = tile_width(level, index, size_);
    const std::string path = tile_path(level, index, width);
    if (const auto known = tiles_.find(path); known != tiles_.end()) return known->second;
    auto content = fetch_(path);
    if (!content && width != k_tile_width) {
        content = fetch_(tile_path(level, index, k_tile_width));
        if (content && content->size() == k_tile_width * k_hash_bytes) content->resize(width * k_hash_bytes);
    }
    if (!content || content->size() != width * k_hash_bytes) {
        if (missing_.empty()) missing_ = path;
        content.emplace();
    }
    return tiles_.emplace(path, *std::move(content)).first->second;
}

std::string TileTree::subtree(std::size_t level, std::uint64_t position) {
    const std::size_t below = level % k_tile_height;  // levels to hash inside the tile
    const std::uint64_t first = position << below;
    const std::string& hashes = tile(level / k_tile_height, first / k_tile_width);
    if (hashes.empty()) return {};
    std::vector<std::string> row;
    for (std::uint64_t i = 0; i < std::uint64_t{1} << below; ++i)
        row.push_back(hashes.substr((first % k_tile_width + i) * k_hash_bytes, k_hash_bytes));
    while (row.size() > 1) {
        for (std::size_t i = 0; i < row.size() / 2; ++i) row[i] = merkle::node_hash(row[2 * i], row[2 * i + 1]);
        row.resize(row.size() / 2);
    }
    return row.front();
}

template <typename T>
util::Result<T> TileTree::whole(T made) {
    if (!missing_.empty()) return util::failure(util::Fault::not_found, missing_);
    return made;
}

util::Result<std::string> TileTree::root() {
    return whole(merkle::root_of(size_, [this](std::size_t level, std::uint64_t position) { return subtree(level, position); }));
}

util::Result<merkle::Proof> TileTree::prove_inclusion(std::uint64_t index) {
    return whole(merkle::prove_inclusion(index, size_,
                                         [this](std::size_t level, std::uint64_t position) { return subtree(level, position); }));
}

util::Result<merkle::Proof> TileTree::prove_consistency(std::uint64_t old_size) {
    return whole(merkle::prove_consistency(old_size, size_,
                                           [this](std::size_t level, std::uint64_t position) { return subtree(level, position); }));
}

}  // namespace crypto::tlog
