// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/trustees/ceremony.hpp"

#include "crypto/trustees/ceremony_steps.hpp"
#include "crypto/groups.hpp"

namespace crypto::ceremony {

namespace {

template <class T, class Visit>
util::Result<T> in_group(std::string_view name, Visit visit) {
    return with_group(
        name, [&]<class G>(GroupTag<G> tag) -> util::Result<T> { return visit(tag); },
        [&]() -> util::Result<T> { return ceremony_fault("unknown group " + std::string(name)); });
}

bool is_possible(const Setting& setting) { return setting.threshold >= 2 && setting.threshold < setting.holders; }

// Every later step begins by checking all certs again: no step trusts that another was done.
template <class G>
util::Result<std::vector<Cert<G>>> all_certs(const Setting& setting, const std::vector<std::string>& certs) {
    if (!is_possible(setting)) return ceremony_fault("threshold: 2 <= t < n does not hold");
    if (certs.size() != setting.holders) return ceremony_fault("a cert is missing");
    return crypto::check_certs<G>(certs, setting.threshold);
}

std::string possession_prefix(std::string_view record, unsigned owner, std::string_view key_text, std::string_view challenge) {
    return "possession|" + sha_hex(record) + "|" + std::to_string(owner) + "|" + std::string(key_text) + "|" + sha_hex(challenge) +
           "|";
}

bool is_seed(std::string_view seed) { return seed.size() == 22 && is_base58(seed); }

}  // namespace

util::Result<Identity> make_identity(const Setting& setting, unsigned index) {
    if (!is_possible(setting)) return ceremony_fault("threshold: 2 <= t < n does not hold");
    if (setting.holders > k_max_holders) return ceremony_fault("too many trustees");
    if (index < 1 || index > setting.holders) return ceremony_fault("index out of range");
    return in_group<Identity>(setting.group, [&]<class G>(GroupTag<G>) -> util::Result<Identity> {
        util::SecretText seed(random_base58(22));
        std::string cert = make_cert<G>(seed.view(), setting.holders, setting.threshold, index);
        return Identity{std::move(seed), std::move(cert)};
    });
}

util::Result<std::string> check_certs(const Setting& setting, const std::vector<std::string>& texts) {
    return in_group<std::string>(setting.group, [&]<class G>(GroupTag<G>) -> util::Result<std::string> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.error();
        std::string lines;
        for (const auto& cert : *certs) lines += write_signed_message(cert.bytes) + "\n";
        return sha_b64(lines);
    });
}

util::Result<Contribution> make_contribution(const Setting& setting, std::string_view seed, const std::vector<std::string>& texts) {
    if (!is_seed(seed)) return ceremony_fault("not a seed");
    return in_group<Contribution>(setting.group, [&]<class G>(GroupTag<G>) -> util::Result<Contribution> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.error();
        auto polynomial = make_polynomial<G>(seed, *certs);
        if (!polynomial) return polynomial.error();
        auto commitment = commit_to_polynomial<G>(*polynomial).value();
        return Contribution{std::move(*polynomial), std::move(commitment)};
    });
}

util::Result<std::vector<std::string>> route(const Setting& setting, const std::vector<std::string>& texts,
                                             const std::vector<std::string>& commitments,
                                             const std::vector<std::string>& polynomials) {
    using Inputs = std::vector<std::string>;
    return in_group<Inputs>(setting.group, [&]<class G>(GroupTag<G>) -> util::Result<Inputs> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.error();
        const auto checked = check_polynomials<G>(*certs, commitments, polynomials);
        if (!checked) return checked.error();
        Inputs inputs;
        for (std::size_t j = 1; j <= certs->size(); ++j) inputs.push_back(make_vinput<G>(*checked, j));
        return inputs;
    });
}

util::Result<Share> finish(const Setting& setting, std::string_view seed, const std::vector<std::string>& texts,
                           const std::vector<std::string>& commitments, std::string_view input) {
    if (!is_seed(seed)) return ceremony_fault("not a seed");
    return in_group<Share>(setting.group, [&]<class G>(GroupTag<G>) -> util::Result<Share> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.error();
        auto output = finish_share<G>(seed, *certs, commitments, input);
        if (!output) return output.error();
        return Share{write_holder_file(seed, output->private_key), std::move(output->public_key)};
    });
}

util::Result<std::string> assemble(const Setting& setting, const std::vector<std::string>& texts,
                                   const std::vector<std::string>& commitments, const std::vector<std::string>& polynomials,
                                   const std::vector<std::string>& public_keys) {
    return in_group<std::string>(setting.group, [&]<class G>(GroupTag<G>) -> util::Result<std::string> {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.error();
        const auto checked = check_polynomials<G>(*certs, commitments, polynomials);
        if (!checked) return checked.error();
        return assemble_record<G>(*certs, *checked, public_keys);
    });
}

