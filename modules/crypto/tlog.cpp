// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/tlog.hpp"

#include <algorithm>
#include <charconv>

#include "util/bytes.hpp"
#include "util/signature.hpp"
#include "util/text.hpp"

namespace crypto::tlog {

namespace {

constexpr std::size_t k_key_bytes = 32, k_signature_bytes = 64, k_id_bytes = 4, k_time_bytes = 8;
constexpr std::size_t k_max_signatures = 64, k_max_note = 64 * 1024, k_max_proof = 63;
constexpr std::string_view k_dash = "\xe2\x80\x94 ";  // the em dash that begins a signature, and a space

// The notes' base64 is padded; that of the house is not.
std::string to_base64(std::string_view bytes) {
    std::string text = util::to_base64_unpadded(bytes);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    auto bytes = util::from_base64_unpadded(text.substr(0, text.size() - padding));
    if (!bytes || to_base64(*bytes) != text) return std::nullopt;
    return bytes;
}

std::string big_endian(std::uint64_t value, std::size_t bytes) {
    std::string text(bytes, '\0');
    for (std::size_t i = bytes; i-- > 0; value >>= 8) text[i] = static_cast<char>(value & 0xff);
    return text;
}

std::uint64_t from_big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

// Decimal without a leading zero.
std::optional<std::uint64_t> read_number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    return value;
}

bool is_key_name(std::string_view name) {
    return !name.empty() && name.size() <= 255 && std::none_of(name.begin(), name.end(), [](char c) {
        return c == '+' || static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
    });
}

// Takes the first line off `rest`; nothing when it has no newline.
std::optional<std::string_view> take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

std::string sign_bytes(std::string_view secret_key, std::string_view message) {
    return util::from_base64url(util::sign(secret_key, message)).value();
}

std::string cosigned_message(std::string_view text, std::uint64_t time) {
    return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

Verifier verifier_of(std::string_view secret_key, std::string_view name, KeyKind kind) {
    return {std::string(name), kind, util::from_base64url(util::public_key_of(secret_key)).value()};
}

}  // namespace

// --- Keys -----------------------------------------------------------------------------------------------------------

std::uint32_t Verifier::id() const {
    const std::string hash = util::sha256(name + "\n" + static_cast<char>(kind) + public_key);
    return static_cast<std::uint32_t>(from_big_endian(std::string_view(hash).substr(0, k_id_bytes)));
}

std::string Verifier::text() const {
    return name + "+" + util::to_hex(big_endian(id(), k_id_bytes)) + "+" + to_base64(static_cast<char>(kind) + public_key);
}

std::optional<Verifier> Verifier::parse(std::string_view text) {
    const std::size_t first = text.find('+');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = text.find('+', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto bytes = from_base64(text.substr(second + 1));
    if (!bytes || bytes->size() != 1 + k_key_bytes) return std::nullopt;
    const auto kind = static_cast<KeyKind>(bytes->front());
    if (kind != KeyKind::log && kind != KeyKind::witness) return std::nullopt;
    Verifier verifier{std::string(text.substr(0, first)), kind, bytes->substr(1)};
    if (!is_key_name(verifier.name) || verifier.text() != text) return std::nullopt;
    return verifier;
}

// --- Notes ----------------------------------------------------------------------------------------------------------

std::string Signature::line() const {
    return std::string(k_dash) + name + " " + to_base64(big_endian(id, k_id_bytes) + bytes) + "\n";
}

std::optional<Signature> Signature::parse(std::string_view line) {
    if (!line.starts_with(k_dash) || !line.ends_with('\n')) return std::nullopt;
    line.remove_prefix(k_dash.size());
    line.remove_suffix(1);
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= k_id_bytes) return std::nullopt;
    return Signature{std::string(line.substr(0, space)),
                     static_cast<std::uint32_t>(from_big_endian(std::string_view(*bytes).substr(0, k_id_bytes))),
                     bytes->substr(k_id_bytes)};
}

std::string Note::write() const {
    std::string note = text + "\n";
    for (const Signature& signature : signatures) note += signature.line();
    return note;
}

std::optional<Note> Note::parse(std::string_view note) {
    if (note.size() > k_max_note || !util::is_utf8(note)) return std::nullopt;
    if (std::any_of(note.begin(), note.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }))
        return std::nullopt;
    const std::size_t blank = note.rfind("\n\n");
    if (blank == std::string_view::npos || blank == 0) return std::nullopt;
    Note parsed{std::string(note.substr(0, blank + 1)), {}};
    std::string_view rest = note.substr(blank + 2);
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        if (end == std::string_view::npos || parsed.signatures.size() == k_max_signatures) return std::nullopt;
        auto signature = Signature::parse(rest.substr(0, end + 1));
        if (!signature) return std::nullopt;
        parsed.signatures.push_back(*std::move(signature));
        rest.remove_prefix(end + 1);
    }
    if (parsed.signatures.empty()) return std::nullopt;
    return parsed;
}

