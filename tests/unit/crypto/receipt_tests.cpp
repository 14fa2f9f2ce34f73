// SPDX-License-Identifier: AGPL-3.0-or-later
// Receipts: one writing, one signature, both checked.
#include "crypto/receipt.hpp"

#include <boost/test/unit_test.hpp>

#include "util/signature.hpp"

namespace receipt_tests {

using namespace crypto;

namespace {
const util::Instant k_at = util::from_sql("2026-12-03 09:00:00").value();
}

BOOST_AUTO_TEST_CASE(a_receipt_verifies_and_is_the_same_twice) {
    const util::SigningKeys keys = util::make_signing_keys();
    const std::string receipt = make_receipt(keys.secret_key.view(), "uuid", "tracker+/", k_at);
    BOOST_TEST(receipt.starts_with(
        "{\"version\":1,\"scrutin\":\"uuid\",\"tracker\":\"tracker+/\",\"at\":\"2026-12-03T09:00:00Z\",\"signature\":\""));
    BOOST_TEST(verify_receipt(keys.public_key, receipt));
    BOOST_TEST(receipt == make_receipt(keys.secret_key.view(), "uuid", "tracker+/", k_at));
}

BOOST_AUTO_TEST_CASE(an_altered_receipt_is_refused) {
    const util::SigningKeys keys = util::make_signing_keys();
    const std::string receipt = make_receipt(keys.secret_key.view(), "uuid", "tracker", k_at);
    BOOST_TEST(!verify_receipt(util::make_signing_keys().public_key, receipt));
    for (std::size_t i = 0; i < receipt.size(); ++i) {
        std::string wrong = receipt;
        wrong[i] = static_cast<char>(wrong[i] ^ 1);
        BOOST_TEST(!verify_receipt(keys.public_key, wrong), wrong);
    }
    BOOST_TEST(!verify_receipt(keys.public_key, " " + receipt));
    BOOST_TEST(!verify_receipt(keys.public_key, "{}"));
    BOOST_TEST(!verify_receipt(keys.public_key, ""));
}

}  // namespace receipt_tests
