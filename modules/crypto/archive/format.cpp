// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/archive/format.hpp"

#include "crypto/hash.hpp"
#include "util/ensure.hpp"

namespace crypto {

namespace {

// `value` in octal on `digits` places, at `offset`.
void put_octal(std::string& header, std::size_t offset, std::size_t digits, std::uint64_t value) {
    for (std::size_t i = digits; i-- > 0; value >>= 3) header[offset + i] = static_cast<char>('0' + (value & 7));
    ENSURE(value == 0);
}

}  // namespace

std::string tar_header(std::string_view name, std::uint64_t size, std::int64_t mtime) {
    ENSURE(name.size() <= 100);
    std::string header(k_tar_block, '\0');
    header.replace(0, name.size(), name);
    put_octal(header, 100, 7, 0644);
    put_octal(header, 108, 7, 0);
    put_octal(header, 116, 7, 0);
    put_octal(header, 124, 11, size);
    put_octal(header, 136, 11, static_cast<std::uint64_t>(mtime));
    header[156] = '0';
    std::uint64_t sum = 8 * ' ';
    for (const char c : header) sum += static_cast<unsigned char>(c);
    put_octal(header, 148, 6, sum);
    header[155] = ' ';
    return header;
}

std::string archive_header(std::int64_t timestamp) { return R"({"version":1,"timestamp":")" + std::to_string(timestamp) + "\"}"; }

std::string write_event(std::string_view parent, std::uint64_t height, std::string_view type, std::string_view payload) {
    std::string event = "{";
    if (!parent.empty()) event += R"("parent":")" + std::string(parent) + R"(",)";
    event += R"("height":)" + std::to_string(height) + R"(,"type":")" + std::string(type) + "\"";
    if (!payload.empty()) event += R"(,"payload":")" + std::string(payload) + "\"";
    return event + "}";
}

std::string write_setup_hashes(std::string_view election, std::string_view trustees, std::string_view public_creds) {
    return R"({"election":")" + std::string(election) + R"(","trustees":")" + std::string(trustees) + R"(","credentials":")" +
           std::string(public_creds) + "\"}";
}

std::string write_setup_data(std::string_view election, std::string_view trustees, std::string_view public_creds) {
    return write_setup_hashes(sha_hex(election), sha_hex(trustees), sha_hex(public_creds));
}

}  // namespace crypto
