// SPDX-License-Identifier: AGPL-3.0-or-later
// The bytes of a .bel archive that writer and reader share (SPECIFICATION.md 8): tar headers, entry names, events.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace crypto {

inline constexpr std::size_t k_tar_block = 512;
inline constexpr std::uint64_t k_largest_tar_number = (std::uint64_t{1} << 33) - 1;  // 11 octal digits: sizes and times

// The 512 header bytes of an entry.
std::string tar_header(std::string_view name, std::uint64_t size, std::int64_t mtime);

// NUL bytes after a body of this size.
inline std::size_t tar_padding(std::uint64_t size) {
    return static_cast<std::size_t>((k_tar_block - size % k_tar_block) % k_tar_block);
}

std::string archive_header(std::int64_t timestamp);

// `parent` empty at height 0, `payload` empty for EndBallots.
std::string write_event(std::string_view parent, std::uint64_t height, std::string_view type, std::string_view payload);

// Of the three hashes; of the three records.
std::string write_setup_hashes(std::string_view election, std::string_view trustees, std::string_view public_creds);
std::string write_setup_data(std::string_view election, std::string_view trustees, std::string_view public_creds);

}  // namespace crypto
