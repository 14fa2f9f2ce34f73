// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/trustees/ceremony.hpp"

#include <algorithm>

#include "crypto/groups.hpp"
#include "crypto/trustees/ceremony_steps.hpp"

namespace crypto::ceremony {

namespace {

template <class T, class Visit>
Checked<T> in_group(std::string_view name, Visit visit) {
    return with_group(
        name, [&]<class G>(GroupTag<G> tag) -> Checked<T> { return visit(tag); },
        [&]() -> Checked<T> { return Refusal{CeremonyCheck::unknown_group}; });
}

bool is_possible(const Setting& setting) { return setting.threshold >= 2 && setting.threshold < setting.holders; }

// Every later step begins by checking all certs again: no step trusts that another was done.
template <class G>
Checked<std::vector<Cert<G>>> all_certs(const Setting& setting, const std::vector<std::string>& certs) {
    if (!is_possible(setting)) return Refusal{CeremonyCheck::ceremony_threshold};
    if (certs.size() != setting.holders) return Refusal{CeremonyCheck::cert_missing};
    return crypto::check_certs<G>(certs, setting.threshold);
}

// The public key of an owner of the record, checked whole.
template <class G>
Checked<Encoded<G>> key_at(std::string_view trustees_record, unsigned owner) {
    const auto trustees = read_trustees<G>(trustees_record);
    if (!trustees) return trustees.refusal();
    const auto place = trustees->find_owner(owner);
    if (!place) return Refusal{CeremonyCheck::holder_out_of_range};
    return trustees->key_of(*place);
}

std::string possession_prefix(std::string_view record, unsigned owner, std::string_view key_text, std::string_view challenge) {
    return "possession|" + sha_hex(record) + "|" + std::to_string(owner) + "|" + std::string(key_text) + "|" + sha_hex(challenge) +
           "|";
}

bool is_seed(std::string_view seed) { return seed.size() == 22 && is_base58(seed); }

}  // namespace

Checked<Identity> make_identity(const Setting& setting, unsigned index) {
    if (!is_possible(setting)) return Refusal{CeremonyCheck::ceremony_threshold};
    if (setting.holders > k_max_holders) return Refusal{CeremonyCheck::too_many_holders};
    if (index < 1 || index > setting.holders) return Refusal{CeremonyCheck::holder_out_of_range};
    return in_group<Identity>(setting.group, [&]<class G>(GroupTag<G>) -> Checked<Identity> {
        util::SecretText seed(random_base58(22));
        std::string cert = make_cert<G>(seed.view(), setting.holders, setting.threshold, index);
        return Identity{std::move(seed), std::move(cert)};
    });
}

Checked<std::string> check_certs(const Setting& setting, const std::vector<std::string>& texts) {
    return in_group<std::string>(setting.group, [&]<class G>(GroupTag<G>) -> Checked<std::string> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.refusal();
        std::string lines;
        for (const auto& cert : *certs) lines += write_signed_message(cert.bytes) + "\n";
        return sha_b64(lines);
    });
}

Checked<util::Done> check_commitments(const std::vector<std::string>& commitments) {
    for (std::size_t i = 0; i < commitments.size(); ++i) {
        const auto bad = [i](CeremonyCheck check) { return Refusal{check, CeremonySubject::polynomial, i + 1}; };
        const std::string& own = commitments[i];
        if (own.size() != 64 || own.find_first_not_of("0123456789abcdef") != std::string::npos)
            return bad(CeremonyCheck::canonical_form);
        if (std::find(commitments.begin(), commitments.begin() + static_cast<std::ptrdiff_t>(i), own) !=
            commitments.begin() + static_cast<std::ptrdiff_t>(i))
            return bad(CeremonyCheck::copied_commitment);
    }
    return util::Done{};
}

Checked<Contribution> make_contribution(const Setting& setting, std::string_view seed, const std::vector<std::string>& texts) {
    if (!is_seed(seed)) return Refusal{CeremonyCheck::not_a_seed};
    return in_group<Contribution>(setting.group, [&]<class G>(GroupTag<G>) -> Checked<Contribution> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.refusal();
        auto polynomial = make_polynomial<G>(seed, *certs);
        if (!polynomial) return polynomial.refusal();
        auto commitment = commit_to_polynomial<G>(*polynomial).value();
        return Contribution{std::move(*polynomial), std::move(commitment)};
    });
}

Checked<std::vector<std::string>> route(const Setting& setting, const std::vector<std::string>& texts,
                                        const std::vector<std::string>& commitments, const std::vector<std::string>& polynomials) {
    using Inputs = std::vector<std::string>;
    return in_group<Inputs>(setting.group, [&]<class G>(GroupTag<G>) -> Checked<Inputs> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.refusal();
        const auto checked = check_polynomials<G>(*certs, commitments, polynomials);
        if (!checked) return checked.refusal();
        Inputs inputs;
        for (std::size_t j = 1; j <= certs->size(); ++j) inputs.push_back(make_vinput<G>(*checked, j));
        return inputs;
    });
}

