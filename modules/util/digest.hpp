// SPDX-License-Identifier: AGPL-3.0-or-later
// SHA-256 of what does not stand in memory at once: a table read row by row, a file.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace util {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void update(std::string_view bytes);
    std::string finish();      // 32 raw bytes, once
    std::string finish_hex();  // 64 lower-case digits, once

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Hexadecimal; nothing when the file cannot be read to its end.
std::optional<std::string> sha256_hex_of_file(const std::filesystem::path& path);

}  // namespace util
