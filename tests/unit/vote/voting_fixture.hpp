// SPDX-License-Identifier: AGPL-3.0-or-later
// A vote worker in the middle of a vote: three electors, two sealed scrutins in Ed25519 (the second only for the first
// elector), real keys, credentials, envelopes and ballots.
#pragma once

#include <map>
#include <string>

#include "crypto/protocol.hpp"
#include "domain/credential_binding.hpp"
#include "domain/envelope.hpp"
#include "domain/waiting_ballot.hpp"
#include "util/bytes.hpp"
#include "util/signature.hpp"
#include "domain/voting_code.hpp"
#include "support/portal.hpp"
#include "vote/routes.hpp"

namespace test {

struct VotingFixture {
    Portal portal{"vote", vote::routes};
    util::SigningKeys log_keys = util::make_signing_keys();                    // sceau's
    std::map<unsigned, std::string> credentials;                               // private, by elector
    std::map<std::string, std::shared_ptr<const crypto::Election>> elections;  // by scrutin code
    std::string voting_code;                                                   // of the first elector

    VotingFixture() {
        for (const unsigned voter : {1u, 2u, 3u}) {
            portal.add_voter(voter, "zoe.electrice" + std::to_string(voter) + "@ac-poitiers.fr");
            credentials[voter] = std::string(crypto::make_full_code().view());
        }
        add_scrutin(1, "csa", {1, 2, 3});
        add_scrutin(2, "capd-079", {1});
        const auto code = domain::make_voting_code();
        voting_code = code.view();
        const auto envelope = domain::seal_envelope(voting_code, credentials[1], "AAAAAAAAAAAAAAAAAAAAAA", 2);
        admin().execute("INSERT INTO envelope (voter_id, voter_ref, generation, salt, nonce, ciphertext) VALUES (1, ?, 2, ?, ?, ?)",
                        {envelope.voter_ref, envelope.salt, envelope.nonce, envelope.ciphertext});
        portal.sign_in(1);
    }

    db::Connection& admin() { return portal.database.admin(); }
    // As the office does it: workers keep what a scrutin is for a data version.
    void move_all_to(const std::string& state) {
        admin().execute("UPDATE scrutin SET state = ?", {state});
        admin().run("UPDATE election SET data_version = data_version + 1");
    }

    static std::vector<std::string> three_lists() { return {"Liste Alizé", "Liste Bise", "Liste Mistral"}; }

    void add_scrutin(unsigned id, const std::string& code, const std::vector<unsigned>& voters,
                     const std::vector<std::string>& lists = three_lists(), const std::string& group = "Ed25519") {
        const std::string uuid = crypto::make_uuid();
        const auto trustees = *crypto::make_trustees_record({crypto::make_single_trustee(group).public_key});
        const auto key = *crypto::election_public_key(group, trustees);
        const auto record = crypto::make_election_record(uuid, group, key, "Scrutin " + code, "Essai", {"Votre choix", lists});
        elections[code] = *crypto::Election::parse(record);
        admin().execute(
            "INSERT INTO scrutin (id, election_id, code, uuid, title, instance, level, perimeter, seats, crypto_group, bureau, "
            "position, state) VALUES (?, 1, ?, ?, ?, 'CSA', 'national', '', 10, ?, 'central', ?, 'open')",
            {id, code, uuid, "Scrutin " + code, group, id});
        for (unsigned position = 1; position <= lists.size(); ++position) {
            admin().execute(
                "INSERT INTO candidate_list (id, scrutin_id, position, name, union_name) VALUES (?, ?, ?, ?, 'Syndicat')",
                {id * 1000 + position, id, position, lists[position - 1]});
            for (unsigned candidate = 1; candidate <= 2; ++candidate)
                admin().execute(
                    "INSERT INTO candidate (candidate_list_id, position, civility, last_name, first_name, affectation) "
                    "VALUES (?, ?, 'Mme', ?, 'Ana', 'École')",
                    {id * 1000 + position, candidate, "Nom" + std::to_string(candidate)});
        }
        admin().execute(
            "INSERT INTO urne.setup (scrutin_id, uuid, election, trustees, public_creds_hash, receipt_key, log_key) "
            "VALUES (?, ?, ?, ?, REPEAT('0', 64), ?, ?)",
            {id, uuid, record, trustees, util::public_key_of(portal.settings.secret("receipt_secret_key").view()),
             log_keys.public_key});
        for (const unsigned voter : voters) {
            admin().execute("INSERT INTO voter_scrutin (scrutin_id, voter_id, sort_key, reason) VALUES (?, ?, 'e', 'essai')",
                            {id, voter});
            const auto binding = domain::credential_binding(portal.settings.secret("binding_key").view(), uuid, voter);
            admin().execute("INSERT INTO urne.credential (scrutin_id, binding, public_key) VALUES (?, ?, ?)",
                            {id, binding, *crypto::derive_public_key(group, uuid, credentials[voter])});
        }
    }

    // Votes that a test makes up have no credential: it is nobody's, and of the roll.
    void let_nobody_vote(unsigned scrutin = 1) {
        admin().execute("INSERT INTO urne.credential (scrutin_id, binding, public_key) VALUES (?, '', '')", {scrutin});
    }

    std::string ballot(const std::string& code, unsigned voter, std::size_t choice = 1) {
        return *elections[code]->make_ballot(credentials[voter], choice);
    }
    Page cast(const std::string& code, const std::string& ballot) {
        return portal.post("/vote/" + code + "/bulletin", {{"ballot", ballot}});
    }
    std::int64_t count(const std::string& table) { return admin().select_one("SELECT COUNT(*) FROM " + table)->number(0); }
    // As sceau does at its fixed times.
    void move_on() {
        for (const auto& row : admin().select("SELECT scrutin_id, sealed FROM urne.inbox")) {
            const auto [credential_hash, ballot] = open_waiting(row.text(1));
            admin().execute("INSERT INTO urne.ballot VALUES (?, ?, ?, ?)",
                            {row.number(0), util::sha256_hex(ballot), credential_hash, ballot});
        }
        admin().run("DELETE FROM urne.inbox");
    }
    domain::WaitingBallot open_waiting(const std::string& sealed) const {
        return domain::open_waiting_ballot(log_keys.secret_key.view(), sealed).value();
    }
    // The ballot that waits, and what a hash is called meanwhile.
    std::string waiting_ballot() { return open_waiting(admin().select_one("SELECT sealed FROM urne.inbox")->text(0)).ballot; }
    std::string waiting_tag(const std::string& code, const std::string& hash) {
        return domain::waiting_tag(portal.settings.secret("binding_key").view(), elections[code]->uuid(), hash);
    }
    bool is_nothing_stored() { return count("portail.emargement") == 0 && count("urne.inbox") == 0; }
    std::string receipt_key() { return util::public_key_of(portal.settings.secret("receipt_secret_key").view()); }
};

inline std::string text_of(const Page& page, const char* name) {
    const auto json = util::parse_json(page.body);
    return json && json->contains(name) && (*json)[name].is_string() ? (*json)[name].get<std::string>() : "";
}

}  // namespace test
