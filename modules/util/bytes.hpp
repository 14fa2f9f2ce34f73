// SPDX-License-Identifier: AGPL-3.0-or-later
// Bytes and their usual writings, and the hashes the whole house shares. Binary strings are std::string: they go to
// SQL, JSON and files as they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace util {

// Lower-case hexadecimal. from_hex refuses odd lengths and any other character (upper case too).
std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);

// RFC 4648 section 4 without padding (as Belenios writes hashes), and section 5 (URL alphabet) without padding.
std::string to_base64_unpadded(std::string_view bytes);
std::optional<std::string> from_base64_unpadded(std::string_view text);
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

// As C libraries take bytes.
inline unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
inline const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

// Raw 32 bytes.
std::string sha256(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view bytes);
inline std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }

// Time depends on the lengths only.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace util
