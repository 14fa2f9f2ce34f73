// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/fastcgi_guard.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace web {

namespace {

constexpr std::size_t k_header = 8;
constexpr std::uint8_t k_version = 1, k_begin = 1, k_params = 4, k_responder = 1;
// nginx's own headers and four buffers of 8 kB (nginx/snippets/limits.conf) are far below.
constexpr std::size_t k_first_look = 16 * 1024, k_largest_opening = 256 * 1024;
constexpr std::chrono::seconds k_longest_wait_for_opening{2};

std::uint8_t byte_at(std::string_view bytes, std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); }

// One byte, or four with the highest bit set. Nothing: it is cut off.
std::optional<std::size_t> take_length(std::string_view& bytes) {
    if (bytes.empty()) return std::nullopt;
    std::size_t length = byte_at(bytes, 0);
    std::size_t size = 1;
    if (length >= 0x80) {
        size = 4;
        if (bytes.size() < size) return std::nullopt;
        length =
            (length & 0x7f) << 24 | std::size_t{byte_at(bytes, 1)} << 16 | std::size_t{byte_at(bytes, 2)} << 8 | byte_at(bytes, 3);
    }
    bytes.remove_prefix(size);
    return length;
}

bool are_pairs(std::string_view params) {
    while (!params.empty()) {
        const auto name = take_length(params);
        const auto value = name ? take_length(params) : std::nullopt;
        if (!value || *name == 0 || *name > params.size() || *value > params.size() - *name) return false;
        params.remove_prefix(*name + *value);
    }
    return true;
}

struct Record {
    std::uint8_t type;
    unsigned id;
    std::string_view content;
};

// Nothing: not all of it is there.
std::optional<Record> take_record(std::string_view& bytes) {
    if (bytes.size() < k_header) return std::nullopt;
    const std::size_t content = std::size_t{byte_at(bytes, 4)} << 8 | byte_at(bytes, 5);
    const std::size_t size = k_header + content + byte_at(bytes, 6);
    if (bytes.size() < size) return std::nullopt;
    const Record record{byte_at(bytes, 1), unsigned{byte_at(bytes, 2)} << 8 | byte_at(bytes, 3), bytes.substr(k_header, content)};
    bytes.remove_prefix(size);
    return record;
}

// Responder, and of the flags at most that the connection stays open.
bool is_begin(const Record& record) {
    return record.type == k_begin && record.id != 0 && record.content.size() == 8 && byte_at(record.content, 0) == 0 &&
           byte_at(record.content, 1) == k_responder && byte_at(record.content, 2) <= 1;
}

}  // namespace

Beginning judge_beginning(std::string_view bytes) {
    std::string params;
    unsigned id = 0;
    for (bool is_first = true;; is_first = false) {
        if (!bytes.empty() && byte_at(bytes, 0) != k_version) return Beginning::broken;
        const auto record = take_record(bytes);
        if (!record) return Beginning::partial;
        if (is_first) {
            if (!is_begin(*record)) return Beginning::broken;
            id = record->id;
            continue;
        }
        if (record->type != k_params || record->id != id) return Beginning::broken;
        if (record->content.empty()) return are_pairs(params) ? Beginning::whole : Beginning::broken;
        params += record->content;
    }
}

bool opens_well(int connection) {
    static thread_local std::vector<char> seen(k_first_look);
    const auto started = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - started < k_longest_wait_for_opening) {
        const ssize_t got = ::recv(connection, seen.data(), seen.size(), MSG_PEEK);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        switch (judge_beginning({seen.data(), static_cast<std::size_t>(got)})) {
            case Beginning::whole: return true;
            case Beginning::broken: return false;
            case Beginning::partial: break;
        }
        if (static_cast<std::size_t>(got) < seen.size()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));  // nginx writes all of it at once: more is on its way
        } else if (seen.size() < k_largest_opening) {
            seen.resize(2 * seen.size());
        } else {
            return false;
        }
    }
    return false;
}

}  // namespace web
