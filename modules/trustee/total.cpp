// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trustee/total.hpp"

#include "cli/sentence.hpp"

namespace trustee {

using namespace cli;

std::string why_too_small(const crypto::ElectionRules& rules, std::uint64_t ballots) {
    if (rules.allows_total_of(ballots)) return "";
    return counted(ballots, "bulletin", "bulletins") + " : moins de " + std::to_string(crypto::k_least_ballots) +
           ", le total dirait presque ce que chacun a voté, et la loi veut le scrutin secret et le vote anonyme ; il n’est pas déchiffré, sauf si l’élection scellée dit « " +
           std::string(crypto::k_small_totals) + " »";
}

util::Result<Decrypted> decrypt_total(const Total& total, unsigned owner, const util::SecretText& key) {
    if (auto why = why_too_small(total.election.rules(), total.ballots); !why.empty()) return bad_input(std::move(why));
    auto partial = total.election.partial_decrypt(total.trustees, total.encrypted_tally, owner, key);
    if (!partial) return partial.error();
    auto second = total.election.bind_decryption(total.setup, total.trustees, total.encrypted_tally, owner, key, *partial);
    if (!second) return second.error();
    // Read again as others will: a machine that errs publishes nothing.
    if (!total.election.verify_partial_decryption(total.trustees, total.encrypted_tally, owner, *partial) ||
        !total.election.verify_binding(total.setup, total.trustees, total.encrypted_tally, owner, *partial, *second))
        return bad_input("le déchiffrement ne se vérifie pas ; rien n’est écrit");
    return Decrypted{std::move(*partial), std::move(*second)};
}

}  // namespace trustee
