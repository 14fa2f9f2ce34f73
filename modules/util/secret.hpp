// SPDX-License-Identifier: AGPL-3.0-or-later
// Holders of secret bytes: wiped when they die, movable, not copyable, not printable.
#pragma once

#include <sodium.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace util {

// N bytes in place.
template <std::size_t N>
class Secret {
public:
    Secret() = default;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { sodium_memzero(bytes_.data(), N); }

    unsigned char* data() { return bytes_.data(); }
    const unsigned char* data() const { return bytes_.data(); }
    static constexpr std::size_t size() { return N; }

private:
    std::array<unsigned char, N> bytes_{};
};

// A secret text of any length (a password, a code, a key read from a file).
class SecretText {
public:
    SecretText() = default;
    explicit SecretText(std::string text) : text_(std::move(text)) {}
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;
    SecretText(SecretText&& other) noexcept { swap(other); }
    SecretText& operator=(SecretText&& other) noexcept {
        swap(other);
        return *this;
    }
    ~SecretText() { sodium_memzero(text_.data(), text_.size()); }

    std::string_view view() const { return text_; }
    bool empty() const { return text_.empty(); }

private:
    void swap(SecretText& other) { std::swap(text_, other.text_); }
    std::string text_;
};

}  // namespace util
