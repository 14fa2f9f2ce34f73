// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/secret_text.hpp"

#include <array>

#include "crypto/json_text.hpp"
#include "crypto/secrecy.hpp"
#include "util/bytes.hpp"
#include "util/ensure.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace crypto {

namespace {

// Whether a character is one of those that belong to the shape. Then `shape` receives it.
bool is_shape(char c, char& shape) {
    const auto byte = static_cast<unsigned char>(c);
    const bool special = static_cast<bool>((byte == '"') | (byte == '\\') | (byte < 0x20) | (byte == 0x7f));
    mark_public(&special, sizeof special);
    if (special) {
        shape = c;
        mark_public(&shape, sizeof shape);
    }
    return special;
}

bool has_letter_outside_ascii(std::string_view text) {
    unsigned char high = 0;
    for (const char c : text) high = static_cast<unsigned char>(high | static_cast<unsigned char>(c));
    const bool found = (high & 0x80) != 0;
    mark_public(&found, sizeof found);
    return found;
}

}  // namespace

util::SecretText join_secret(std::initializer_list<std::string_view> pieces) {
    std::size_t size = 0;
    for (const auto piece : pieces) size += piece.size();
    std::string joined;
    joined.reserve(size);  // grows nowhere
    for (const auto piece : pieces) joined += piece;
    return util::SecretText(std::move(joined));
}

util::SecretText quote_secret(std::string_view text) {
    std::size_t size = text.size() + 2;
    char shape = 0;
    for (const char c : text) size += is_shape(c, shape) ? 5 : 0;  // \u00xx at most
    std::string quoted;
    quoted.reserve(size);
    quoted += '"';
    for (const char c : text) {
        if (!is_shape(c, shape)) {
            quoted += c;
            continue;
        }
        const std::string escape = util::json_quote({&shape, 1});
        quoted.append(escape, 1, escape.size() - 2);
    }
    quoted += '"';
    return util::SecretText(std::move(quoted));
}

util::SecretText hash_secret(std::string_view text) { return util::SecretText(util::sha256(text)); }

// Nine digits at a time; the division by a constant is a multiplication.
util::SecretText write_decimal_secret(std::span<std::uint32_t> words) {
    constexpr std::uint64_t k_ten9 = 1'000'000'000;
    std::array<char, 640> digits;                              // 2,048 bits have 617
    const std::size_t chunks = (words.size() * 32 + 28) / 29;  // 10^9 > 2^29
    ENSURE(chunks > 0 && chunks * 9 <= digits.size());
    const std::size_t length = chunks * 9;
    for (std::size_t end = length; end != 0;) {
        std::uint64_t remainder = 0;
        for (std::size_t i = words.size(); i-- > 0;) {
            const std::uint64_t t = remainder << 32 | words[i];
            words[i] = static_cast<std::uint32_t>(t / k_ten9);
            remainder = t % k_ten9;
        }
        auto nine = static_cast<std::uint32_t>(remainder);
        for (int d = 0; d < 9; ++d, nine /= 10) digits[--end] = static_cast<char>('0' + nine % 10);
    }
    std::size_t start = 0, leading = 1;
    for (std::size_t i = 0; i + 1 < length; ++i) {
        const auto digit = static_cast<std::uint32_t>(digits[i] - '0');
        leading &= (digit - 1) >> 31;
        start += leading;
    }
    mark_public(&start, sizeof start);  // the length shows
    util::SecretText text(std::string(digits.data() + start, length - start));
    sodium_memzero(digits.data(), digits.size());
    return text;
}

void SecretReader::literal(std::string_view expected) {
    if (!ok_ || text_.size() - at_ < expected.size()) return fail();
    const bool same = sodium_memcmp(text_.data() + at_, expected.data(), expected.size()) == 0;
    mark_public(&same, sizeof same);
    if (!same) return fail();
    at_ += expected.size();
}

std::string_view SecretReader::plain_string() {
    literal("\"");
    const std::size_t start = at_;
    char shape = 0;
    while (ok_ && at_ < text_.size() && !is_shape(text_[at_], shape)) ++at_;
    const std::string_view content = text_.substr(start, at_ - start);
    literal("\"");
    return ok_ ? content : std::string_view{};
}

util::SecretText SecretReader::string() {
    literal("\"");
    if (!ok_) return {};
    std::string content;
    content.reserve(text_.size() - at_);  // grows nowhere
    for (; at_ < text_.size(); ++at_) {
        char shape = 0;
        if (!is_shape(text_[at_], shape)) {
            content += text_[at_];
            continue;
        }
        if (shape != '\\') break;
        // What is escaped belongs to the shape too.
        std::string escape(text_.substr(at_, 6));
        mark_public(escape.data(), escape.size());
        const Escape read = read_escape(escape);
        if (read.length == 0) break;
        content += read.character;
        at_ += read.length - 1;
    }
    util::SecretText text(std::move(content));
    literal("\"");
    if (ok_ && has_letter_outside_ascii(text.view())) {
        const util::SecretText letters = join_secret({text.view()});
        mark_public(letters.view().data(), letters.view().size());
        if (!util::is_utf8(letters.view())) fail();
    }
    return ok_ ? std::move(text) : util::SecretText();
}

std::string SecretReader::public_rest() {
    if (!ok_) return {};
    std::string rest(text_.substr(at_));
    mark_public(rest.data(), rest.size());
    at_ = text_.size();
    return rest;
}

}  // namespace crypto
