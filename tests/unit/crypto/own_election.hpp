// SPDX-License-Identifier: AGPL-3.0-or-later
// An election of ours played from keys to result through the protocol's face, for tests to judge or to spoil.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "crypto/archive/companion.hpp"
#include "crypto/groups.hpp"
#include "crypto/protocol.hpp"
#include "crypto/trustees/ceremony_steps.hpp"

namespace test {

struct Shape {
    std::string group = "Ed25519";
    unsigned holders = 0, threshold = 0;  // 0: two Single trustees
    std::size_t lists = 2;
    std::vector<std::size_t> votes = {};  // one credential each; 0 is blank
    std::size_t spare_credentials = 1;
    std::string description = "a\nb\\c";
};

// The value, or a failed test.
template <class T>
T need(util::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().detail);
    return std::move(*result);
}

class OwnElection {
public:
    std::string uuid = crypto::make_uuid();
    std::string trustees, public_creds;
    std::vector<util::SecretText> trustee_keys;
    std::vector<util::SecretText> codes;
    std::shared_ptr<const crypto::Election> election;
    std::vector<std::string> ballots;
    crypto::Election::Tally tally;
    std::vector<std::pair<unsigned, std::string>> partials;
    crypto::Election::Counts counts;

    explicit OwnElection(const Shape& shape) {
        make_trustees(shape);
        crypto::Question question{"Titulaires \"2026\"", {}};
        for (std::size_t i = 1; i <= shape.lists; ++i) question.answers.push_back("Liste é " + std::to_string(i));
        election = need(crypto::Election::parse(
            crypto::make_election_record(uuid, shape.group, need(crypto::election_public_key(shape.group, trustees)),
                                         "Élection « test »", shape.description, question)));
        std::vector<std::string> keys;
        for (std::size_t i = 0; i < shape.votes.size() + shape.spare_credentials; ++i) {
            // In the smallest group a code may derive to zero, and two codes to one key: draw again.
            std::optional<std::string> key;
            do {
                codes.resize(i);
                codes.push_back(crypto::make_full_code());
                key = crypto::derive_public_key(shape.group, uuid, codes.back().view());
            } while (!key || std::count(keys.begin(), keys.end(), *key) != 0);
            keys.push_back(*key);
        }
        public_creds = need(crypto::make_public_creds(keys));
        for (std::size_t i = 0; i < shape.votes.size(); ++i) {
            ballots.push_back(*election->make_ballot(codes[i].view(), shape.votes[i]));
            const auto info = need(election->check_ballot(ballots.back()));
            if (info.credential != keys[i]) throw std::runtime_error("ballot under another credential");
        }
        count(shape);
    }

    // Tally, decryptions by the last trustees able to, result.
    void count(const Shape& shape) {
        std::size_t at = 0;
        tally = need(election->tally([&]() -> std::optional<std::string> {
            if (at == ballots.size()) return std::nullopt;
            return ballots[at++];
        }));
        partials.clear();
        const auto all = static_cast<unsigned>(trustee_keys.size());
        const unsigned used = shape.holders == 0 ? all : shape.threshold;
        for (unsigned owner = all - used + 1; owner <= all; ++owner)
            partials.emplace_back(owner,
                                  need(election->partial_decrypt(trustees, tally.encrypted_tally, owner, trustee_keys[owner - 1])));
        counts = need(election->combine(trustees, tally, partials));
    }

    std::string setup() const { return crypto::setup_event_hash(election->record(), trustees, crypto::sha_hex(public_creds)); }
    std::string partial_of(unsigned owner) const {
        return need(election->partial_decrypt(trustees, tally.encrypted_tally, owner, trustee_keys[owner - 1]));
    }
    std::string second_proof_of(unsigned owner, const std::string& partial) const {
        return need(election->bind_decryption(setup(), trustees, tally.encrypted_tally, owner, trustee_keys[owner - 1], partial));
    }
    // All holders decrypt, more than are needed.
    void decrypt_by_all() {
        partials.clear();
        for (unsigned owner = 1; owner <= trustee_keys.size(); ++owner) partials.emplace_back(owner, partial_of(owner));
        counts = need(election->combine(trustees, tally, partials));
    }
    // The second proofs of `partials`.
    crypto::Companion companion() const {
        crypto::Companion made{uuid, setup(), crypto::sha_hex(tally.encrypted_tally), {}};
        for (const auto& [owner, partial] : partials)
            made.decryptions.push_back({owner, crypto::sha_hex(partial), second_proof_of(owner, partial)});
        return made;
    }

    std::string archive() const {
        std::string bytes;
        crypto::ArchiveWriter writer([&](std::string_view piece) { bytes += piece; }, 1'790'000'000);
        writer.setup(election->record(), trustees, public_creds);
        for (const auto& ballot : ballots) writer.ballot(ballot);
        writer.end_ballots();
        writer.encrypted_tally(tally.encrypted_tally, tally.sized);
        for (const auto& [owner, partial] : partials) writer.partial_decryption(partial, crypto::make_owned(owner, partial));
        writer.result(counts.result);
        return bytes;
    }

private:
    void make_trustees(const Shape& shape) {
        if (shape.threshold == 1) {
            crypto::with_group(
                shape.group,
                [&](auto tag) {
                    make_holders_of_one_key(tag, shape.holders);
                    return 0;
                },
                [] { return 0; });
            return;
        }
        if (shape.holders != 0) {
            auto ceremony = crypto::run_ceremony(shape.group, shape.holders, shape.threshold);
            trustees = std::move(ceremony.record);
            trustee_keys = std::move(ceremony.keys);
            return;
        }
        // Two keys of the smallest group may be equal or inverse of each other, which is refused: draw again.
        do make_single_trustees(shape.group);
        while (shape.group == "TOY-607" && !crypto::election_public_key(shape.group, trustees));
    }

    // A ceremony as other programs allow it, and ours does not: any one of the holders decrypts.
    template <class G>
    void make_holders_of_one_key(crypto::GroupTag<G>, unsigned holders) {
        std::vector<std::string> seeds, cert_texts, polynomials, commitments, outputs;
        for (unsigned i = 1; i <= holders; ++i) {
            seeds.push_back(crypto::random_base58(22));
            cert_texts.push_back(crypto::make_cert<G>(seeds.back(), holders, 1, i));
        }
        const auto certs = need(crypto::check_certs<G>(cert_texts, 1));
        for (const auto& seed : seeds) {
            polynomials.push_back(need(crypto::make_polynomial<G>(seed, certs)));
            commitments.push_back(crypto::commit_to_polynomial<G>(polynomials.back()).value());
        }
        const auto checked = need(crypto::check_polynomials<G>(certs, commitments, polynomials));
        for (unsigned j = 1; j <= holders; ++j) {
            const auto output = need(crypto::finish_share<G>(seeds[j - 1], certs, commitments, crypto::make_vinput<G>(checked, j)));
            outputs.push_back(output.public_key);
            trustee_keys.push_back(crypto::write_holder_file(seeds[j - 1], output.private_key));
        }
        trustees = need(crypto::assemble_record<G>(certs, checked, outputs));
    }

    void make_single_trustees(const std::string& group) {
        std::vector<std::string> keys;
        trustee_keys.clear();
        for (int i = 0; i < 2; ++i) {
            auto pair = crypto::make_single_trustee(group);
            keys.push_back(std::move(pair.public_key));
            trustee_keys.push_back(std::move(pair.private_key));
        }
        trustees = need(crypto::make_trustees_record(keys));
    }
};

}  // namespace test
