// SPDX-License-Identifier: AGPL-3.0-or-later
// An answer's records put together again: whatever its length, the bytes are those that were given.
#include "web/fastcgi_answer.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

namespace fastcgi_answer_tests {

namespace {

struct Record {
    int type, id;
    std::string content;
};

std::vector<Record> records_of(std::string_view bytes) {
    std::vector<Record> records;
    const auto byte = [&](std::size_t at) { return static_cast<int>(static_cast<unsigned char>(bytes.at(at))); };
    while (!bytes.empty()) {
        BOOST_REQUIRE(byte(0) == 1);
        const auto length = static_cast<std::size_t>(byte(4) << 8 | byte(5));
        records.push_back({byte(1), byte(2) << 8 | byte(3), std::string(bytes.substr(8, length))});
        bytes.remove_prefix(8 + length + static_cast<std::size_t>(byte(6)));
    }
    return records;
}

// What nginx reads, from a socket that takes less at a time than an answer has: in pieces.
std::string read_by_nginx(const web::RawResponse& response) {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
    const int small = 4096;
    ::setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    std::string bytes;
    std::thread nginx([&] {
        std::array<char, 5000> part{};
        for (ssize_t got; (got = ::read(ends[1], part.data(), part.size())) > 0;)
            bytes.append(part.data(), static_cast<std::size_t>(got));
    });
    BOOST_TEST(web::send_answer(ends[0], 258, response));
    ::close(ends[0]);
    nginx.join();
    ::close(ends[1]);
    return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fastcgi_answer_tests)

BOOST_AUTO_TEST_CASE(records_hold_head_and_body_and_an_end) {
    for (const std::size_t length : {0UL, 1UL, 8'000UL, 65'000UL, 65'528UL, 65'529UL, 131'056UL, 400'001UL, 5'000'000UL}) {
        web::RawResponse response;
        response.status = 404;
        response.headers = {{"Content-Type", "text/plain"}, {"Set-Cookie", "a=b"}};
        for (std::size_t i = 0; i < length; ++i) response.body += static_cast<char>(i % 251);
        const auto records = records_of(read_by_nginx(response));
        std::string output;
        BOOST_REQUIRE(records.size() >= 3u);
        for (std::size_t i = 0; i + 2 < records.size(); ++i) {
            BOOST_TEST(records[i].type == 6);
            BOOST_TEST(!records[i].content.empty());  // an empty one is the end of the stream
            output += records[i].content;
        }
        BOOST_TEST((output == "Status: 404 Not Found\r\nContent-Type: text/plain\r\nSet-Cookie: a=b\r\nContent-Length: " +
                                  std::to_string(length) + "\r\n\r\n" + response.body));
        BOOST_TEST(records[records.size() - 2].type == 6);
        BOOST_TEST(records[records.size() - 2].content.empty());
        BOOST_TEST(records.back().type == 3);
        BOOST_TEST(records.back().content == std::string(8, '\0'));
        for (const Record& record : records) BOOST_TEST(record.id == 258);
    }
}

BOOST_AUTO_TEST_CASE(a_page_in_pieces_is_the_same_as_one_whole) {
    // Texts as long as several records and as short as nothing, values that come twice, and more pieces than are sent at once.
    for (const std::size_t length : {0UL, 1UL, 40UL, 30'000UL, 65'528UL, 200'000UL}) {
        for (const std::size_t places : {0UL, 1UL, 3UL, 300UL}) {
            auto frame = std::make_shared<web::PageFrame>();
            for (std::size_t i = 0; i <= places; ++i)
                frame->texts.emplace_back(i % 2 == 0 ? length / (places + 1) : 0, static_cast<char>('a' + i % 26));
            for (std::size_t i = 0; i < places; ++i) frame->values.push_back(i % 3);
            web::RawResponse pieces, whole;
            pieces.page = {frame, {"Zoé", "", std::string(length / 7, '&')}};
            whole.body = pieces.page.text();
            BOOST_TEST((pieces.whole_body() == whole.body));
            BOOST_TEST((read_by_nginx(pieces) == read_by_nginx(whole)));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_reader_that_has_gone_is_told) {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
    ::close(ends[1]);
    BOOST_TEST(!web::send_answer(ends[0], 1, {200, {}, "gone"}));
    ::close(ends[0]);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fastcgi_answer_tests
