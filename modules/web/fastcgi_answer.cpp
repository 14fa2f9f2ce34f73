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
constexpr std::size_t k_pieces_at_once = 64;                        // of IOV_MAX, 1024

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

std::string head_of(const RawResponse& response) {
    std::string head = "Status: " + std::to_string(response.status) + " " + std::string(reason_of(response.status)) + "\r\n";
    for (const auto& [name, value] : response.headers) head.append(name).append(": ").append(value).append("\r\n");
    return head += "Content-Length: " + std::to_string(response.body.size()) + "\r\n\r\n";
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

}  // namespace

bool send_answer(int connection, unsigned id, const RawResponse& response) {
    const std::string head = head_of(response);
    const std::string_view body = response.body;
    const std::size_t length = head.size() + body.size(), records = length / k_largest_content + 1;

    // What stands around the body, in the order it is sent: it never moves once it is pointed to.
    std::string frame;
    frame.reserve(head.size() + (records + 3) * k_head_size);
    std::vector<iovec> pieces;
    pieces.reserve(2 * records + 1);
    std::size_t of_body = 0;
    for (std::size_t done = 0; done < length;) {
        const std::size_t from = frame.size(), content = std::min(length - done, k_largest_content);
        add_record_header(frame, k_stdout, id, content);
        std::size_t taken = content;
        if (done == 0) {
            frame += head;  // shorter than a record: it is made of our own headers
            taken -= head.size();
        }
        pieces.push_back(piece(std::string_view(frame).substr(from)));
        if (taken > 0) pieces.push_back(piece(body.substr(of_body, taken)));
        of_body += taken;
        done += content;
    }
    const std::size_t from = frame.size();
    add_record_header(frame, k_stdout, id, 0);
    add_record_header(frame, k_end_request, id, 8);
    frame.append(8, '\0');  // our status 0, and « complete »
    pieces.push_back(piece(std::string_view(frame).substr(from)));
    return send_all(connection, pieces);
}

}  // namespace web
