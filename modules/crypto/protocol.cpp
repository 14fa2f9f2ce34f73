// SPDX-License-Identifier: AGPL-3.0-or-later
// protocol.hpp outside of Election: from group names to the generic code.
#include "crypto/protocol.hpp"

#include "crypto/archive/format.hpp"
#include "crypto/groups.hpp"
#include "crypto/trustees/ceremony_steps.hpp"

namespace crypto {

namespace {
util::Failure unknown_group(std::string_view name) {
    return util::failure(util::Fault::invalid, "unknown group " + std::string(name));
}
}  // namespace

std::optional<std::string> derive_public_key(std::string_view group, std::string_view uuid, std::string_view code) {
    return with_group(
        group,
        [&]<class G>(GroupTag<G>) -> std::optional<std::string> {
            const auto sk = derive_secret<typename G::Scalar>(uuid, code);
            if (!sk) return std::nullopt;
            return G::generator_power_text_secret(**sk);
        },
        [] { return std::nullopt; });
}

KeyPair make_single_trustee(std::string_view group) {
    return with_group(
        group,
        []<class G>(GroupTag<G>) {
            const auto single = make_single_key<G>();
            return KeyPair{join_secret({"\"", single.x->text_secret().view(), "\""}), write_trustee_key(single.key)};
        },
        []() -> KeyPair {
            ENSURE(false && "unknown group");
            return {};
        });
}

util::Result<std::string> make_trustees_record(const std::vector<std::string>& single_public_keys) {
    std::string record = "[";
    for (const auto& key : single_public_keys) {
        const auto json = util::parse_json(key);
        if (!json || !json->is_object()) return util::failure(util::Fault::invalid, "a public key record is not a JSON object");
        record += (record.size() > 1 ? R"(,["Single",)" : R"(["Single",)") + key + "]";
    }
    if (record.size() == 1) return util::failure(util::Fault::invalid, "no trustee");
    return record + "]";
}

util::Result<std::string> election_public_key(std::string_view group, std::string_view trustees_record) {
    return with_group(
        group,
        [&]<class G>(GroupTag<G>) -> util::Result<std::string> {
            const auto trustees = read_trustees<G>(trustees_record);
            if (!trustees) return trustees.error();
            return G::encode(trustees->public_key);
        },
        [&]() -> util::Result<std::string> { return unknown_group(group); });
}

namespace {

template <class G>
util::Result<Ceremony> play_ceremony(unsigned holders, unsigned threshold) {
    std::vector<util::SecretText> seeds;
    std::vector<std::string> cert_texts, polynomials, commitments, public_keys;
    for (unsigned i = 1; i <= holders; ++i) {
        seeds.emplace_back(random_base58(22));
        cert_texts.push_back(make_cert<G>(seeds.back().view(), holders, threshold, i));
    }
    const auto certs = check_certs<G>(cert_texts, threshold);
    if (!certs) return certs.error();
    for (const auto& seed : seeds) {
        const auto polynomial = make_polynomial<G>(seed.view(), *certs);
        if (!polynomial) return polynomial.error();
        commitments.push_back(commit_to_polynomial<G>(*polynomial).value());
        polynomials.push_back(*polynomial);
    }
    const auto checked = check_polynomials<G>(*certs, commitments, polynomials);
    if (!checked) return checked.error();
    Ceremony ceremony;
    for (unsigned j = 1; j <= holders; ++j) {
        const auto seed = seeds[j - 1].view();
        const auto output = finish_share<G>(seed, *certs, commitments, make_vinput<G>(*checked, j));
        if (!output) return output.error();
        public_keys.push_back(output->public_key);
        ceremony.keys.push_back(write_holder_file(seed, output->private_key));
    }
    auto record = assemble_record<G>(*certs, *checked, public_keys);
    if (!record) return record.error();
    ceremony.record = std::move(*record);
    return ceremony;
}

}  // namespace

Ceremony run_ceremony(std::string_view group, unsigned holders, unsigned threshold) {
    ENSURE(threshold >= 2 && threshold < holders && holders <= k_max_holders);
    return with_group(
        group,
        [&]<class G>(GroupTag<G>) {
            // The toy group has so few keys that two holders may draw the same, which every reader refuses: draw again. In the
            // others a failure is a fault of the program.
            for (;;) {
                auto ceremony = play_ceremony<G>(holders, threshold);
                if (ceremony) return std::move(*ceremony);
                ENSURE(G::k_name == Toy607::k_name);
            }
        },
        []() -> Ceremony {
            ENSURE(false && "unknown group");
            return {};
        });
}

std::string setup_event_hash(std::string_view election, std::string_view trustees, std::string_view public_creds_hash) {
    return sha_hex(
        write_event("", 0, "Setup", sha_hex(write_setup_hashes(sha_hex(election), sha_hex(trustees), public_creds_hash))));
}

std::string make_owned(unsigned owner, std::string_view partial) {
    return R"({"owner":)" + std::to_string(owner) + R"(,"payload":")" + sha_hex(partial) + "\"}";
}

}  // namespace crypto
