// SPDX-License-Identifier: AGPL-3.0-or-later
// The threshold record as an archive holds it: each of its parts spoiled in turn.
#include "crypto/groups.hpp"
#include "crypto/protocol.hpp"
#include "crypto/trustees/ceremony_steps.hpp"
#include "crypto/trustees/played_ceremony.hpp"

namespace record_tests {

using crypto::Ed25519;
using test::fails_with;
using test::Played;
using test::replaced;

BOOST_AUTO_TEST_SUITE(trustees_record_tests)

// Checks 10.13 to 10.17, on the record as an archive holds it.
BOOST_AUTO_TEST_CASE(forged_threshold_records_are_refused) {
    const Played played({"Ed25519", 3, 2});
    const std::string& good = played.record;
    const auto check = [&](const std::string& record, const char* reason) {
        return fails_with(crypto::election_public_key("Ed25519", record), reason);
    };
    BOOST_TEST(crypto::election_public_key("Ed25519", good).has_value());
    BOOST_TEST(check(replaced(good, "\"threshold\":2", "\"threshold\":1"), "context does not match"));
    BOOST_TEST(check(replaced(good, "\"threshold\":2", "\"threshold\":3"), "1 <= t < n"));
    BOOST_TEST(check(replaced(good, "\"threshold\":2", "\"threshold\":0"), "1 <= t < n"));
    using Text = crypto::PedersenText<Ed25519>;
    const auto edited = [&](auto edit) {
        crypto::Reader in(good);
        in.literal(R"([["Pedersen",)");
        Text p = crypto::read_pedersen<Ed25519>(in);
        edit(p);
        return R"([["Pedersen",)" + crypto::write_pedersen(p) + "]]";
    };
    BOOST_TEST((edited([](Text&) {}) == good));
    BOOST_TEST(
        check(edited([](Text& p) { std::rotate(p.certs.begin(), p.certs.begin() + 1, p.certs.end()); }), "context does not match"));
    BOOST_TEST(check(edited([](Text& p) { std::swap(p.coefexps[0], p.coefexps[1]); }), "coefexps 1: signature"));
    BOOST_TEST(check(edited([](Text& p) { std::swap(p.signatures[0], p.signatures[1]); }), "coefexps 1: certs signature"));
    BOOST_TEST(check(edited([](Text& p) { p.signatures.clear(); }), "differ in number"));
    BOOST_TEST(check(edited([](Text& p) { p.verification_keys.pop_back(); }), "differ in number"));
    BOOST_TEST(check(edited([](Text& p) { std::swap(p.verification_keys[0], p.verification_keys[1]); }),
                     "is not the one of the coefexps"));
    BOOST_TEST(check(edited([](Text& p) { p.verification_keys[2].pok = p.verification_keys[1].pok; }), "proof of possession"));
    BOOST_TEST(check(edited([](Text& p) { p.verification_keys[2].signature = p.verification_keys[1].signature; }),
                     "verification key 3: signature"));
    // The 2.5.1 form is accepted (with a remark); the 2.0 form, without context nor signatures, is not.
    BOOST_TEST(crypto::election_public_key("Ed25519", edited([](Text& p) {
                                               for (auto& key : p.verification_keys) key.is_signed = false;
                                           }))
                   .has_value());
    const std::size_t at = good.find(",\"signatures\":"), end = good.find(",\"verification_keys\":");
    BOOST_TEST(check(good.substr(0, at) + good.substr(end), "not canonical"));
    // A coefexp outside the group, or the identity first, signed by its holder.
    const crypto::HolderKeys<Ed25519> holder(played.identities[0].seed.view());
    const auto coefexps = [&](const std::string& first, const std::string& second) {
        return edited([&](Text& p) {
            p.coefexps[0] = crypto::sign_message<Ed25519>(crypto::write_coefexps_message<Ed25519>({first, second}), *holder.sk);
        });
    };
    const std::string one = std::string(63, '0') + "1", g = Ed25519::encode(Ed25519::generator());
    BOOST_TEST(check(coefexps(one, g), "identity as constant term"));
    BOOST_TEST(check(coefexps(g, std::string(64, '0')), "outside the group"));
    BOOST_TEST(check(coefexps(g, one), "certs signature"));  // the identity is allowed there: the next check speaks
}

// A holder who answers the others' leading coefficients makes a key that fewer decrypt than the record says.
BOOST_AUTO_TEST_CASE(leading_coefficients_that_cancel_are_refused) {
    const Played played({"Ed25519", 4, 3});
    const auto certs = test::need(crypto::check_certs<Ed25519>(played.certs, 3));
    auto polynomials = test::need(crypto::check_polynomials<Ed25519>(certs, played.commitments, played.polynomials));
    std::vector<Ed25519::Element> sum;
    std::vector<std::string> last;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto coefexps =
            test::need(crypto::check_coefexps<Ed25519>(polynomials[i].coefexps, 3, certs[i].verification.point, i + 1));
        if (i < 3) crypto::add_polynomial<Ed25519>(sum, coefexps);
        else last = crypto::texts_of(coefexps);
    }
    last[2] = Ed25519::encode(Ed25519::invert_var(sum[2]));
    const crypto::HolderKeys<Ed25519> holder(played.identities[3].seed.view());
    auto& forged = polynomials[3];
    forged.coefexps = crypto::sign_message<Ed25519>(crypto::write_coefexps_message<Ed25519>(last), *holder.sk);
    forged.signature = crypto::prove_knowledge<Ed25519>(crypto::pki_prefix(crypto::certs_message(certs, last)), *holder.sk);
    // The office sees it when it gathers the polynomials.
    auto commitments = played.commitments;
    auto texts = played.polynomials;
    texts[3] = crypto::write_polynomial(forged);
    commitments[3] = crypto::commitment_to(forged.coefexps);
    BOOST_TEST(fails_with(test::ceremony::route(played.setting, played.certs, commitments, texts), "leading coefficients cancel"));
    // And whoever reads the record.
    crypto::Reader in(played.record);
    in.literal(R"([["Pedersen",)");
    auto item = crypto::read_pedersen<Ed25519>(in);
    item.coefexps[3] = forged.coefexps;
    item.signatures[3] = forged.signature;
    BOOST_TEST(fails_with(crypto::election_public_key("Ed25519", R"([["Pedersen",)" + crypto::write_pedersen(item) + "]]"),
                          "leading coefficients cancel"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace record_tests
