// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/fastcgi_answer.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
#include <vector>

#include "web/headers.hpp"

namespace web {

namespace {

constexpr char k_record_version = 1, k_end_request = 3, k_stdout = 6;
constexpr std::size_t k_head_size = 8, k_largest_content = 0xFFF8;  // a multiple of 8: no padding
constexpr std::size_t k_pieces_at_once = 512;                       // of IOV_MAX, 1024: a page goes at once, and nginx wakes once

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

std::string head_of(const RawResponse& response, std::size_t body) {
    std::string head = "Status: " + std::to_string(response.status) + " " + std::string(reason_of(response.status)) + "\r\n";
    for (const auto& [name, value] : response.headers) head.append(name).append(": ").append(value).append("\r\n");
    return head += "Content-Length: " + std::to_string(body) + "\r\n\r\n";
}

// Sends what `pieces` point to. False: who reads has gone.
bool send_all(int connection, std::vector<iovec>& pieces) {
    for (std::size_t first = 0; first < pieces.size();) {
        msghdr message{};
        message.msg_iov = &pieces[first];
        message.msg_iovlen = std::min(pieces.size() - first, k_pieces_at_once);
        const ssize_t sent = ::sendmsg(connection, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        auto left = static_cast<std::size_t>(sent);
        for (; first < pieces.size() && left >= pieces[first].iov_len; ++first) left -= pieces[first].iov_len;
        if (left == 0) continue;
        pieces[first].iov_base = static_cast<char*>(pieces[first].iov_base) + left;
        pieces[first].iov_len -= left;
    }
    return true;
}

iovec piece(std::string_view bytes) { return {const_cast<char*>(bytes.data()), bytes.size()}; }  // it is only read

// Takes at most `most` bytes off `parts` from `first` on, and points `pieces` to them.
std::size_t take(std::vector<std::string_view>& parts, std::size_t& first, std::size_t most, std::vector<iovec>& pieces) {
    std::size_t taken = 0;
    while (first < parts.size() && taken < most) {
        const std::string_view part = parts[first].substr(0, most - taken);
        if (!part.empty()) pieces.push_back(piece(part));
        taken += part.size();
        parts[first].remove_prefix(part.size());
        if (parts[first].empty()) ++first;
    }
    return taken;
}

}  // namespace

bool send_answer(int connection, unsigned id, const RawResponse& response) {
    std::vector<std::string_view> parts = response.page.pieces();
    if (parts.empty()) parts.emplace_back(response.body);
    std::size_t length = 0;
    for (const std::string_view part : parts) length += part.size();
    const std::string head = head_of(response, length);
    parts.insert(parts.begin(), head);
    length += head.size();
    const std::size_t records = length / k_largest_content + 1;

    // What stands around the content, in the order it is sent: it never moves once it is pointed to.
    std::string frame;
    frame.reserve((records + 3) * k_head_size);
    std::vector<iovec> pieces;
    pieces.reserve(parts.size() + 2 * records + 1);
    std::size_t first = 0;
    for (std::size_t done = 0; done < length;) {
        add_record_header(frame, k_stdout, id, std::min(length - done, k_largest_content));
        pieces.push_back(piece(std::string_view(frame).substr(frame.size() - k_head_size)));
        done += take(parts, first, k_largest_content, pieces);
    }
    const std::size_t from = frame.size();
    add_record_header(frame, k_stdout, id, 0);
    add_record_header(frame, k_end_request, id, 8);
    frame.append(8, '\0');  // our status 0, and « complete »
    pieces.push_back(piece(std::string_view(frame).substr(from)));
    return send_all(connection, pieces);
}

}  // namespace web
