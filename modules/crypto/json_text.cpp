// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/json_text.hpp"

#include "util/text.hpp"

namespace crypto {

bool Reader::literal(std::string_view expected) {
    if (!peek(expected)) {
        ok_ = false;
        return false;
    }
    at_ += expected.size();
    return true;
}

bool Reader::skip(std::string_view expected) {
    if (!peek(expected)) return false;
    at_ += expected.size();
    return true;
}

std::string_view Reader::plain_string() {
    if (!literal("\"")) return {};
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] > ' ' && text_[at_] < 0x7f && text_[at_] != '"' && text_[at_] != '\\') ++at_;
    const std::string_view content = text_.substr(start, at_ - start);
    return literal("\"") ? content : std::string_view{};
}

Escape read_escape(std::string_view rest) {
    if (rest.size() < 2) return {};
    switch (rest[1]) {
        case '"': return {'"', 2};
        case '\\': return {'\\', 2};
        case 'b': return {'\b', 2};
        case 'f': return {'\f', 2};
        case 'n': return {'\n', 2};
        case 'r': return {'\r', 2};
        case 't': return {'\t', 2};
        default: break;
    }
    if (rest.size() < 6 || !rest.starts_with("\\u00")) return {};
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    const int high = digit(rest[4]), low = digit(rest[5]);
    if (high < 0 || low < 0) return {};
    const int value = high * 16 + low;
    const bool short_form = value == '\b' || value == '\f' || value == '\n' || value == '\r' || value == '\t';
    if ((value >= 0x20 && value != 0x7f) || short_form) return {};
    return {static_cast<char>(value), 6};
}

std::string Reader::string() {
    std::string content;
    if (!literal("\"")) return content;
    while (at_ < text_.size() && text_[at_] != '"') {
        const char c = text_[at_];
        if (c == '\\') {
            const Escape escape = read_escape(text_.substr(at_));
            if (escape.length == 0) break;
            content += escape.character;
            at_ += escape.length;
        } else {
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) break;
            content += c;
            ++at_;
        }
    }
    if (!literal("\"") || !util::is_utf8(content)) {
        ok_ = false;
        return {};
    }
    return content;
}

std::uint64_t Reader::number() {
    std::uint64_t value = 0;
    const std::size_t start = at_;
    while (ok_ && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && at_ - start < 16)
        value = value * 10 + static_cast<std::uint64_t>(text_[at_++] - '0');
    const std::size_t length = at_ - start;
    if (length == 0 || length > 15 || (length > 1 && text_[start] == '0')) {
        ok_ = false;
        return 0;
    }
    return value;
}

}  // namespace crypto
