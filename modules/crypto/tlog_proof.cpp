// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/tlog_proof.hpp"

#include <charconv>

#include "util/bytes.hpp"

namespace crypto::tlog {

namespace {

constexpr std::size_t k_most_proof = 64 * 1024, k_most_hashes = 63, k_hash_length = 44;

// A hash in padded base64: 43 characters and a « = ».
std::optional<std::string> read_hash(std::string_view line) {
    if (line.size() != k_hash_length || !line.ends_with('=')) return std::nullopt;
    auto hash = util::from_base64_unpadded(line.substr(0, k_hash_length - 1));
    if (!hash || util::to_base64_unpadded(*hash) != line.substr(0, k_hash_length - 1)) return std::nullopt;
    return hash;
}

std::optional<std::string_view> take_proof_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

}  // namespace

std::string InclusionProof::write() const {
    std::string text(k_proof_heading);
    text += "index " + std::to_string(index) + "\n";
    for (const std::string& hash : hashes) text += util::to_base64_unpadded(hash) + "=\n";
    return text + "\n" + note;
}

std::optional<InclusionProof> InclusionProof::parse(std::string_view text) {
    if (text.size() > k_most_proof || !text.starts_with(k_proof_heading)) return std::nullopt;
    text.remove_prefix(k_proof_heading.size());
    auto line = take_proof_line(text);
    if (line && line->starts_with("extra ")) line = take_proof_line(text);
    InclusionProof proof;
    if (!line || !line->starts_with("index ")) return std::nullopt;
    const std::string_view number = line->substr(6);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), proof.index);
    if (error != std::errc{} || end != number.data() + number.size() || (number.size() > 1 && number.front() == '0'))
        return std::nullopt;
    for (line = take_proof_line(text); line && !line->empty(); line = take_proof_line(text)) {
        auto hash = read_hash(*line);
        if (!hash || proof.hashes.size() == k_most_hashes) return std::nullopt;
        proof.hashes.push_back(*std::move(hash));
    }
    if (!line) return std::nullopt;
    proof.note = text;
    return proof;
}

bool InclusionProof::shows(std::string_view entry, const Checkpoint& checkpoint) const {
    return merkle::verify_inclusion(entry, index, checkpoint.size, hashes, checkpoint.root);
}

}  // namespace crypto::tlog
