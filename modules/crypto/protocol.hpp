// SPDX-License-Identifier: AGPL-3.0-or-later
// The voting protocol as the rest of the portal sees it: one Belenios election per scrutin, its group chosen at run time
// by the group's name ("TOY-607" only in tests, "BELENIOS-2048", "Ed25519"). Records are the exact bytes of SPECIFICATION.md:
// compact JSON without a trailing newline. Everything here is pure: no file, no database, no clock. Thread safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/credential.hpp"
#include "crypto/election_rules.hpp"
#include "crypto/hash.hpp"
#include "util/result.hpp"
#include "util/secret.hpp"

namespace crypto {

// sha_hex, sha_b64: hash.hpp. make_uuid, make_full_code, make_old_code, make_public_creds: credential.hpp. Codes have two
// forms (section 3); the portal uses full codes in every group.

// --- Credentials (section 3) ----------------------------------------------------------------------------------------
// Public key (enc) of a code in one election. Nothing if the code has neither form or derives to zero.
std::optional<std::string> derive_public_key(std::string_view group, std::string_view uuid, std::string_view code);

// --- Trustees (section 5) -------------------------------------------------------------------------------------------
struct KeyPair {
    util::SecretText private_key;  // the .privkey JSON text
    std::string public_key;        // {"pok":..,"public_key":..}
};
KeyPair make_single_trustee(std::string_view group);
// `["Single",…]` items from public key records, or the one Pedersen item: the whole trustees record.
util::Result<std::string> make_trustees_record(const std::vector<std::string>& single_public_keys);
// Whole threshold ceremony in one place, for demonstrations and tests: n holders, any k decrypt. `keys[i]` is holder
// i+1's secret file content (whatever `partial_decrypt` wants); `record` the trustees record in the 3.x form.
struct Ceremony {
    std::string record;
    std::vector<util::SecretText> keys;
};
Ceremony run_ceremony(std::string_view group, unsigned holders, unsigned threshold);
// The combined public key of a trustees record; checks 10.13 to 10.17 are done.
util::Result<std::string> election_public_key(std::string_view group, std::string_view trustees_record);

// --- Election (section 4) -------------------------------------------------------------------------------------------
struct Question {
    std::string question;
    std::vector<std::string> answers;  // without the blank vote
};
// The election record: version 1, one question, blank allowed, min = max = 1. `description` ends with the sealed rules
// (election_rules.hpp).
std::string make_election_record(std::string_view uuid, std::string_view group, std::string_view public_key, std::string_view name,
                                 std::string_view description, const Question& question);

struct BallotInfo {
    std::string credential;  // enc, the elector's public key
    std::string hash_hex;    // sha_hex of the ballot's bytes: key in urne.ballot, name in the archive
    std::string tracker;     // sha_b64 of the same bytes: shown to the elector
};

class Election {
public:
    virtual ~Election() = default;
    // `record` is kept byte for byte. invalid: not a canonical record, unknown group, identity as public key…
    static util::Result<std::shared_ptr<const Election>> parse(std::string_view record);

    virtual const std::string& record() const = 0;
    virtual const std::string& uuid() const = 0;
    virtual const std::string& group() const = 0;
    virtual const std::string& fingerprint() const = 0;  // phi = sha_b64(record)
    virtual const ElectionRules& rules() const = 0;      // that the record seals
    virtual std::size_t choices() const = 0;             // lists + 1: index 0 is the blank vote

    // Strict grammar, uuid and election hash, membership, every proof, the signature. It does NOT know the list of
    // credentials: the caller compares `credential` with the elector's. Failure::detail names the check.
    virtual util::Result<BallotInfo> check_ballot(std::string_view ballot) const = 0;

    // An elector's ballot, as a booth makes it. Precondition: choice < choices(). Nothing for a bad code.
    virtual std::optional<std::string> make_ballot(std::string_view code, std::size_t choice) const = 0;

    // Product of the ciphertexts of ballots that were checked already (weights 1): encrypted_tally and sized records.
    // `next` gives one ballot after another and nothing at the end.
    struct Tally {
        std::string encrypted_tally;
        std::string sized;
        std::uint64_t count;
    };
    virtual util::Result<Tally> tally(const std::function<std::optional<std::string>()>& next) const = 0;

    // One trustee's partial decryption record. `trustee_key`: a .privkey text or a Ceremony key.
    // invalid: the key is none of the record's.
    virtual util::Result<std::string> partial_decrypt(std::string_view trustees_record, std::string_view encrypted_tally,
                                                      unsigned owner, const util::SecretText& trustee_key) const = 0;
    // Every proof of one partial decryption (done before it is published, section 7.2).
    [[nodiscard]] virtual bool verify_partial_decryption(std::string_view trustees_record, std::string_view encrypted_tally,
                                                         unsigned owner, std::string_view partial) const = 0;
    // The second proof of a partial decryption (section 14), which covers all that it decrypts. `setup`: setup_event_hash below.
    // invalid: as above, or the record is not canonical, or not the key's.
    virtual util::Result<std::string> bind_decryption(std::string_view setup, std::string_view trustees_record,
                                                      std::string_view encrypted_tally, unsigned owner,
                                                      const util::SecretText& trustee_key, std::string_view partial) const = 0;
    [[nodiscard]] virtual bool verify_binding(std::string_view setup, std::string_view trustees_record,
                                              std::string_view encrypted_tally, unsigned owner, std::string_view partial,
                                              std::string_view proof) const = 0;
    // `partials`: (owner, record) pairs. Gives the result record {"result":[[blank,n1,…]]} and the counts. All of them count: conflict
    // when more than enough are there and they do not agree.
    struct Counts {
        std::string result;
        std::vector<std::uint64_t> votes;  // blank first
    };
    virtual util::Result<Counts> combine(std::string_view trustees_record, const Tally& tally,
                                         const std::vector<std::pair<unsigned, std::string>>& partials) const = 0;
};

// Hash of the Setup event, in hexadecimal: what names a sealed election, its key and its electors. `public_creds_hash`: sha_hex of the list.
std::string setup_event_hash(std::string_view election, std::string_view trustees, std::string_view public_creds_hash);

// {"owner":k,"payload":sha_hex}
std::string make_owned(unsigned owner, std::string_view partial);

// --- Archive (section 8) --------------------------------------------------------------------------------------------
// Writes a .bel event by event to a sink, in the one order that section 8.2 allows. `timestamp`: Unix seconds.
class ArchiveWriter {
public:
    ArchiveWriter(std::function<void(std::string_view)> sink, std::int64_t timestamp);
    ~ArchiveWriter();
    void setup(std::string_view election, std::string_view trustees, std::string_view public_creds);
    void ballot(std::string_view ballot);
    void end_ballots();
    void encrypted_tally(std::string_view encrypted_tally, std::string_view sized);
    void partial_decryption(std::string_view partial, std::string_view owned);
    void result(std::string_view result);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace crypto
