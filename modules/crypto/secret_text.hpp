// SPDX-License-Identifier: AGPL-3.0-or-later
// Texts that carry secret numbers (the messages of the ceremony's channel, a trustee's key): written and read in a time that depends
// on their shape alone. The shape is public by the format: lengths, which a ciphertext shows, and where quotes, backslashes and
// letters outside ASCII stand. All of it is wiped when it dies. Knows no group and no message.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "util/secret.hpp"

namespace crypto {

// The pieces one after another; no copy is left behind.
util::SecretText join_secret(std::initializer_list<std::string_view> pieces);

// util::json_quote, byte for byte.
util::SecretText quote_secret(std::string_view text);

// util::sha256, raw.
util::SecretText hash_secret(std::string_view text);

// Decimal without leading zeros. `words`: 32 bits each, low first; they are lost.
util::SecretText write_decimal_secret(std::span<std::uint32_t> words);

// crypto::Reader for such texts: the same grammar, the same refusals.
class SecretReader {
public:
    explicit SecretReader(std::string_view text) : text_(text) {}

    void literal(std::string_view expected);
    // A quoted string without escapes: what stands before the next quote.
    std::string_view plain_string();
    // Any string in its one canonical writing.
    util::SecretText string();
    // All that follows, which is no secret, for an ordinary Reader.
    std::string public_rest();

    void fail() { ok_ = false; }
    bool ok() const { return ok_; }
    bool at_end() const { return ok_ && at_ == text_.size(); }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

// A number of a Scalar type, quoted.
template <class S>
S read_scalar_secret(SecretReader& in) {
    const auto scalar = S::parse_secret(in.plain_string());
    if (!scalar) in.fail();
    return scalar.value_or(S{});
}

}  // namespace crypto
