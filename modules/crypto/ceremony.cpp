// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/ceremony.hpp"

#include "crypto/ceremony_steps.hpp"
#include "crypto/groups.hpp"

namespace crypto::ceremony {

namespace {

template <class T, class Visit>
util::Result<T> in_group(std::string_view name, Visit visit) {
    return with_group(
        name, [&]<class G>(GroupTag<G> tag) -> util::Result<T> { return visit(tag); },
        [&]() -> util::Result<T> { return ceremony_fault("unknown group " + std::string(name)); });
}

// Every later step begins by checking all certs again: no step trusts that another was done.
template <class G>
util::Result<std::vector<Cert<G>>> all_certs(const Setting& setting, const std::vector<std::string>& certs) {
    if (certs.size() != setting.holders) return ceremony_fault("a cert is missing");
    return crypto::check_certs<G>(certs, setting.threshold);
}

bool is_seed(std::string_view seed) { return seed.size() == 22 && is_base58(seed); }

}  // namespace

util::Result<Identity> make_identity(const Setting& setting, unsigned index) {
    if (setting.threshold < 1 || setting.threshold >= setting.holders || setting.holders > k_max_holders)
        return ceremony_fault("threshold: 1 <= t < n does not hold, or too many holders");
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

}  // namespace crypto::ceremony
