// SPDX-License-Identifier: AGPL-3.0-or-later
// The audit chain: each field and the entry before it change the hash.
#include "domain/audit.hpp"

#include <boost/test/unit_test.hpp>

#include "util/bytes.hpp"

namespace audit_tests {

using domain::audit_hash;
using domain::k_audit_start;

BOOST_AUTO_TEST_CASE(the_hash_covers_every_field_and_what_came_before) {
    const std::string hash = audit_hash(k_audit_start, "2026-12-03 09:00:00", "officer", "open", "ctm");
    BOOST_TEST(hash == util::sha256_hex(std::string(64, '0') + "|2026-12-03 09:00:00|officer|open|ctm"));
    BOOST_TEST(hash != audit_hash(hash, "2026-12-03 09:00:00", "officer", "open", "ctm"));
    BOOST_TEST(hash != audit_hash(k_audit_start, "2026-12-03 09:00:01", "officer", "open", "ctm"));
    BOOST_TEST(hash != audit_hash(k_audit_start, "2026-12-03 09:00:00", "Officer", "open", "ctm"));
    BOOST_TEST(hash != audit_hash(k_audit_start, "2026-12-03 09:00:00", "officer", "close", "ctm"));
    BOOST_TEST(hash != audit_hash(k_audit_start, "2026-12-03 09:00:00", "officer", "open", "cta"));
}

}  // namespace audit_tests
