// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/fastcgi_answer.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "web/headers.hpp"

namespace web {

namespace {

constexpr char k_record_version = 1, k_end_request = 3, k_stdout = 6;
constexpr std::size_t k_head_size = 8, k_largest_content = 0xFFF8;  // a multiple of 8: no padding

void add_record_header(std::string& bytes, char type, unsigned id, std::size_t content) {
    const char header[k_head_size] = {k_record_version,
                                      type,
                                      static_cast<char>(id >> 8),
                                      static_cast<char>(id),
                                      static_cast<char>(content >> 8),
                                      static_cast<char>(content),
                                      0,
                                      0};
    bytes.append(header, k_head_size);
}

// Standard output in records, begun by add(): a record's length stands before its content.
class Records {
public:
    Records(std::string& bytes, unsigned id, std::size_t length) : bytes_(bytes), id_(id), left_(length) {}
    void add(std::string_view text) {
        while (!text.empty()) {
            if (room_ == 0) {
                room_ = std::min(left_, k_largest_content);
                add_record_header(bytes_, k_stdout, id_, room_);
            }
            const std::string_view part = text.substr(0, room_);
            bytes_.append(part);
            text.remove_prefix(part.size());
            room_ -= part.size();
            left_ -= part.size();
        }
    }

private:
    std::string& bytes_;
    const unsigned id_;
    std::size_t left_, room_ = 0;
};

}  // namespace

std::string fastcgi_answer(unsigned id, const RawResponse& response) {
    std::string head = "Status: " + std::to_string(response.status) + " " + std::string(reason_of(response.status)) + "\r\n";
    for (const auto& [name, value] : response.headers) head.append(name).append(": ").append(value).append("\r\n");
    head += "Content-Length: " + std::to_string(response.body.size()) + "\r\n\r\n";

    const std::size_t length = head.size() + response.body.size();
    std::string bytes;
    bytes.reserve(length + (length / k_largest_content + 3) * k_head_size + 8);
    Records records(bytes, id, length);
    records.add(head);
    records.add(response.body);
    add_record_header(bytes, k_stdout, id, 0);
    add_record_header(bytes, k_end_request, id, 8);
    bytes.append(8, '\0');  // our status 0, and « complete »
    return bytes;
}

bool send_whole(int connection, const std::string& bytes) {
    std::string_view left = bytes;
    while (!left.empty()) {
        const ssize_t sent = ::send(connection, left.data(), left.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        left.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

}  // namespace web
