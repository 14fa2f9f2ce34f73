// SPDX-License-Identifier: AGPL-3.0-or-later
// What an elector's files hold, in each form they come in.
#include "auditor/receipt_file.hpp"

#include <boost/test/unit_test.hpp>

#include "crypto/tlog_proof.hpp"

namespace receipt_file_tests {

using auditor::read_receipt_file;

namespace {
const std::string k_receipt = R"({"version":1,"scrutin":"u","tracker":"a+/b","at":"t","signature":"s-_"})";
const std::string k_proof = std::string(crypto::tlog::k_proof_heading) + "index 0\n\nnote";
}  // namespace

BOOST_AUTO_TEST_CASE(a_receipt_is_found_alone_and_before_its_proof) {
    BOOST_TEST(read_receipt_file(k_receipt).receipt == k_receipt);
    BOOST_TEST(read_receipt_file(k_receipt + "\n").receipt == k_receipt);
    BOOST_TEST(read_receipt_file(k_receipt + "\r\n").receipt == k_receipt);
    BOOST_TEST(read_receipt_file(k_proof).proof == k_proof);
    BOOST_TEST(read_receipt_file(k_proof).receipt == "");
    const auto both = read_receipt_file(k_receipt + "\n" + k_proof);
    BOOST_TEST(both.receipt == k_receipt);
    BOOST_TEST(both.proof == k_proof);
}

BOOST_AUTO_TEST_CASE(a_receipt_is_found_in_a_pdf_with_its_escapes) {
    const std::string escaped = R"(\173"version":1,"scrutin":"u","tracker":"a+\057b","at":"t","signature":"s-_"})";
    BOOST_TEST(read_receipt_file("%PDF-1.3\n1 0 obj\n<<\n/Keywords (" + escaped + ")\n>>").receipt == k_receipt);
    BOOST_TEST(read_receipt_file("%PDF-1.3\n/Keywords <FEFF>").receipt == "");
    BOOST_TEST(read_receipt_file("%PDF-1.3").receipt == "");
    BOOST_TEST(read_receipt_file("%PDF-1.3 /Keywords (\\").receipt == "");
}

BOOST_AUTO_TEST_CASE(other_files_hold_nothing) {
    for (const char* other : {"", "BELENIOS", "c2sp.org/tlog-proof@v2\n", "\n"}) {
        BOOST_TEST(read_receipt_file(other).receipt == "", other);
        BOOST_TEST(read_receipt_file(other).proof == "", other);
    }
}

}  // namespace receipt_file_tests
