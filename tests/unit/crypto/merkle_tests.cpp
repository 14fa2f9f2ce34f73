// SPDX-License-Identifier: AGPL-3.0-or-later
// The log's tree against the definition of RFC 9162 written out naively, against roots published with Certificate
// Transparency, and against every wrong proof that a small tree allows.
#include "crypto/merkle.hpp"

#include <boost/test/unit_test.hpp>

#include "util/bytes.hpp"

namespace merkle_tests {

namespace {

using crypto::merkle::Proof;
using crypto::merkle::verify_consistency;
using crypto::merkle::verify_inclusion;

std::string leaf_number(std::size_t number) { return util::sha256("ballot " + std::to_string(number)); }

// MTH of RFC 9162 section 2.1.1, as it is written there.
std::string naive_root(const std::vector<std::string>& leaves) {
    if (leaves.empty()) return util::sha256("");
    if (leaves.size() == 1) return util::sha256(std::string(1, '\x00') + leaves[0]);
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    const auto middle = leaves.begin() + static_cast<std::ptrdiff_t>(k);
    return util::sha256(std::string(1, '\x01') + naive_root({leaves.begin(), middle}) + naive_root({middle, leaves.end()}));
}

constexpr std::size_t k_largest = 33;

crypto::merkle::Tree tree_of(std::size_t size) {
    crypto::merkle::Tree tree;
    for (std::size_t i = 0; i < size; ++i) tree.append(leaf_number(i));
    return tree;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(merkle_tests)

BOOST_AUTO_TEST_CASE(roots_are_those_published_with_certificate_transparency) {
    const std::vector<std::string> inputs = {
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    const std::vector<std::string> roots = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    crypto::merkle::Tree tree;
    crypto::merkle::Frontier frontier;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        tree.append(*util::from_hex(inputs[i]));
        frontier.append(*util::from_hex(inputs[i]));
        BOOST_TEST(util::to_hex(tree.root(i + 1)) == roots[i]);
        BOOST_TEST(util::to_hex(frontier.root()) == roots[i]);
    }
}

BOOST_AUTO_TEST_CASE(tree_and_frontier_agree_with_the_definition_at_every_size) {
    const auto tree = tree_of(k_largest);
    crypto::merkle::Frontier frontier;
    std::vector<std::string> leaves;
    for (std::size_t size = 0; size <= k_largest; ++size) {
        BOOST_TEST(tree.root(size) == naive_root(leaves));
        BOOST_TEST(frontier.root() == naive_root(leaves));
        BOOST_TEST(frontier.size() == size);
        frontier.append(leaf_number(size));
        leaves.push_back(leaf_number(size));
    }
}

BOOST_AUTO_TEST_CASE(every_leaf_is_proved_in_every_tree_and_nowhere_else) {
    const auto tree = tree_of(k_largest);
    for (std::size_t size = 1; size <= k_largest; ++size) {
        const auto root = tree.root(size);
        for (std::size_t index = 0; index < size; ++index) {
            const auto proof = tree.prove_inclusion(index, size);
            BOOST_TEST(verify_inclusion(leaf_number(index), index, size, proof, root));
            BOOST_TEST(!verify_inclusion(leaf_number(index + 1), index, size, proof, root));
            // A position is proved too: the same hashes never serve another index of this tree.
            for (std::size_t other = 0; other < size; ++other) {
                if (other != index) BOOST_TEST(!verify_inclusion(leaf_number(index), other, size, proof, root));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(altered_inclusion_proofs_are_refused) {
    const auto tree = tree_of(13);
    const auto root = tree.root(13);
    const auto proof = tree.prove_inclusion(11, 13);
    for (std::size_t i = 0; i < proof.size(); ++i) {
        Proof altered = proof;
        altered[i][7] = static_cast<char>(altered[i][7] ^ 1);
        BOOST_TEST(!verify_inclusion(leaf_number(11), 11, 13, altered, root));
        altered = proof;
        altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(i));
        BOOST_TEST(!verify_inclusion(leaf_number(11), 11, 13, altered, root));
        altered = proof;
        altered[i].pop_back();
        BOOST_TEST(!verify_inclusion(leaf_number(11), 11, 13, altered, root));
    }
    Proof longer = proof;
    longer.push_back(leaf_number(0));
    BOOST_TEST(!verify_inclusion(leaf_number(11), 11, 13, longer, root));
    BOOST_TEST(!verify_inclusion(leaf_number(11), 13, 13, proof, root));
    BOOST_TEST(!verify_inclusion(leaf_number(11), 11, 0, proof, root));
}

BOOST_AUTO_TEST_CASE(every_tree_is_proved_to_begin_with_every_older_one) {
    const auto tree = tree_of(k_largest);
    for (std::size_t size = 0; size <= k_largest; ++size) {
        for (std::size_t old_size = 0; old_size <= size; ++old_size) {
            const auto proof = tree.prove_consistency(old_size, size);
            BOOST_TEST(verify_consistency(old_size, tree.root(old_size), size, tree.root(size), proof));
            if (old_size == size) continue;
            BOOST_TEST(!verify_consistency(old_size, leaf_number(0), size, tree.root(size), proof));
            if (old_size > 0) BOOST_TEST(!verify_consistency(old_size, tree.root(old_size), size, leaf_number(0), proof));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_log_that_rewrote_a_leaf_has_no_consistency_proof) {
    const std::size_t old_size = 6;
    const auto honest = tree_of(old_size);
    for (std::size_t rewritten = 0; rewritten < old_size; ++rewritten) {
        crypto::merkle::Tree forged;
        for (std::size_t i = 0; i < 11; ++i) forged.append(leaf_number(i == rewritten ? 100 : i));
        const auto proof = forged.prove_consistency(old_size, 11);
        BOOST_TEST(!verify_consistency(old_size, honest.root(old_size), 11, forged.root(11), proof));
    }
}

BOOST_AUTO_TEST_CASE(altered_consistency_proofs_are_refused) {
    const auto tree = tree_of(13);
    for (const std::size_t old_size : {1u, 4u, 6u, 7u, 8u, 12u}) {
        const auto proof = tree.prove_consistency(old_size, 13);
        for (std::size_t i = 0; i < proof.size(); ++i) {
            Proof altered = proof;
            altered[i][0] = static_cast<char>(altered[i][0] ^ 1);
            BOOST_TEST(!verify_consistency(old_size, tree.root(old_size), 13, tree.root(13), altered));
            altered = proof;
            altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(i));
            BOOST_TEST(!verify_consistency(old_size, tree.root(old_size), 13, tree.root(13), altered));
        }
        Proof longer = proof;
        longer.push_back(leaf_number(0));
        BOOST_TEST(!verify_consistency(old_size, tree.root(old_size), 13, tree.root(13), longer));
    }
    BOOST_TEST(!verify_consistency(5, tree.root(5), 4, tree.root(4), {}));
    BOOST_TEST(verify_consistency(0, crypto::merkle::empty_root(), 4, tree.root(4), {}));
    BOOST_TEST(!verify_consistency(0, tree.root(1), 4, tree.root(4), {}));
}

BOOST_AUTO_TEST_CASE(the_signed_text_of_a_head_names_scrutin_size_and_root) {
    BOOST_TEST(crypto::merkle::head_message("ABCdef123", 3, std::string(32, '\x0f')) ==
               "portail-log|1|ABCdef123|3|0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace merkle_tests