Checked<Share> finish(const Setting& setting, std::string_view seed, const std::vector<std::string>& texts,
                      const std::vector<std::string>& commitments, std::string_view input) {
    if (!is_seed(seed)) return Refusal{CeremonyCheck::not_a_seed};
    return in_group<Share>(setting.group, [&]<class G>(GroupTag<G>) -> Checked<Share> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.refusal();
        auto output = finish_share<G>(seed, *certs, commitments, input);
        if (!output) return output.refusal();
        return Share{write_holder_file(seed, output->private_key), std::move(output->public_key)};
    });
}

Checked<std::string> assemble(const Setting& setting, const std::vector<std::string>& texts,
                              const std::vector<std::string>& commitments, const std::vector<std::string>& polynomials,
                              const std::vector<std::string>& public_keys) {
    return in_group<std::string>(setting.group, [&]<class G>(GroupTag<G>) -> Checked<std::string> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.refusal();
        const auto checked = check_polynomials<G>(*certs, commitments, polynomials);
        if (!checked) return checked.refusal();
        return assemble_record<G>(*certs, *checked, public_keys);
    });
}

Checked<util::Done> check_record(const Setting& setting, const std::vector<std::string>& texts,
                                 const std::vector<std::string>& commitments, std::string_view trustees_record) {
    return in_group<util::Done>(setting.group, [&]<class G>(GroupTag<G>) -> Checked<util::Done> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.refusal();
        if (commitments.size() != certs->size()) return Refusal{CeremonyCheck::commitment_missing};
        const auto trustees = read_trustees<G>(trustees_record);
        if (!trustees) return trustees.refusal();
        Reader in(trustees_record);
        in.literal(R"([["Pedersen",)");
        const auto item = read_pedersen<G>(in);
        in.literal("]]");
        if (!in.at_end()) return Refusal{CeremonyCheck::other_trustees};
        if (item.certs.size() != certs->size() || item.threshold != setting.threshold) return Refusal{CeremonyCheck::other_setting};
        for (std::size_t i = 0; i < certs->size(); ++i) {
            if (write_signed_message(item.certs[i]) != write_signed_message((*certs)[i].bytes))
                return Refusal{CeremonyCheck::other_cert, CeremonySubject::cert, i + 1};
            if (commitment_to(item.coefexps[i]) != commitments[i])
                return Refusal{CeremonyCheck::not_as_committed, CeremonySubject::polynomial, i + 1};
        }
        return util::Done{};
    });
}

Checked<std::string> confirm(std::string_view group, std::string_view trustees_record, std::string_view key_file) {
    return in_group<std::string>(group, [&]<class G>(GroupTag<G>) { return confirm_record<G>(trustees_record, key_file); });
}

Checked<util::Done> check_confirmations(std::string_view group, std::string_view trustees_record,
                                        const std::vector<std::string>& confirmations) {
    return in_group<util::Done>(group, [&]<class G>(GroupTag<G>) {
        return check_record_confirmations<G>(trustees_record, confirmations);
    });
}

Checked<util::Done> check_key_file(std::string_view group, std::string_view trustees_record, unsigned owner,
                                   std::string_view key_file) {
    return in_group<util::Done>(group, [&]<class G>(GroupTag<G>) -> Checked<util::Done> {
        const auto X = key_at<G>(trustees_record, owner);
        if (!X) return X.refusal();
        if (!open_trustee_key<G>(key_file, *X)) return Refusal{CeremonyCheck::key_unopened};
        return util::Done{};
    });
}

Checked<std::string> prove_possession(std::string_view group, std::string_view trustees_record, unsigned owner,
                                      std::string_view key_file, std::string_view challenge) {
    return in_group<std::string>(group, [&]<class G>(GroupTag<G>) -> Checked<std::string> {
        const auto X = key_at<G>(trustees_record, owner);
        if (!X) return X.refusal();
        const auto x = open_trustee_key<G>(key_file, *X);
        if (!x) return Refusal{CeremonyCheck::key_unopened};
        return write_proof(prove_knowledge<G>(possession_prefix(trustees_record, owner, X->text, challenge), **x));
    });
}

Checked<util::Done> check_possession(std::string_view group, std::string_view trustees_record, unsigned owner,
                                     std::string_view challenge, std::string_view text) {
    return in_group<util::Done>(group, [&]<class G>(GroupTag<G>) -> Checked<util::Done> {
        const auto X = key_at<G>(trustees_record, owner);
        if (!X) return X.refusal();
        const auto proof = read_whole<Proof<G>>(text, read_proof<G>);
        if (!proof) return Refusal{CeremonyCheck::possession_form};
        if (!verify_knowledge<G>(possession_prefix(trustees_record, owner, X->text, challenge), X->point, *proof))
            return Refusal{CeremonyCheck::possession_of_another};
        return util::Done{};
    });
}

}  // namespace crypto::ceremony