std::optional<Signature> Note::signature_by(const Verifier& verifier) const {
    std::optional<Signature> found;
    for (const Signature& signature : signatures) {
        if (signature.name != verifier.name || signature.id != verifier.id()) continue;
        if (!verify(verifier, text, signature)) return std::nullopt;
        found = signature;
    }
    return found;
}

Signature sign(std::string_view secret_key, std::string_view name, std::string_view text) {
    return {std::string(name), verifier_of(secret_key, name, KeyKind::log).id(), sign_bytes(secret_key, text)};
}

Signature cosign(std::string_view secret_key, std::string_view name, std::string_view text, std::uint64_t time) {
    return {std::string(name), verifier_of(secret_key, name, KeyKind::witness).id(),
            big_endian(time, k_time_bytes) + sign_bytes(secret_key, cosigned_message(text, time))};
}

bool verify(const Verifier& verifier, std::string_view text, const Signature& signature) {
    if (signature.name != verifier.name || signature.id != verifier.id()) return false;
    const bool is_witness = verifier.kind == KeyKind::witness;
    if (signature.bytes.size() != k_signature_bytes + (is_witness ? k_time_bytes : 0)) return false;
    const std::string message = is_witness ? cosigned_message(text, time_of(signature)) : std::string(text);
    return util::verify_signature(util::to_base64url(verifier.public_key), message,
                                  util::to_base64url(std::string_view(signature.bytes).substr(is_witness ? k_time_bytes : 0)));
}

std::uint64_t time_of(const Signature& cosignature) {
    if (cosignature.bytes.size() != k_time_bytes + k_signature_bytes) return 0;
    return from_big_endian(std::string_view(cosignature.bytes).substr(0, k_time_bytes));
}

// --- Checkpoints ----------------------------------------------------------------------------------------------------

std::string Checkpoint::text() const { return origin + "\n" + std::to_string(size) + "\n" + to_base64(root) + "\n"; }

std::optional<Checkpoint> Checkpoint::parse(std::string_view text) {
    const auto origin = take_line(text), size = take_line(text), root = take_line(text);
    if (!origin || !size || !root || origin->empty()) return std::nullopt;
    const auto count = read_number(*size);
    auto hash = from_base64(*root);
    if (!count || !hash || hash->size() != merkle::k_hash_bytes) return std::nullopt;
    while (!text.empty()) {
        const auto extension = take_line(text);
        if (!extension || extension->empty()) return std::nullopt;
    }
    return Checkpoint{std::string(*origin), *count, *std::move(hash)};
}

std::string write_extension(std::string_view word, const Checkpoint& head) {
    return std::string(word) + " " + std::to_string(head.size) + " " + to_base64(head.root) + "\n";
}

bool is_final(std::string_view text) {
    for (int line = 0; line < 3; ++line)
        if (!take_line(text)) return false;
    while (!text.empty()) {
        const auto extension = take_line(text);
        if (!extension) return false;
        if (*extension == k_final_line.substr(0, k_final_line.size() - 1)) return true;
    }
    return false;
}

std::string origin_of(std::string_view base_url, std::string_view path) {
    const std::size_t scheme = base_url.find("://");
    return std::string(scheme == std::string_view::npos ? base_url : base_url.substr(scheme + 3)) + std::string(path);
}

std::optional<SignedCheckpoint> open_checkpoint(std::string_view note, const Verifier& log_key) {
    auto parsed = Note::parse(note);
    if (!parsed || !parsed->signature_by(log_key)) return std::nullopt;
    auto checkpoint = Checkpoint::parse(parsed->text);
    if (!checkpoint || checkpoint->origin != log_key.name) return std::nullopt;
    return SignedCheckpoint{*std::move(checkpoint), *std::move(parsed)};
}

// --- A witness's request --------------------------------------------------------------------------------------------

std::string AddCheckpoint::write() const {
    std::string body = "old " + std::to_string(old_size) + "\n";
    for (const std::string& hash : proof) body += to_base64(hash) + "\n";
    return body + "\n" + note;
}

std::optional<AddCheckpoint> AddCheckpoint::parse(std::string_view body) {
    AddCheckpoint request;
    const auto old = take_line(body);
    if (!old || !old->starts_with("old ")) return std::nullopt;
    const auto size = read_number(old->substr(4));
    if (!size) return std::nullopt;
    request.old_size = *size;
    for (;;) {
        const auto line = take_line(body);
        if (!line) return std::nullopt;
        if (line->empty()) break;
        auto hash = from_base64(*line);
        if (!hash || hash->size() != merkle::k_hash_bytes || request.proof.size() == k_max_proof) return std::nullopt;
        request.proof.push_back(*std::move(hash));
    }
    request.note = body;
    return request;
}

}  // namespace crypto::tlog
