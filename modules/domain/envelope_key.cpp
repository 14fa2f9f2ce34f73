// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/envelope_key.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <array>
#include <cstring>

#include "domain/sha_rounds.hpp"
#include "util/ensure.hpp"

namespace domain {

namespace {

constexpr int k_envelope_rounds = 2000;
constexpr std::size_t k_sha_block = SHA256_CBLOCK, k_sha_bytes = SHA256_DIGEST_LENGTH;

// OpenSSL says that its plain compression function is of the past; its own PBKDF2 copies three contexts a round, and takes 1.6 times as long.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

// Everything that the rounds write, wiped at their end.
struct Rounds {
    SHA256_CTX inner{}, outer{}, state{};  // the HMAC's two states after the key's block; the one at work
    unsigned char block[k_sha_block]{};    // a digest and its padding: the one block that each compression takes
    unsigned char sum[k_sha_bytes]{};

    ~Rounds() { OPENSSL_cleanse(this, sizeof *this); }

    void take_key(std::string_view code) {
        for (const auto& [context, pad] : {std::pair{&inner, 0x36}, std::pair{&outer, 0x5c}}) {
            std::memset(block, pad, k_sha_block);
            for (std::size_t i = 0; i < code.size(); ++i)
                block[i] = static_cast<unsigned char>(block[i] ^ static_cast<unsigned char>(code[i]));
            SHA256_Init(context);
            SHA256_Update(context, block, k_sha_block);
        }
    }
    // block: HMAC of salt and block number 1, then the padding of a message of one block and one digest.
    void first(std::string_view salt) {
        constexpr unsigned char k_number[] = {0, 0, 0, 1};
        state = inner;
        SHA256_Update(&state, salt.data(), salt.size());
        SHA256_Update(&state, k_number, sizeof k_number);
        SHA256_Final(block, &state);
        state = outer;
        SHA256_Update(&state, block, k_sha_bytes);
        SHA256_Final(block, &state);
        constexpr std::size_t k_bits = (k_sha_block + k_sha_bytes) * 8;
        std::memset(block + k_sha_bytes, 0, k_sha_block - k_sha_bytes);
        block[k_sha_bytes] = 0x80;
        block[k_sha_block - 2] = static_cast<unsigned char>(k_bits >> 8),
                            block[k_sha_block - 1] = static_cast<unsigned char>(k_bits & 255);
    }
    void compress(const SHA256_CTX& from) {
        state = from;
        SHA256_Transform(&state, block);
        for (std::size_t i = 0; i < k_sha_bytes; ++i) block[i] = static_cast<unsigned char>(state.h[i / 4] >> (24 - 8 * (i % 4)));
    }
};

#pragma GCC diagnostic pop

}  // namespace

namespace {

// The first round, and what the processor's own instructions go on from.
void begin(ShaRounds& lane, const EnvelopeKeyToDerive& ask) {
    Rounds rounds;
    rounds.take_key(ask.code);
    rounds.first(ask.salt);
    for (std::size_t i = 0; i < lane.inner.size(); ++i) {
        lane.inner[i] = rounds.inner.h[i];
        lane.outer[i] = rounds.outer.h[i];
        for (std::size_t byte = 4 * i; byte < 4 * i + 4; ++byte) lane.digest[i] = lane.digest[i] << 8 | rounds.block[byte];
        lane.sum[i] = lane.digest[i];
    }
}

}  // namespace

void derive_envelope_key_plainly(const EnvelopeKeyToDerive& ask) {
    ENSURE(ask.code.size() <= k_sha_block && ask.salt.size() == k_envelope_salt_bytes);
    Rounds rounds;
    rounds.take_key(ask.code);
    rounds.first(ask.salt);
    std::memcpy(rounds.sum, rounds.block, k_sha_bytes);
    for (int round = 1; round < k_envelope_rounds; ++round) {
        rounds.compress(rounds.inner);
        rounds.compress(rounds.outer);
        for (std::size_t i = 0; i < k_sha_bytes; ++i) rounds.sum[i] = static_cast<unsigned char>(rounds.sum[i] ^ rounds.block[i]);
    }
    std::memcpy(ask.key.data(), rounds.sum, k_envelope_key_bytes);
}

void derive_envelope_key(EnvelopeKey& key, std::string_view code, std::string_view salt) {
    const EnvelopeKeyToDerive one{key, code, salt};
    derive_envelope_keys({&one, 1});
}

void derive_envelope_keys(std::span<const EnvelopeKeyToDerive> keys) {
    ENSURE(keys.size() == 1 || keys.size() == 2);
    for (const EnvelopeKeyToDerive& ask : keys) ENSURE(ask.code.size() <= k_sha_block && ask.salt.size() == k_envelope_salt_bytes);
    if (!has_sha_instructions()) {
        for (const EnvelopeKeyToDerive& ask : keys) derive_envelope_key_plainly(ask);
        return;
    }
    std::array<ShaRounds, 2> lanes;
    const std::array<ShaRounds*, 2> places{&lanes[0], &lanes[1]};
    for (std::size_t i = 0; i < keys.size(); ++i) begin(lanes[i], keys[i]);
    run_sha_rounds({places.data(), keys.size()}, k_envelope_rounds - 1);
    for (std::size_t i = 0; i < keys.size(); ++i)
        for (std::size_t byte = 0; byte < k_envelope_key_bytes; ++byte)
            keys[i].key.data()[byte] = static_cast<unsigned char>(lanes[i].sum[byte / 4] >> (24 - 8 * (byte % 4)));
    OPENSSL_cleanse(lanes.data(), sizeof lanes);
}

}  // namespace domain
