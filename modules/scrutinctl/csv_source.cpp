// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/csv_source.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "util/ensure.hpp"
#include "util/text.hpp"

namespace scrutinctl {

namespace {

constexpr std::size_t k_chunk = 1 << 16;
constexpr std::size_t k_looked_at = 1 << 12;  // bytes that decide between UTF-16 and others

using namespace std::string_view_literals;

// Names of --encoding, and ICU's for the same.
constexpr std::array<std::pair<std::string_view, const char*>, 5> k_known{{{"windows-1252", "windows-1252"},
                                                                           {"iso-8859-15", "ISO-8859-15"},
                                                                           {"macintosh", "macintosh"},
                                                                           {"utf-16le", "UTF-16LE"},
                                                                           {"utf-16be", "UTF-16BE"}}};

const char* icu_name_of(std::string_view encoding) {
    const auto found = std::find_if(k_known.begin(), k_known.end(), [&](const auto& one) { return one.first == encoding; });
    return found == k_known.end() ? nullptr : found->second;
}

// Titles are ASCII or nearly: every second byte of UTF-16 is zero.
std::string_view utf16_without_mark(std::string_view head) {
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0';
    const std::size_t half = head.size() / 2;
    if (half < 8) return {};
    if (zeros[1] * 10 > half * 8 && zeros[0] * 10 < half) return "utf-16le";
    if (zeros[0] * 10 > half * 8 && zeros[1] * 10 < half) return "utf-16be";
    return {};
}

// What the file is, when it is not text at all.
std::string_view other_format(std::string_view head) {
    if (head.starts_with("PK\x03\x04"sv)) return "un classeur (xlsx ou ods)";
    if (head.starts_with("\xd0\xcf\x11\xe0"sv)) return "un classeur d’Excel (xls)";
    if (head.starts_with("%PDF-"sv)) return "un PDF";
    return {};
}

// In the first bytes that are no UTF-8: an accented letter of French is above 0xC0 in Windows-1252, and 0x80 to 0x9F on an old Macintosh.
struct Bytes {
    std::uint64_t line = 0;  // of the first bad one; 0: all is UTF-8
    std::size_t high = 0, low = 0;
};
void count_letters(Bytes& bytes, std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        bytes.high += byte >= 0xC0;
        bytes.low += byte >= 0x80 && byte < 0xA0;
    }
}

Bytes look_for_utf8(std::istream& in) {
    Bytes bytes;
    std::string line;
    for (std::uint64_t number = 1; std::getline(in, line); ++number) {
        if (util::is_utf8(line)) continue;
        if (bytes.line == 0) bytes.line = number;
        count_letters(bytes, line);
    }
    in.clear();
    return bytes;
}

}  // namespace

bool is_encoding(std::string_view name) { return icu_name_of(name) != nullptr; }

void CsvSource::Close::operator()(UConverter* converter) const { ucnv_close(converter); }

CsvSource::CsvSource(const std::filesystem::path& path, std::string_view encoding) : in_(path, std::ios::binary) {
    std::error_code failed;
    if (!in_ || !std::filesystem::is_regular_file(path, failed)) why_not_ = "fichier absent ou illisible";
    else choose(encoding);
    if (why_not_.empty()) rewind();
}

CsvSource::~CsvSource() = default;

void CsvSource::choose(std::string_view encoding) {
    std::string head(k_looked_at, '\0');
    in_.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in_.gcount()));
    in_.clear();
    if (const auto other = other_format(head); !other.empty()) {
        why_not_ = "ce fichier est " + std::string(other) + ", pas un CSV : enregistrez la feuille en « CSV UTF-8 »";
        return;
    }
    if (head.starts_with("\xff\xfe\0\0"sv) || head.starts_with("\0\0\xfe\xff"sv)) {
        why_not_ = "ce fichier est en UTF-32 : enregistrez-le en « CSV UTF-8 »";
        return;
    }
    std::string_view chosen;
    if (head.starts_with("\xef\xbb\xbf")) {
        start_ = 3;
    } else if (head.starts_with("\xff\xfe")) {
        start_ = 2, chosen = "utf-16le";
    } else if (head.starts_with("\xfe\xff")) {
        start_ = 2, chosen = "utf-16be";
    } else {
        chosen = utf16_without_mark(head);
    }
    if (chosen.empty()) {
        in_.seekg(start_);
        const Bytes bytes = look_for_utf8(in_);
        if (bytes.line == 0) return;
        if (encoding.empty()) {
            const char* const likely = bytes.low > bytes.high ? "macintosh" : "windows-1252";
            why_not_ = "ce n’est pas de l’UTF-8 (ligne " + std::to_string(bytes.line) + ") mais sans doute du " + likely +
                       " : relancez avec --encoding " + likely + ", ou enregistrez le fichier en « CSV UTF-8 »";
            return;
        }
        chosen = encoding;
    }
    UErrorCode status = U_ZERO_ERROR;
    decoder_.reset(ucnv_open(icu_name_of(chosen), &status));
    ENSURE(U_SUCCESS(status));  // ICU has them all
}

void CsvSource::rewind() {
    in_.clear();
    in_.seekg(start_);
    buffer_.clear();
    at_ = 0;
    ended_ = false;
    if (decoder_) ucnv_reset(decoder_.get());
}

bool CsvSource::fill() {
    while (!ended_ && why_not_.empty()) {
        std::string bytes(k_chunk, '\0');
        in_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        bytes.resize(static_cast<std::size_t>(in_.gcount()));
        ended_ = bytes.size() < k_chunk;
        at_ = 0;
        buffer_.clear();
        if (!decoder_) {
            buffer_ = std::move(bytes);
        } else {
            std::u16string text(bytes.size() + 16, u'\0');  // what no byte means becomes U+FFFD, which a field may not hold
            const char* from = bytes.data();
            char16_t* to = text.data();
            UErrorCode status = U_ZERO_ERROR;
            ucnv_toUnicode(decoder_.get(), &to, text.data() + text.size(), &from, bytes.data() + bytes.size(), nullptr,
                           static_cast<UBool>(ended_), &status);
            ENSURE(U_SUCCESS(status));
            // A pair may be cut between two turns: its first half waits inside the decoder.
            icu::UnicodeString(text.data(), static_cast<int32_t>(to - text.data())).toUTF8String(buffer_);
        }
        if (!buffer_.empty()) return true;
    }
    return false;
}

}  // namespace scrutinctl