util::Status check_record(const Setting& setting, const std::vector<std::string>& texts,
                          const std::vector<std::string>& commitments, std::string_view trustees_record) {
    return in_group<util::Done>(setting.group, [&]<class G>(GroupTag<G>) -> util::Status {
        const auto certs = all_certs<G>(setting, texts);
        if (!certs) return certs.error();
        if (commitments.size() != certs->size()) return ceremony_fault("a commitment is missing");
        const auto trustees = read_trustees<G>(trustees_record);
        if (!trustees) return trustees.error();
        Reader in(trustees_record);
        in.literal(R"([["Pedersen",)");
        const auto item = read_pedersen<G>(in);
        in.literal("]]");
        if (!in.at_end()) return ceremony_fault("the record has other trustees beside this ceremony's");
        if (item.certs.size() != certs->size() || item.threshold != setting.threshold)
            return ceremony_fault("the record has another number of holders or another threshold");
        for (std::size_t i = 0; i < certs->size(); ++i) {
            const std::string which = std::to_string(i + 1) + ": ";
            if (write_signed_message(item.certs[i]) != write_signed_message((*certs)[i].bytes))
                return ceremony_fault("cert " + which + "the record has another one");
            if (sha_hex("coefexps|" + write_signed_message(item.coefexps[i])) != commitments[i])
                return ceremony_fault("polynomial " + which + "coefexps are not those committed to");
        }
        return util::Done{};
    });
}

util::Result<std::string> confirm(std::string_view group, std::string_view trustees_record, std::string_view key_file) {
    return in_group<std::string>(group, [&]<class G>(GroupTag<G>) { return confirm_record<G>(trustees_record, key_file); });
}

util::Status check_confirmations(std::string_view group, std::string_view trustees_record,
                                 const std::vector<std::string>& confirmations) {
    return in_group<util::Done>(
        group, [&]<class G>(GroupTag<G>) { return check_record_confirmations<G>(trustees_record, confirmations); });
}

util::Status check_key_file(std::string_view group, std::string_view trustees_record, unsigned owner, std::string_view key_file) {
    return in_group<util::Done>(group, [&]<class G>(GroupTag<G>) -> util::Status {
        const auto trustees = read_trustees<G>(trustees_record);
        if (!trustees) return trustees.error();
        const auto place = trustees->find_owner(owner);
        if (!place) return ceremony_fault("owner out of range");
        if (!open_trustee_key<G>(key_file, trustees->key_of(*place)))
            return ceremony_fault("the key file does not open, or is not trustee " + std::to_string(owner) + "'s");
        return util::Done{};
    });
}

util::Result<std::string> prove_possession(std::string_view group, std::string_view trustees_record, unsigned owner,
                                           std::string_view key_file, std::string_view challenge) {
    return in_group<std::string>(group, [&]<class G>(GroupTag<G>) -> util::Result<std::string> {
        const auto trustees = read_trustees<G>(trustees_record);
        if (!trustees) return trustees.error();
        const auto place = trustees->find_owner(owner);
        if (!place) return ceremony_fault("owner out of range");
        const auto& X = trustees->key_of(*place);
        const auto x = open_trustee_key<G>(key_file, X);
        if (!x) return ceremony_fault("the key file does not open, or is not trustee " + std::to_string(owner) + "'s");
        return write_proof(prove_knowledge<G>(possession_prefix(trustees_record, owner, X.text, challenge), **x));
    });
}

util::Status check_possession(std::string_view group, std::string_view trustees_record, unsigned owner,
                              std::string_view challenge, std::string_view text) {
    return in_group<util::Done>(group, [&]<class G>(GroupTag<G>) -> util::Status {
        const auto trustees = read_trustees<G>(trustees_record);
        if (!trustees) return trustees.error();
        const auto place = trustees->find_owner(owner);
        if (!place) return ceremony_fault("owner out of range");
        const auto proof = read_whole<Proof<G>>(text, read_proof<G>);
        if (!proof) return ceremony_fault("proof of possession: not in canonical form");
        const auto& X = trustees->key_of(*place);
        if (!verify_knowledge<G>(possession_prefix(trustees_record, owner, X.text, challenge), X.point, *proof))
            return ceremony_fault("proof of possession: it is not of this key, this record and this challenge");
        return util::Done{};
    });
}

}  // namespace crypto::ceremony
