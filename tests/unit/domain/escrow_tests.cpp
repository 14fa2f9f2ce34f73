// SPDX-License-Identifier: AGPL-3.0-or-later
// A credential in escrow opens with the réassort key alone.
#include "domain/escrow.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace escrow_tests {

using namespace domain;

namespace {
constexpr const char* k_credential = "7Ueq2-t7vKdR-gZ8mX-1PqWcB";
}

BOOST_AUTO_TEST_CASE(escrow_opens_with_the_reassort_key_only) {
    const EscrowKeys keys = make_escrow_keys(), others = make_escrow_keys();
    const std::string sealed = seal_escrow(keys.public_key, k_credential);
    BOOST_TEST(sealed.size() <= 120U);
    const auto opened = open_escrow(keys.public_key, keys.secret_key.view(), sealed);
    BOOST_REQUIRE(opened);
    BOOST_TEST(opened->view() == k_credential);
    BOOST_TEST(!open_escrow(others.public_key, others.secret_key.view(), sealed));
    BOOST_TEST(!open_escrow(keys.public_key, keys.secret_key.view(), "AAAA"));
    BOOST_TEST(!open_escrow(keys.public_key, "short", sealed));
    BOOST_CHECK_THROW(static_cast<void>(seal_escrow("short", k_credential)), std::runtime_error);
}

}  // namespace escrow_tests
