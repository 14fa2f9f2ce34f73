// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules that an election record of ours seals in words: fixed sentences, in a fixed order, at the end of its description
// (SPECIFICATION.md 4.1), where electors read them and where the election's fingerprint covers them. Knows no JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace crypto {

// In this order, one space between two; « Un vote validé est définitif. » is the last. What stands before them is free text.
inline constexpr std::string_view k_seal_begins = "Empreinte du scellement : ";  // 64 hexadecimal digits and a full stop follow
inline constexpr std::string_view k_small_totals = "Un total de moins de cinq bulletins est déchiffré aussi.";
inline constexpr std::string_view k_bound_decryption = "Tout déchiffrement porte une seconde preuve.";
inline constexpr std::string_view k_vote_is_final = "Un vote validé est définitif.";

// Below it a total says nearly what each has voted.
inline constexpr std::uint64_t k_least_ballots = 5;

struct ElectionRules {
    std::string seal = {};          // lower-case hex digest of all that was sealed with the scrutin; empty: not said
    bool small_totals = false;      // totals of fewer than k_least_ballots ballots are decrypted too
    bool bound_decryption = false;  // every partial decryption has its second proof (SPECIFICATION-2.md 14)
    bool final_vote = false;        // one ballot for each credential

    // A total of no ballot says nothing of anybody.
    bool allows_total_of(std::uint64_t ballots) const { return ballots == 0 || ballots >= k_least_ballots || small_totals; }
};

// The sentences alone. Precondition: `seal` is empty or 64 lower-case hexadecimal digits.
std::string write_rules(const ElectionRules& rules);
// Those that `description` ends with; a sentence anywhere else is free text.
ElectionRules read_rules(std::string_view description);

// Field `number`, from 1, of the line of a seal's text that begins with `name`; its fields stand between tabs (README-sceau.md of
// modules/scrutinctl). Empty: there is none. Whether the text is the one that an election seals, its digest says.
std::string seal_field(std::string_view text, std::string_view name, std::size_t number);

}  // namespace crypto
