// SPDX-License-Identifier: AGPL-3.0-or-later
// The text of an e-mail: RFC 5322 headers, RFC 2047 encoded words, a quoted-printable UTF-8 body (RFC 2045), alone or with the same as a page. Knows no
// network and no SQL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "util/clock.hpp"

namespace courrier {

struct Letter {
    std::string from, to;       // plain addresses
    std::string subject, body;  // UTF-8; the body's lines end with LF
    std::string id;             // left part of Message-ID: the same for the same message
    util::Instant at;
    bool with_html = false;  // the same words as a page beside the text (html_mail.hpp)
};

// An address that may stand in an SMTP command and in a header: one @, printable ASCII or UTF-8 without blanks, quotes,
// brackets, commas or control characters: nothing of it can become a second recipient or a second header.
bool is_plain_address(std::string_view address);

// The text as is when it is short printable ASCII, else encoded words of at most 75 characters, folded. Nothing if it
// holds a control character: a line end there would add headers.
std::optional<std::string> encode_header(std::string_view text);

// Lines of at most 76 characters, CRLF ends.
std::string encode_quoted_printable(std::string_view text);

// The whole message, CRLF ends. Nothing if an address or the subject cannot stand in a header.
std::optional<std::string> compose(const Letter& letter);

}  // namespace courrier
