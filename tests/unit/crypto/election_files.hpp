// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the elections made by other programs lie, and a lenient reader of their archives: it must not use the code under test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "support/source_dir.hpp"

namespace test {

inline std::filesystem::path vectors() {
    const char* chosen = std::getenv("PORTAIL_VECTORS");
    return std::filesystem::path(chosen != nullptr ? chosen : test::source_dir() + "/tests/vectors/data") / "belenios";
}

inline std::string read_raw(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

// Without the newline that files have and records have not.
inline std::string read_text(const std::filesystem::path& path) {
    std::string text = read_raw(path);
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

inline std::vector<std::string> read_lines(const std::filesystem::path& path) {
    std::vector<std::string> lines;
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

struct Entry {
    std::string name, body;
};

inline std::vector<Entry> read_tar(const std::string& bytes) {
    std::vector<Entry> entries;
    for (std::size_t at = 0; at + 512 <= bytes.size();) {
        const std::string name(bytes.c_str() + at);
        const auto size = static_cast<std::size_t>(std::stoull(bytes.substr(at + 124, 11), nullptr, 8));
        entries.push_back({name, bytes.substr(at + 512, size)});
        at += 512 + (size + 511) / 512 * 512;
    }
    return entries;
}

// A directory of our own, removed at the end.
class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "portail-crypto-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
        path_ = pattern;
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace test
