// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/digest.hpp"

#include <sodium.h>

#include <fstream>

#include "util/bytes.hpp"

namespace util {

struct Sha256::State {
    crypto_hash_sha256_state hash;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->hash); }
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
    crypto_hash_sha256_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Sha256::finish() {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(&state_->hash, reinterpret_cast<unsigned char*>(digest.data()));
    return digest;
}

std::string Sha256::finish_hex() { return to_hex(finish()); }

std::optional<std::string> sha256_hex_of_file(const std::filesystem::path& path) {
    constexpr std::size_t k_piece = 1 << 20;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    Sha256 hash;
    std::string piece(k_piece, '\0');
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0)
        hash.update(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
    if (file.bad()) return std::nullopt;
    return hash.finish_hex();
}

}  // namespace util
