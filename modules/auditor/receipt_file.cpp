// SPDX-License-Identifier: AGPL-3.0-or-later
#include "auditor/receipt_file.hpp"

#include "crypto/tlog_proof.hpp"

namespace auditor {

namespace {

constexpr std::size_t k_longest_receipt = 1000;

// A literal string of a PDF (ISO 32000 section 7.3.4.2), from after its opening parenthesis. Ours has no line break and no bare
// parenthesis inside.
std::string literal(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size() && bytes[i] != ')' && text.size() < k_longest_receipt; ++i) {
        if (bytes[i] != '\\') {
            text += bytes[i];
            continue;
        }
        if (i + 1 == bytes.size()) return {};
        int value = 0, digits = 0;
        while (digits < 3 && i + 1 < bytes.size() && bytes[i + 1] >= '0' && bytes[i + 1] <= '7') {
            value = value * 8 + (bytes[++i] - '0');
            ++digits;
        }
        text += digits > 0 ? static_cast<char>(value) : bytes[++i];
    }
    return text;
}

// The keywords of the document, where the portal puts the receipt.
std::string kept_in_pdf(std::string_view bytes) {
    const std::string_view name = "/Keywords";
    std::size_t at = bytes.find(name);
    if (at == std::string_view::npos) return {};
    at += name.size();
    while (at < bytes.size() && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r')) ++at;
    return at < bytes.size() && bytes[at] == '(' ? literal(bytes.substr(at + 1)) : std::string();
}

}  // namespace

ReceiptFile read_receipt_file(std::string_view bytes) {
    if (bytes.starts_with("%PDF-")) return {kept_in_pdf(bytes), {}};
    ReceiptFile file;
    if (bytes.starts_with('{')) {
        const std::size_t end = bytes.find('\n');
        file.receipt = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        if (file.receipt.ends_with('\r')) file.receipt.pop_back();  // saved again by a text editor
    }
    if (bytes.starts_with(crypto::tlog::k_proof_heading)) file.proof = bytes;
    return file;
}

}  // namespace auditor
