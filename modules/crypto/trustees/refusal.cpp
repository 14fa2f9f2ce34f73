// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/trustees/refusal.hpp"

namespace crypto {

namespace {

const char* words_of(CeremonyCheck check) {
    switch (check) {
        // What a record can be refused for: the verifier says these sentences too.
        case CeremonyCheck::signed_form: return "message is not in canonical form";
        case CeremonyCheck::context: return "context does not match its place";
        case CeremonyCheck::key_outside_group: return "key outside the group";
        case CeremonyCheck::identity_as_key: return "identity as key";
        case CeremonyCheck::signature: return "signature";
        case CeremonyCheck::degree: return "not of the degree of the threshold";
        case CeremonyCheck::cancelled_degree: return "leading coefficients cancel: fewer than the threshold decrypt";
        case CeremonyCheck::element_outside_group: return "element outside the group";
        case CeremonyCheck::identity_as_constant: return "identity as constant term";
        case CeremonyCheck::certs_signature: return "certs signature";
        case CeremonyCheck::public_key_outside_group: return "public key outside the group";
        case CeremonyCheck::identity_as_public_key: return "identity as public key";
        case CeremonyCheck::possession: return "proof of possession";
        case CeremonyCheck::off_the_polynomials: return "is not the one of the coefexps";
        case CeremonyCheck::record_form: return "trustees: not canonical at byte ";
        case CeremonyCheck::record_threshold: return "threshold: 1 <= t < n does not hold";
        case CeremonyCheck::too_many_holders: return "too many trustees";
        case CeremonyCheck::lists_differ: return "certs, coefexps, signatures and verification keys differ in number";
        case CeremonyCheck::equal_cert_keys: return "two certs with an equal key";
        case CeremonyCheck::mixed_signatures: return "verification keys with and without signature";
        case CeremonyCheck::signed_single_key: return "signature on a Single key";
        case CeremonyCheck::nobody: return "trustees: nobody";
        case CeremonyCheck::equal_keys: return "trustees: two equal keys";
        case CeremonyCheck::identity_as_election_key: return "trustees: identity as election key";
        // The ceremony's alone.
        case CeremonyCheck::canonical_form: return "not in canonical form";
        case CeremonyCheck::unknown_group: return "unknown group";
        case CeremonyCheck::ceremony_threshold: return "threshold: 2 <= t < n does not hold";
        case CeremonyCheck::holder_out_of_range: return "owner out of range";
        case CeremonyCheck::not_a_seed: return "not a seed";
        case CeremonyCheck::cert_missing: return "a cert is missing";
        case CeremonyCheck::commitment_missing: return "a commitment is missing";
        case CeremonyCheck::polynomial_missing: return "a polynomial or a commitment is missing";
        case CeremonyCheck::output_missing: return "an output is missing";
        case CeremonyCheck::number_of_secrets: return "number of secrets";
        case CeremonyCheck::not_as_committed: return "coefexps are not those committed to";
        case CeremonyCheck::copied_commitment: return "the commitment is a copy";
        case CeremonyCheck::no_cert_of_seed: return "no cert is of this seed";
        case CeremonyCheck::input_form: return "input not in canonical form, or of another size";
        case CeremonyCheck::own_polynomial_exchanged: return "one's own polynomial was exchanged";
        case CeremonyCheck::secret_unopened: return "the secret does not open";
        case CeremonyCheck::secret_form: return "the secret is not in canonical form";
        case CeremonyCheck::share_off_polynomial: return "the share is not on the committed polynomial";
        case CeremonyCheck::zero_key: return "zero key: begin again";
        case CeremonyCheck::other_trustees: return "the record has other trustees beside this ceremony's";
        case CeremonyCheck::other_setting: return "the record has another number of holders or another threshold";
        case CeremonyCheck::other_cert: return "the record has another one";
        case CeremonyCheck::own_cert_absent: return "one's own cert is not in the record";
        case CeremonyCheck::own_key_exchanged: return "the record has another key at one's own place";
        case CeremonyCheck::not_a_key_file: return "not a holder's key file";
        case CeremonyCheck::key_unopened: return "the key file does not open, or is another holder's";
        case CeremonyCheck::confirmation_missing: return "missing";
        case CeremonyCheck::confirmation_of_another: return "not of this record";
        case CeremonyCheck::too_many_confirmations: return "more confirmations than holders";
        case CeremonyCheck::possession_form: return "proof of possession: not in canonical form";
        case CeremonyCheck::possession_of_another:
            return "proof of possession: it is not of this key, this record and this challenge";
    }
    ENSURE(false && "a check without words");
    return "";
}

const char* words_of(CeremonySubject subject) {
    switch (subject) {
        case CeremonySubject::nothing: return "";
        case CeremonySubject::cert: return "cert ";
        case CeremonySubject::polynomial: return "polynomial ";
        case CeremonySubject::coefexps: return "coefexps ";
        case CeremonySubject::share: return "from holder ";
        case CeremonySubject::output: return "output ";
        case CeremonySubject::verification_key: return "verification key ";
        case CeremonySubject::confirmation: return "confirmation ";
    }
    return "";
}

}  // namespace

std::string to_sentence(const Refusal& refusal) {
    std::string sentence = refusal.item ? "trustees[" + std::to_string(*refusal.item) + "]: " : "";
    if (refusal.subject != CeremonySubject::nothing) sentence += words_of(refusal.subject) + std::to_string(refusal.number) + ": ";
    sentence += words_of(refusal.check);
    if (refusal.check == CeremonyCheck::record_form) sentence += std::to_string(refusal.number);
    return sentence;
}

}  // namespace crypto
