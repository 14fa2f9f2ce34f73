// SPDX-License-Identifier: AGPL-3.0-or-later
// SPECIFICATION.md 10, events, tally, result and file; as in forgeries_tests.cpp.
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include "crypto/forge.hpp"

namespace forgeries_count_tests {

namespace {

using Groups = boost::mpl::list<crypto::Belenios2048, crypto::Ed25519>;
using test::Chain;
using test::Forge;
using test::refused;
using test::replaced;

}  // namespace

BOOST_AUTO_TEST_SUITE(forgeries_count_tests)

BOOST_AUTO_TEST_CASE_TEMPLATE(no_end_ballots_event, G, Groups) {
    const Forge<G> forge;
    Chain chain;
    forge.set_up(chain);
    forge.cast(chain);
    forge.count(chain);
    BOOST_TEST(refused(chain.bytes, "out of order (EncryptedTally)"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(no_encrypted_tally_event, G, Groups) {
    const Forge<G> forge;
    Chain chain;
    forge.set_up(chain);
    forge.cast(chain);
    chain.event("EndBallots", {});
    forge.decrypt(chain);
    BOOST_TEST(refused(chain.bytes, "out of order (PartialDecryption)"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(encrypted_tally_record_wrong, G, Groups) {
    Forge<G> forge;
    forge.recount({forge.ballots[0], forge.ballots[1]});  // decryptions and result agree with the wrong tally
    BOOST_TEST(refused(forge.archive(), "differs from the product of the ballots"));
    // Not even of the election's dimensions.
    Forge<G> empty;
    empty.tally.encrypted_tally = "[[]]";
    BOOST_TEST(refused(empty.archive(), "differs from the product of the ballots"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(num_tallied_wrong, G, Groups) {
    Forge<G> forge;
    forge.tally.sized = replaced(forge.tally.sized, "\"num_tallied\":3", "\"num_tallied\":2");
    BOOST_TEST(refused(forge.archive(), "num_tallied, total_weight or hash"));
    Forge<G> weight;
    weight.tally.sized = replaced(weight.tally.sized, "\"total_weight\":3", "\"total_weight\":4");
    BOOST_TEST(refused(weight.archive(), "num_tallied, total_weight or hash"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(result_wrong, G, Groups) {
    Forge<G> forge;
    forge.result = R"({"result":[[1,2,0]]})";
    BOOST_TEST(refused(forge.archive(), "differs from the decryption (result[0][1])"));
    for (const char* writing :
         {R"({"result":[[1,1]]})", R"({"result":[[1,1,"1"]]})", R"({"result":[[1,01,1]]})", R"({"result": [[1,1,1]]})"}) {
        forge.result = writing;
        BOOST_TEST(refused(forge.archive(), "canonical form"));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ballot_after_end_ballots_result_of_the_last_run, G, Groups) {
    Forge<G> forge;
    Chain chain;
    forge.set_up(chain);
    forge.cast(chain, {0, 1});
    chain.event("EndBallots", {});
    forge.cast(chain, {2});
    Forge<G> last;
    last.recount({forge.ballots[2]});
    last.count(chain);
    BOOST_TEST(refused(chain.bytes, "out of order (Ballot)"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ballot_after_end_ballots_result_of_all, G, Groups) {
    const Forge<G> forge;
    Chain chain;
    forge.set_up(chain);
    forge.cast(chain, {0, 1});
    chain.event("EndBallots", {});
    forge.cast(chain, {2});
    forge.count(chain);
    BOOST_TEST(refused(chain.bytes, "out of order (Ballot)"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(second_setup_mid_chain_result_of_all, G, Groups) {
    const Forge<G> forge;
    Chain chain;
    forge.set_up(chain);
    forge.cast(chain, {0});
    forge.set_up(chain);
    forge.cast(chain, {1, 2});
    forge.close(chain);
    BOOST_TEST(refused(chain.bytes, "out of order (Setup)"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(second_setup_with_ballots_emitted_again, G, Groups) {
    const Forge<G> forge;
    Chain chain;
    forge.set_up(chain);
    forge.cast(chain);
    forge.set_up(chain);
    forge.cast(chain);
    forge.close(chain);
    BOOST_TEST(refused(chain.bytes, "out of order (Setup)"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(timestamp_as_json_number, G, Groups) {
    const Forge<G> forge;
    const std::string good = forge.archive();
    const std::string body = R"({"version":1,"timestamp":1790000000})";
    const std::string head =
        crypto::tar_header("BELENIOS", body.size(), 1'790'000'000) + body + std::string(crypto::tar_padding(body.size()), '\0');
    BOOST_TEST(refused(head + good.substr(1024), "archive header"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(zero_blocks_at_the_end, G, Groups) {
    const Forge<G> forge;
    BOOST_TEST(refused(forge.archive() + std::string(1024, '\0'), "is not exact"));
    BOOST_TEST(refused(forge.archive() + std::string(10, '\0'), "truncated"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(unreferenced_record, G, Groups) {
    const Forge<G> forge;
    Chain chain;
    forge.set_up(chain);
    chain.entry(crypto::sha_hex("{}") + ".data.json", "{}");
    forge.cast(chain);
    forge.close(chain);
    BOOST_TEST(refused(chain.bytes, "records before it are not those it refers to"));
    Chain last;
    forge.set_up(last);
    forge.cast(last);
    forge.close(last);
    last.entry(crypto::sha_hex("{}") + ".data.json", "{}");
    BOOST_TEST(refused(last.bytes, "record that no event refers to"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace forgeries_count_tests
