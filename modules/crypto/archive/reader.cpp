// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/archive/reader.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "crypto/archive/format.hpp"
#include "crypto/hash.hpp"
#include "crypto/json_text.hpp"
#include "util/bytes.hpp"

namespace crypto {

RandomFile::RandomFile(const std::filesystem::path& path)
    : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {
    struct stat status {};
    if (descriptor_ >= 0 && (fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode))) {
        close(descriptor_);
        descriptor_ = -1;
    }
    if (descriptor_ < 0) return;
    size_ = static_cast<std::uint64_t>(status.st_size);
    device_ = status.st_dev;
    node_ = status.st_ino;
}

RandomFile::~RandomFile() {
    if (descriptor_ >= 0) close(descriptor_);
}

std::optional<std::string> RandomFile::read(std::uint64_t offset, std::uint64_t length) const {
    if (offset > size_ || length > size_ - offset) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(length), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t got = pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
        if (got <= 0) return std::nullopt;
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

namespace {

// Octal digits closed by NUL, as the format writes them.
std::optional<std::uint64_t> read_octal(std::string_view field) {
    std::uint64_t value = 0;
    for (const char c : field.substr(0, field.size() - 1)) {
        if (c < '0' || c > '7') return std::nullopt;
        value = value * 8 + static_cast<std::uint64_t>(c - '0');
    }
    if (field.back() != '\0') return std::nullopt;
    return value;
}

}  // namespace

std::optional<ArchiveReader::Raw> ArchiveReader::read_entry(std::optional<std::int64_t> timestamp) {
    const auto header = file_.read(at_, k_tar_block);
    if (!header) {
        fault_ = "truncated entry header at byte " + std::to_string(at_);
        return std::nullopt;
    }
    const std::string name(*header, 0, header->find('\0'));
    const auto size = read_octal(std::string_view(*header).substr(124, 12));
    const auto mtime = read_octal(std::string_view(*header).substr(136, 12));
    const bool exact = size && mtime && !name.empty() && name.size() <= 100 &&
                       *header == tar_header(name, *size, timestamp.value_or(static_cast<std::int64_t>(*mtime)));
    if (!exact) {
        fault_ = "entry header at byte " + std::to_string(at_) + " is not exact";
        return std::nullopt;
    }
    const std::uint64_t offset = at_ + k_tar_block;
    const auto padding = file_.read(offset + *size, tar_padding(*size));
    std::optional<std::string> body, hash;
    if (padding && *size <= k_held_body) {
        body = file_.read(offset, *size);
        if (body) hash = sha_hex(*body);
    } else if (padding) {
        body.emplace();
        hash = hash_in_pieces(offset, *size);
    }
    if (!hash) {
        fault_ = "truncated entry at byte " + std::to_string(at_);
        return std::nullopt;
    }
    if (padding->find_first_not_of('\0') != std::string::npos) {
        fault_ = "padding of the entry at byte " + std::to_string(at_) + " is not zero";
        return std::nullopt;
    }
    at_ = offset + *size + padding->size();
    return Raw{name, std::move(*body), std::move(*hash), offset, *size};
}

std::optional<std::string> ArchiveReader::hash_in_pieces(std::uint64_t offset, std::uint64_t size) const {
    constexpr std::uint64_t k_piece = 1 << 20;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (std::uint64_t done = 0; done < size; done += k_piece) {
        const auto piece = file_.read(offset + done, std::min(k_piece, size - done));
        if (!piece) return std::nullopt;
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(piece->data()), piece->size());
    }
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(&state, reinterpret_cast<unsigned char*>(digest.data()));
    return util::to_hex(digest);
}

bool ArchiveReader::read_header() {
    const auto raw = read_entry(std::nullopt);
    if (!raw) return false;
    if (raw->name != "BELENIOS") {
        fault_ = "the first entry is not BELENIOS";
        return false;
    }
    Reader in(raw->body);
    in.literal(R"({"version":1,"timestamp":")");
    const std::uint64_t timestamp = in.number();
    timestamp_ = static_cast<std::int64_t>(timestamp);
    if (!in.ok() || timestamp > k_largest_tar_number || raw->body != archive_header(timestamp_)) {
        fault_ = "archive header is not {\"version\":1,\"timestamp\":\"<seconds>\"}";
        return false;
    }
    // Its own header carries the same time.
    if (file_.read(0, k_tar_block).value_or("") != tar_header(raw->name, raw->body.size(), timestamp_)) {
        fault_ = "mtime of the archive header differs from its timestamp";
        return false;
    }
    return true;
}

std::optional<ArchiveEntry> ArchiveReader::next() {
    if (!fault_.empty() || at_ == file_.size()) return std::nullopt;
    const std::uint64_t start = at_;
    auto raw = read_entry(timestamp_);
    if (!raw) return std::nullopt;
    ArchiveEntry entry;
    entry.hash = std::move(raw->hash);
    if (raw->name == entry.hash + ".data.json") {
        entry.kind = ArchiveEntry::Kind::data;
    } else if (raw->name == entry.hash + ".event.json") {
        entry.kind = ArchiveEntry::Kind::event;
    } else {
        fault_ = "name of the entry at byte " + std::to_string(start) + " is not the hash of its content";
        return std::nullopt;
    }
    entry.body = std::move(raw->body);
    entry.offset = raw->offset;
    entry.size = raw->size;
    return entry;
}

}  // namespace crypto
