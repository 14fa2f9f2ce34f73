// SPDX-License-Identifier: AGPL-3.0-or-later
// A text file, in whatever encoding a spreadsheet left it, as UTF-8 characters read one byte after another. Knows no CSV.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

struct UConverter;

namespace scrutinctl {

// What --encoding takes, for the message that lists them.
inline constexpr std::string_view k_encodings = "windows-1252, iso-8859-15, macintosh, utf-16le, utf-16be";
bool is_encoding(std::string_view name);

class CsvSource {
public:
    // A byte order mark decides, else zeros at every second byte (UTF-16), else UTF-8 where the whole file is, else `encoding` (one of
    // k_encodings, or empty).
    CsvSource(const std::filesystem::path& path, std::string_view encoding);
    ~CsvSource();
    CsvSource(const CsvSource&) = delete;
    CsvSource& operator=(const CsvSource&) = delete;

    // Why the file cannot be read, as a sentence with the way out; empty: it can.
    const std::string& why_not() const { return why_not_; }
    bool is_decoded() const { return decoder_ != nullptr; }  // from something else than UTF-8

    static constexpr int k_end = -1;
    int peek() { return at_ < buffer_.size() || fill() ? static_cast<unsigned char>(buffer_[at_]) : k_end; }
    int get() {
        const int next = peek();
        if (next != k_end) ++at_;
        return next;
    }
    // Back to the first character.
    void rewind();

private:
    bool fill();
    void choose(std::string_view encoding);

    struct Close {
        void operator()(UConverter* converter) const;
    };
    std::ifstream in_;
    std::string why_not_, buffer_;
    std::size_t at_ = 0;
    std::streamoff start_ = 0;  // after the mark
    std::unique_ptr<UConverter, Close> decoder_;
    bool ended_ = false;
};

}  // namespace scrutinctl
