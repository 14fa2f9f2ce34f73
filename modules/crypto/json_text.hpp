// SPDX-License-Identifier: AGPL-3.0-or-later
// Strict reading of the compact JSON of signed records: the caller states the exact text it expects, piece by piece, so that
// what is accepted has one writing only (SPECIFICATION.md 6.4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace crypto {

// The character of a canonical escape standing at the start of `rest`, and its length; length 0 when there is none.
struct Escape {
    char character = 0;
    std::size_t length = 0;
};
Escape read_escape(std::string_view rest);

// Reads forward; the first mismatch makes the reader fail for good, and later reads give empty values.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    // Consumes exactly `expected`.
    bool literal(std::string_view expected);
    // Whether `expected` stands here; consumes nothing.
    bool peek(std::string_view expected) const { return ok_ && text_.substr(at_).starts_with(expected); }
    // Consumes `expected` if it stands here.
    bool skip(std::string_view expected);

    // A quoted string without escapes, printable ASCII only: numbers, elements, hashes. Gives its content.
    std::string_view plain_string();
    // Any string in its one canonical writing: UTF-8 raw, `\"` `\\` `\b` `\f` `\n` `\r` `\t`, `\u00xx` for other controls.
    std::string string();
    // A JSON number `0|[1-9][0-9]*` below 2^53.
    std::uint64_t number();

    void fail() { ok_ = false; }
    bool ok() const { return ok_; }
    bool at_end() const { return ok_ && at_ == text_.size(); }
    std::size_t position() const { return at_; }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

}  // namespace crypto
