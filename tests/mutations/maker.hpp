// SPDX-License-Identifier: AGPL-3.0-or-later
// The pieces of an archive and a dishonest office that makes them whole again: signs, counts and decrypts whatever they say now.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "../unit/crypto/own_election.hpp"
#include "crypto/archive/format.hpp"
#include "crypto/ballot_maker.hpp"
#include "crypto/trustees/ceremony_steps.hpp"
#include "crypto/groups.hpp"
#include "crypto/tally.hpp"

namespace mutations {

inline constexpr std::int64_t k_time = 1'790'000'000;

struct Event {
    std::string type;
    std::vector<std::string> records;  // the last is the payload
};
using Events = std::vector<Event>;

struct Pieces {
    std::string election, trustees, creds;
    std::vector<std::string> ballots;
    std::string tally, sized;
    std::vector<std::pair<unsigned, std::string>> partials;
    std::string result;
};

inline std::string entry(const std::string& name, const std::string& body) {
    return crypto::tar_header(name, body.size(), k_time) + body + std::string(crypto::tar_padding(body.size()), '\0');
}

using Spoil = std::function<void(std::size_t, std::string&)>;  // an event's index and body

inline std::string write(const Events& events, const Spoil& spoil = {}) {
    std::string bytes = entry("BELENIOS", crypto::archive_header(k_time)), parent;
    for (std::size_t i = 0; i < events.size(); ++i) {
        for (const auto& record : events[i].records) bytes += entry(crypto::sha_hex(record) + ".data.json", record);
        std::string body = crypto::write_event(parent, i, events[i].type,
                                               events[i].records.empty() ? "" : crypto::sha_hex(events[i].records.back()));
        if (spoil) spoil(i, body);
        parent = crypto::sha_hex(body);
        bytes += entry(parent + ".event.json", body);
    }
    return bytes;
}

inline Events events_of(const Pieces& p) {
    Events events{{"Setup", {p.election, p.trustees, p.creds, crypto::write_setup_data(p.election, p.trustees, p.creds)}}};
    for (const auto& ballot : p.ballots) events.push_back({"Ballot", {ballot}});
    events.push_back({"EndBallots", {}});
    events.push_back({"EncryptedTally", {p.tally, p.sized}});
    for (const auto& [owner, partial] : p.partials)
        events.push_back({"PartialDecryption", {partial, crypto::make_owned(owner, partial)}});
    events.push_back({"Result", {p.result}});
    return events;
}

// A ballot's text up to its signature, or but for its last sign.
inline std::string unsigned_part(const std::string& ballot) {
    return ballot.substr(0, std::min(ballot.rfind(",\"signature\":"), ballot.size() - std::min<std::size_t>(ballot.size(), 1)));
}

template <class G>
class Maker {
public:
    explicit Maker(const test::OwnElection& own) : own_(own) {}

    Pieces good() const {
        return {own_.election->record(),    own_.trustees,    own_.public_creds, own_.ballots,
                own_.tally.encrypted_tally, own_.tally.sized, own_.partials,     own_.counts.result};
    }

    std::string sign_again(const std::string& ballot, std::size_t voter) const {
        const std::string text = unsigned_part(ballot);
        const std::string hash = crypto::sha_b64(text + "}");
        const auto proof = crypto::prove_knowledge<G>("sig|" + hash + "|", *secret(voter));
        return text + R"(,"signature":{"hash":")" + hash + R"(","proof":)" + crypto::write_proof(proof) + "}}";
    }

    // Ballots as a booth would make them for this record, if it is one.
    void vote_again(Pieces& p) const {
        const auto election = crypto::read_election_record(p.election);
        const auto y = election ? crypto::parse_key<G>(election->public_key) : std::nullopt;
        if (!y) return;
        for (std::size_t voter = 0; voter < p.ballots.size(); ++voter) {
            std::vector<std::vector<std::uint64_t>> plain;
            for (const auto& q : election->questions) {
                plain.emplace_back(q.choices());
                for (std::size_t i = 0; i < q.min; ++i) plain.back()[i + (q.blank ? 1 : 0)] = 1;
            }
            p.ballots[voter] = crypto::make_ballot<G>({*election, y->point}, *secret(voter), plain);
        }
    }

    // Tally of the ballots that can be read, decryptions by whoever's key opens, result; what cannot be made stays.
    void count_again(Pieces& p) const {
        const auto election = crypto::read_election_record(p.election);
        if (!election) return;
        std::string why;
        const auto list = crypto::read_public_creds(p.creds, why);
        auto rows = crypto::empty_tally<G>(*election);
        std::map<std::string, std::string> last;
        std::uint64_t weights = 0;
        for (const auto& text : p.ballots) {
            crypto::BallotFault fault;
            if (const auto ballot = crypto::read_ballot<G>(text, *election, fault)) last[ballot->credential.text] = text;
        }
        for (const auto& [credential, text] : last) {
            crypto::BallotFault fault;
            std::uint64_t weight = 1;
            if (list)
                for (const auto& listed : *list)
                    if (listed.key == credential) weight = listed.weight;
            crypto::add_ballot<G>(rows, *crypto::read_ballot<G>(text, *election, fault), weight);
            weights += weight;
        }
        p.tally = crypto::write_encrypted_tally<G>(rows);
        p.sized = crypto::write_sized(last.size(), weights, p.tally);
        decrypt_again(p, weights);
    }
    void decrypt_again(Pieces& p, std::uint64_t weights) const {
        const auto election = crypto::Election::parse(p.election);
        const auto trustees = crypto::read_trustees<G>(p.trustees);
        if (!election || !trustees) return;
        std::vector<std::pair<unsigned, std::string>> partials;
        const std::size_t wanted = p.partials.size();
        for (unsigned owner = 1; owner <= own_.trustee_keys.size() && partials.size() < wanted; ++owner)
            for (const auto& key : own_.trustee_keys)
                if (auto partial = (*election)->partial_decrypt(p.trustees, p.tally, owner, key))
                    partials.emplace_back(owner, std::move(*partial));
        if (partials.empty()) return;
        p.partials = std::move(partials);
        if (weights > 100'000) return;
        if (auto counts = (*election)->combine(p.trustees, {p.tally, p.sized, weights}, p.partials))
            p.result = std::move(counts->result);
    }

    const test::OwnElection& own() const { return own_; }

private:
    crypto::SecretScalar<typename G::Scalar> secret(std::size_t voter) const {
        return std::move(*crypto::derive_secret<typename G::Scalar>(own_.uuid, own_.codes[voter].view()));
    }
    const test::OwnElection& own_;
};

}  // namespace mutations
