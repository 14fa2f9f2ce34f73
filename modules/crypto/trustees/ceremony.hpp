// SPDX-License-Identifier: AGPL-3.0-or-later
// The key ceremony of a bureau de vote (SPECIFICATION.md 5.3) as pure functions, texts in and texts out: each holder runs its
// own steps on its own machine, anybody runs the others. Every step checks all that it receives; a Refusal says which message of
// whom does not hold. `group` is a group's name; an unknown one is a Refusal too.
//
//   1 make_identity      each holder    seed (kept secret), cert (published)
//   2 check_certs        everybody      all certs, in order; the fingerprint is read aloud and compared
//   3 make_contribution  each holder    polynomial (kept back), commitment (published)
//   4 route              the office     after all commitments: polynomials in, one input per holder out
//   5 finish             each holder    input in; key file (secret), public key (published)
//   6 assemble           the office     the trustees record
//   7 confirm            each holder    checks the record against its own key file; signed confirmation (published)
//   8 check_confirmations everybody
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/trustees/refusal.hpp"
#include "util/secret.hpp"

namespace crypto::ceremony {

struct Setting {
    std::string group;
    // Any `threshold` of the holders decrypt; 2 <= threshold < holders <= 255. With one, all holders would have the same key
    // (section 14.7).
    unsigned holders = 0, threshold = 0;
};

struct Identity {
    util::SecretText seed;  // 22 base-58 digits
    std::string cert;
};
Checked<Identity> make_identity(const Setting& setting, unsigned index);  // index from 1

// sha_b64 of the certs, one per line, as they will stand in the record.
Checked<std::string> check_certs(const Setting& setting, const std::vector<std::string>& certs);

struct Contribution {
    std::string polynomial, commitment;
};
Checked<Contribution> make_contribution(const Setting& setting, std::string_view seed, const std::vector<std::string>& certs);

// As published by everybody: 64 hexadecimal digits each, none a copy of another.
Checked<util::Done> check_commitments(const std::vector<std::string>& commitments);

// One input per holder, in order.
Checked<std::vector<std::string>> route(const Setting& setting, const std::vector<std::string>& certs,
                                        const std::vector<std::string>& commitments, const std::vector<std::string>& polynomials);

struct Share {
    util::SecretText key_file;  // for Election::partial_decrypt; to be kept under a passphrase
    std::string public_key;
};
Checked<Share> finish(const Setting& setting, std::string_view seed, const std::vector<std::string>& certs,
                      const std::vector<std::string>& commitments, std::string_view input);

Checked<std::string> assemble(const Setting& setting, const std::vector<std::string>& certs,
                              const std::vector<std::string>& commitments, const std::vector<std::string>& polynomials,
                              const std::vector<std::string>& public_keys);

// The record is one threshold item, made of exactly these certs and of the polynomials committed to.
Checked<util::Done> check_record(const Setting& setting, const std::vector<std::string>& certs,
                                 const std::vector<std::string>& commitments, std::string_view trustees_record);

Checked<std::string> confirm(std::string_view group, std::string_view trustees_record, std::string_view key_file);
Checked<util::Done> check_confirmations(std::string_view group, std::string_view trustees_record,
                                        const std::vector<std::string>& confirmations);

// `trustee check`: the key file opens and is the one of this owner (from 1) of the record. Decrypts nothing. Single keys too.
Checked<util::Done> check_key_file(std::string_view group, std::string_view trustees_record, unsigned owner,
                                   std::string_view key_file);

// A proof that anybody can check: Schnorr (section 2) under this owner's key X of the record, with the prefix
//   possession|<sha_hex(record)>|<owner>|<enc(X)>|<sha_hex(challenge)>|
// where `challenge` is any text that the asker chose. It serves for nothing else.
Checked<std::string> prove_possession(std::string_view group, std::string_view trustees_record, unsigned owner,
                                      std::string_view key_file, std::string_view challenge);
Checked<util::Done> check_possession(std::string_view group, std::string_view trustees_record, unsigned owner,
                                     std::string_view challenge, std::string_view proof);

}  // namespace crypto::ceremony
