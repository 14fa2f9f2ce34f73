// SPDX-License-Identifier: AGPL-3.0-or-later
// Signing keys as texts.
#include "util/signature.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace signature_tests {

using namespace util;

BOOST_AUTO_TEST_CASE(a_signature_is_of_its_key_and_its_message) {
    const SigningKeys keys = make_signing_keys();
    BOOST_TEST(public_key_of(keys.secret_key.view()) == keys.public_key);
    const std::string signature = sign(keys.secret_key.view(), "message");
    BOOST_TEST(verify_signature(keys.public_key, "message", signature));
    BOOST_TEST(!verify_signature(keys.public_key, "message ", signature));
    BOOST_TEST(!verify_signature(make_signing_keys().public_key, "message", signature));
}

BOOST_AUTO_TEST_CASE(bad_keys_are_told) {
    BOOST_CHECK_THROW(static_cast<void>(public_key_of("short")), std::runtime_error);
    BOOST_CHECK_THROW(static_cast<void>(sign("", "m")), std::runtime_error);
    BOOST_TEST(!verify_signature("short", "m", "s"));
}

}  // namespace signature_tests
