// SPDX-License-Identifier: AGPL-3.0-or-later
// Proofs of inclusion as files: one writing, and every bit of what is proved counts.
#include "crypto/tlog_proof.hpp"

#include <boost/test/unit_test.hpp>

#include "util/bytes.hpp"

namespace tlog_proof_tests {

using namespace crypto::tlog;

namespace {
crypto::merkle::Tree tree_of(std::uint64_t size) {
    crypto::merkle::Tree tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.append(util::sha256(std::to_string(i)));
    return tree;
}
}  // namespace

BOOST_AUTO_TEST_CASE(a_proof_is_written_and_read_and_shows_its_entry_alone) {
    for (const std::uint64_t size : {1u, 2u, 7u, 300u}) {
        const auto tree = tree_of(size);
        const Checkpoint checkpoint{"o", size, tree.root(size)};
        for (const std::uint64_t index : {std::uint64_t{0}, size / 2, size - 1}) {
            const InclusionProof made{index, tree.prove_inclusion(index, size), checkpoint.text() + "\nsignatures\n"};
            const auto read = InclusionProof::parse(made.write());
            BOOST_TEST_REQUIRE(read.has_value());
            BOOST_TEST(read->write() == made.write());
            BOOST_TEST(read->note == made.note);
            BOOST_TEST(read->shows(util::sha256(std::to_string(index)), checkpoint));
            BOOST_TEST(!read->shows(util::sha256("other"), checkpoint));
            InclusionProof moved = *read;
            moved.index = index + 1;
            BOOST_TEST(!moved.shows(util::sha256(std::to_string(index)), checkpoint));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_form_is_that_of_the_specification) {
    const std::string hash(43, 'A');
    const std::string text = "c2sp.org/tlog-proof@v1\nindex 12\n" + hash + "=\n\norigin\n1\nroot\n\nsignature\n";
    BOOST_TEST_REQUIRE(InclusionProof::parse(text).has_value());
    BOOST_TEST(InclusionProof::parse(text)->index == 12u);
    BOOST_TEST(InclusionProof::parse(text)->note == "origin\n1\nroot\n\nsignature\n");
    BOOST_TEST(InclusionProof::parse("c2sp.org/tlog-proof@v1\nextra AAAA\nindex 12\n\nx\n").has_value());
    for (const std::string& wrong :
         {std::string(), std::string("c2sp.org/tlog-proof@v1\n"), "c2sp.org/tlog-proof@v1\nindex 012\n\nx\n" + std::string(),
          std::string("c2sp.org/tlog-proof@v1\nindex 1"), std::string("c2sp.org/tlog-proof@v1\nindex -1\n\nx"),
          "c2sp.org/tlog-proof@v1\nindex 1\n" + hash + "\n\nx\n", "c2sp.org/tlog-proof@v1\nindex 1\n" + hash + "=\n",
          "c2sp.org/tlog-proof@v1\nindex 1\n" + std::string(42, 'A') + "B=\n\nx\n"})
        BOOST_TEST(!InclusionProof::parse(wrong).has_value(), wrong);
}

}  // namespace tlog_proof_tests
