// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading a .bel archive entry by entry (SPECIFICATION.md 8.1), with the exactness of checks 10.1 to 10.4: header bytes, names,
// sizes, padding. Knows no event. No entry is held whole above k_held_body, whatever its header or a sparse file says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace crypto {

// A file read at any place, from several threads.
// Regular files only; a FIFO does not keep us waiting.
class RandomFile {
public:
    explicit RandomFile(const std::filesystem::path& path);  // check is_open()
    RandomFile(const RandomFile&) = delete;
    RandomFile& operator=(const RandomFile&) = delete;
    ~RandomFile();

    bool is_open() const { return descriptor_ >= 0; }
    std::uint64_t size() const { return size_; }
    // Under whatever name.
    bool is_same_file(const RandomFile& other) const { return device_ == other.device_ && node_ == other.node_; }
    // Exactly `length` bytes, or nothing.
    std::optional<std::string> read(std::uint64_t offset, std::uint64_t length) const;

private:
    int descriptor_ = -1;
    std::uint64_t size_ = 0, device_ = 0, node_ = 0;
};

inline constexpr std::uint64_t k_held_body = 16 << 20;

struct ArchiveEntry {
    enum class Kind { data, event };
    Kind kind = Kind::data;
    std::string hash;                    // sha_hex of the body, equal to the name
    std::string body;                    // empty above k_held_body: hashed in pieces and left in the file
    std::uint64_t offset = 0, size = 0;  // of the body in the file

    bool is_held() const { return body.size() == size; }
};

class ArchiveReader {
public:
    explicit ArchiveReader(const RandomFile& file) : file_(file) {}

    // Reads the BELENIOS entry. False: this is no archive we read, see fault().
    bool read_header();
    // The next entry; nothing at the end of the file, and on a fault, after which reading stops.
    std::optional<ArchiveEntry> next();

    const std::string& fault() const { return fault_; }  // empty: none
    std::uint64_t position() const { return at_; }
    std::int64_t timestamp() const { return timestamp_; }

private:
    struct Raw {
        std::string name, body, hash;
        std::uint64_t offset, size;
    };
    // One entry whose mtime is not looked at when `timestamp` is absent.
    std::optional<Raw> read_entry(std::optional<std::int64_t> timestamp);
    std::optional<std::string> hash_in_pieces(std::uint64_t offset, std::uint64_t size) const;

    const RandomFile& file_;
    std::uint64_t at_ = 0;
    std::int64_t timestamp_ = 0;
    std::string fault_;
};

}  // namespace crypto
