// SPDX-License-Identifier: AGPL-3.0-or-later
// Forging archives out of a good one: records at will, any chain of events with right hashes, ballots signed again.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "crypto/archive/format.hpp"
#include "crypto/ballot_maker.hpp"
#include "crypto/groups.hpp"
#include "crypto/archive/verify.hpp"
#include "election_files.hpp"
#include "own_election.hpp"

namespace test {

// A chain of events that obeys no order.
class Chain {
public:
    explicit Chain(std::int64_t timestamp = 1'790'000'000) : timestamp_(timestamp) {
        entry("BELENIOS", crypto::archive_header(timestamp));
    }

    void entry(const std::string& name, const std::string& body) {
        bytes += crypto::tar_header(name, body.size(), timestamp_) + body + std::string(crypto::tar_padding(body.size()), '\0');
    }
    // The data records of an event and the event itself; the last record is the payload.
    void event(const std::string& type, const std::vector<std::string>& records) {
        for (const auto& record : records) entry(crypto::sha_hex(record) + ".data.json", record);
        const std::string body =
            crypto::write_event(parent, height++, type, records.empty() ? "" : crypto::sha_hex(records.back()));
        parent = crypto::sha_hex(body);
        entry(parent + ".event.json", body);
    }
    void setup(const std::string& election, const std::string& trustees, const std::string& creds) {
        event("Setup", {election, trustees, creds, crypto::write_setup_data(election, trustees, creds)});
    }

    std::string bytes, parent;
    std::uint64_t height = 0;

private:
    std::int64_t timestamp_;
};

// Replaces the n-th occurrence (from 0) after `start`.
inline std::string replaced(std::string text, std::string_view from, std::string_view to, std::size_t n = 0,
                            std::size_t start = 0) {
    std::size_t at = text.find(from, start);
    for (; n > 0 && at != std::string::npos; --n) at = text.find(from, at + 1);
    if (at == std::string::npos) throw std::runtime_error("nothing to replace: " + std::string(from));
    return text.replace(at, from.size(), to);
}

// The value of the n-th `"key":"…"` after `start`.
inline std::string value_of(const std::string& text, const std::string& key, std::size_t start = 0) {
    const std::string opening = "\"" + key + "\":\"";
    const std::size_t at = text.find(opening, start) + opening.size();
    return text.substr(at, text.find('"', at) - at);
}

// A good finished election with two Single trustees, whose pieces a test exchanges before `verify`.
template <class G>
class Forge {
public:
    using S = typename G::Scalar;

    Forge() : Forge(base()) {}
    // `own` has two Single trustees and outlives the forge.
    explicit Forge(const OwnElection& own)
        : election(own.election->record()),
          trustees(own.trustees),
          public_creds(own.public_creds),
          ballots(own.ballots),
          tally(own.tally),
          partials(own.partials),
          result(own.counts.result),
          own_(&own) {}

    std::string election, trustees, public_creds;
    std::vector<std::string> ballots;
    crypto::Election::Tally tally;
    std::vector<std::pair<unsigned, std::string>> partials;
    std::string result;

    const OwnElection& own() const { return *own_; }

    // The good order of events over the pieces as they are now.
    std::string archive() const {
        Chain chain;
        set_up(chain);
        cast(chain);
        close(chain);
        return chain.bytes;
    }
    void set_up(Chain& chain) const { chain.setup(election, trustees, public_creds); }
    void cast(Chain& chain) const {
        for (const auto& ballot : ballots) chain.event("Ballot", {ballot});
    }
    void cast(Chain& chain, std::initializer_list<std::size_t> which) const {
        for (const std::size_t i : which) chain.event("Ballot", {ballots.at(i)});
    }
    void close(Chain& chain) const {
        chain.event("EndBallots", {});
        count(chain);
    }
    void count(Chain& chain) const {
        chain.event("EncryptedTally", {tally.encrypted_tally, tally.sized});
        decrypt(chain);
    }
    void decrypt(Chain& chain) const {
        for (const auto& [owner, partial] : partials)
            chain.event("PartialDecryption", {partial, crypto::make_owned(owner, partial)});
        chain.event("Result", {result});
    }
    // Tally, decryptions and result of these ballots, as a dishonest office would make them.
    void recount(const std::vector<std::string>& counted) {
        std::size_t at = 0;
        tally = need(own_->election->tally([&]() -> std::optional<std::string> {
            if (at == counted.size()) return std::nullopt;
            return counted[at++];
        }));
        decrypt_again();
    }
    void decrypt_again() {
        partials.clear();
        for (unsigned owner = 1; owner <= 2; ++owner)
            partials.emplace_back(owner, need(own_->election->partial_decrypt(own_->trustees, tally.encrypted_tally, owner,
                                                                              own_->trustee_keys[owner - 1])));
        result = need(own_->election->combine(own_->trustees, tally, partials)).result;
    }

    // The ballot with a right signature of voter `i` over whatever it says now.
    std::string sign_again(const std::string& ballot, std::size_t i) const {
        const auto sk = crypto::derive_secret<S>(own_->uuid, own_->codes[i].view());
        return sign_with(ballot, **sk);
    }
    static std::string sign_with(const std::string& ballot, const S& sk) {
        const std::string text = ballot.substr(0, ballot.rfind(",\"signature\":")) + "}";
        const std::string hash = crypto::sha_b64(text);
        const auto proof = crypto::prove_knowledge<G>("sig|" + hash + "|", sk);
        return text.substr(0, text.size() - 1) + R"(,"signature":{"hash":")" + hash + R"(","proof":)" + crypto::write_proof(proof) +
               "}}";
    }
    // Another ballot of voter `i`.
    std::string vote(std::size_t i, std::size_t choice) const {
        return *own_->election->make_ballot(own_->codes[i].view(), choice);
    }

private:
    static const OwnElection& base() {
        static const OwnElection own({.group = std::string(G::k_name), .lists = 2, .votes = {1, 0, 2}});
        return own;
    }

    const OwnElection* own_;
};

inline crypto::VerifyReport verify(const std::string& archive, const crypto::VerifyOptions& options = {}) {
    const TemporaryDirectory directory;
    std::ofstream(directory.path() / "x.bel", std::ios::binary) << archive;
    return crypto::verify_archive(directory.path() / "x.bel", options);
}

inline std::string lines(const crypto::VerifyReport& report) {
    std::string text = report.unreadable.value_or("");
    for (const auto& failure : report.failures) text += crypto::to_line(failure) + "\n";
    return text;
}

// Whether the archive is refused, and for this reason.
inline bool refused(const std::string& archive, const std::string& reason, const crypto::VerifyOptions& options = {}) {
    const auto report = verify(archive, options);
    const std::string text = lines(report);
    const bool found = !report.all_passed() && text.find(reason) != std::string::npos;
    if (!found) BOOST_TEST_MESSAGE("wanted: " + reason + "\ngot: " + text);
    return found;
}

}  // namespace test
