// SPDX-License-Identifier: AGPL-3.0-or-later
// Why a step of the ceremony (SPECIFICATION.md 5.3) or the reading of a trustees record (5.4) refuses: which check, on which message of
// which holder. Programs put it in their own words with a switch over the check, which the compiler keeps whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "util/result.hpp"

namespace crypto {

enum class CeremonyCheck {
    // A message, alone
    canonical_form,
    signed_form,
    context,
    key_outside_group,
    identity_as_key,
    signature,
    degree,
    cancelled_degree,
    element_outside_group,
    identity_as_constant,
    certs_signature,
    public_key_outside_group,
    identity_as_public_key,
    possession,
    off_the_polynomials,
    // The record
    record_form,
    record_threshold,
    too_many_holders,
    lists_differ,
    equal_cert_keys,
    mixed_signatures,
    signed_single_key,
    nobody,
    equal_keys,
    identity_as_election_key,
    // A step, and what it was given
    unknown_group,
    ceremony_threshold,
    holder_out_of_range,
    not_a_seed,
    cert_missing,
    commitment_missing,
    polynomial_missing,
    output_missing,
    number_of_secrets,
    not_as_committed,
    copied_commitment,
    no_cert_of_seed,
    input_form,
    own_polynomial_exchanged,
    secret_unopened,
    secret_form,
    share_off_polynomial,
    zero_key,
    // The final record against what one holder knows
    other_trustees,
    other_setting,
    other_cert,
    own_cert_absent,
    own_key_exchanged,
    not_a_key_file,
    key_unopened,
    confirmation_missing,
    confirmation_of_another,
    too_many_confirmations,
    possession_form,
    possession_of_another,
};
// For what walks over all of them.
inline constexpr auto k_last_ceremony_check = CeremonyCheck::possession_of_another;

// The kind of message, each with its holder's number; `nothing`: the step as a whole.
enum class CeremonySubject { nothing, cert, polynomial, coefexps, share, output, verification_key, confirmation };
inline constexpr auto k_last_ceremony_subject = CeremonySubject::confirmation;

struct Refusal {
    CeremonyCheck check;
    CeremonySubject subject = CeremonySubject::nothing;
    std::uint64_t number = 0;              // the holder, from 1; of record_form the byte
    std::optional<std::size_t> item = {};  // of the trustees record
};

// For logs and the verifier: "trustees[0]: cert 2: signature".
std::string to_sentence(const Refusal& refusal);

// A Result that keeps its Refusal; its Failure is `invalid` with the sentence.
template <class T>
class [[nodiscard]] Checked : public util::Result<T> {
public:
    Checked(T value) : util::Result<T>(std::move(value)) {}
    Checked(Refusal refusal) : util::Result<T>(util::failure(util::Fault::invalid, to_sentence(refusal))), refusal_(refusal) {}

    // Precondition: !has_value().
    const Refusal& refusal() const {
        ENSURE(!this->has_value());
        return refusal_;
    }

private:
    Refusal refusal_{};
};

}  // namespace crypto
