// SPDX-License-Identifier: AGPL-3.0-or-later
// A ceremony played whole by its pure steps, for the suites that spoil its messages or its record.
#pragma once

#include <boost/test/unit_test.hpp>

#include "crypto/forge.hpp"
#include "crypto/trustees/ceremony.hpp"

namespace test {

namespace ceremony = crypto::ceremony;

// A ceremony of ours up to the messages that a test spoils.
struct Played {
    ceremony::Setting setting;
    std::vector<ceremony::Identity> identities;
    std::vector<std::string> certs, polynomials, commitments, inputs, public_keys;
    std::vector<util::SecretText> key_files;
    std::string record;

    explicit Played(ceremony::Setting s) : setting(std::move(s)) {
        for (unsigned i = 1; i <= setting.holders; ++i) {
            identities.push_back(need(ceremony::make_identity(setting, i)));
            certs.push_back(identities.back().cert);
        }
        for (const auto& identity : identities) {
            auto contribution = need(ceremony::make_contribution(setting, identity.seed.view(), certs));
            polynomials.push_back(std::move(contribution.polynomial));
            commitments.push_back(std::move(contribution.commitment));
        }
        inputs = need(ceremony::route(setting, certs, commitments, polynomials));
        for (unsigned j = 0; j < setting.holders; ++j) {
            auto share = need(ceremony::finish(setting, identities[j].seed.view(), certs, commitments, inputs[j]));
            key_files.push_back(std::move(share.key_file));
            public_keys.push_back(std::move(share.public_key));
        }
        record = need(ceremony::assemble(setting, certs, commitments, polynomials, public_keys));
    }
};

template <class T>
bool fails_with(const util::Result<T>& result, const std::string& reason) {
    if (result.has_value()) return false;
    if (result.error().detail.find(reason) == std::string::npos) {
        BOOST_TEST_MESSAGE("wanted: " + reason + ", got: " + result.error().detail);
        return false;
    }
    return true;
}

}  // namespace test
