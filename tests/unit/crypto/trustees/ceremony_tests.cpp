// SPDX-License-Identifier: AGPL-3.0-or-later
// The key ceremony: messages of belenios-tool's ceremonies recomputed, ours played whole, and each message spoiled in turn.
#include "crypto/trustees/ceremony.hpp"

#include <set>

#include "crypto/trustees/ceremony_steps.hpp"
#include "crypto/groups.hpp"
#include "crypto/protocol.hpp"
#include "crypto/trustees/played_ceremony.hpp"

namespace ceremony_tests {

namespace {

namespace ceremony = crypto::ceremony;
using crypto::Belenios2048;
using crypto::Ed25519;
using test::fails_with;
using test::need;
using test::Played;
using test::replaced;

std::vector<std::string> commitments_of(const std::string& group, const std::vector<std::string>& polynomials) {
    std::vector<std::string> all;
    for (const auto& p : polynomials)
        all.push_back(group == "Ed25519" ? *crypto::commit_to_polynomial<Ed25519>(p)
                                         : *crypto::commit_to_polynomial<Belenios2048>(p));
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ceremony_tests)

BOOST_AUTO_TEST_CASE(ceremony_of_version_2_5_1_is_recomputed) {
    const auto folder = test::vectors() / "ed25519-threshold" / "private-trustee-keys";
    const ceremony::Setting setting{"Ed25519", 3, 2};
    const auto certs = test::read_lines(folder / "certs.jsons"), polynomials = test::read_lines(folder / "polynomials.jsons");
    BOOST_TEST(ceremony::check_certs(setting, certs).has_value());
    const auto commitments = commitments_of("Ed25519", polynomials);
    const auto inputs = need(ceremony::route(setting, certs, commitments, polynomials));
    for (unsigned j = 1; j <= 3; ++j) {
        const std::string id = test::read_text(folder / (std::to_string(j) + ".id"));
        const std::string seed = test::read_text(folder / (id + ".key"));
        BOOST_TEST(inputs[j - 1] == test::read_text(folder / (id + ".vinput")));
        const auto share = need(ceremony::finish(setting, seed, certs, commitments, inputs[j - 1]));
        const std::string theirs = test::read_text(folder / (id + ".voutput"));
        const std::size_t at = theirs.find("\"public_key\":{");
        BOOST_TEST(test::value_of(share.public_key, "public_key") == test::value_of(theirs, "public_key", at + 13));
        // Their key, sealed to the same seed, opens too.
        const auto file = crypto::write_holder_file(seed, test::read_text(folder / (id + ".dkey")));
        const std::string record = test::read_text(folder.parent_path() / "trustees.json");
        BOOST_TEST(ceremony::check_key_file("Ed25519", record, j, file.view()).has_value());
        BOOST_TEST(ceremony::check_key_file("Ed25519", record, j, share.key_file.view()).has_value());
    }
}

BOOST_AUTO_TEST_CASE(ceremony_of_version_3_0_is_recomputed_and_assembled_to_the_same_bytes) {
    const auto folder = test::vectors() / "2048-threshold";
    const ceremony::Setting setting{"BELENIOS-2048", 3, 2};
    const auto certs = test::read_lines(folder / "certs.jsons"), polynomials = test::read_lines(folder / "polynomials.jsons");
    const auto commitments = commitments_of(setting.group, polynomials);
    const auto inputs = need(ceremony::route(setting, certs, commitments, polynomials));
    std::vector<std::string> public_keys;
    for (unsigned j = 1; j <= 3; ++j) {
        const std::string seed = test::read_text(folder / (std::to_string(j) + ".key"));
        const auto share = need(ceremony::finish(setting, seed, certs, commitments, inputs[j - 1]));
        const std::string theirs = test::read_text(folder / (std::to_string(j) + ".voutput"));
        const std::size_t at = theirs.find(",\"public_key\":{") + 14;
        public_keys.push_back(theirs.substr(at, theirs.size() - at - 1));
        BOOST_TEST(test::value_of(share.public_key, "public_key") == test::value_of(public_keys.back(), "public_key"));
    }
    const auto record = ceremony::assemble(setting, certs, commitments, polynomials, public_keys);
    BOOST_REQUIRE(record.has_value());
    BOOST_TEST(*record == test::read_text(folder / "trustees.json"));
}

BOOST_AUTO_TEST_CASE(ceremony_of_ours_is_confirmed_by_every_holder) {
    for (const char* group : {"Ed25519", "BELENIOS-2048"}) {
        const Played played({group, 3, 2});
        std::vector<std::string> confirmations;
        for (unsigned j = 1; j <= 3; ++j) {
            confirmations.push_back(need(ceremony::confirm(group, played.record, played.key_files[j - 1].view())));
            BOOST_TEST(ceremony::check_key_file(group, played.record, j, played.key_files[j - 1].view()).has_value());
            BOOST_TEST(!ceremony::check_key_file(group, played.record, j % 3 + 1, played.key_files[j - 1].view()).has_value());
        }
        BOOST_TEST(ceremony::check_confirmations(group, played.record, confirmations).has_value());
        std::swap(confirmations[0], confirmations[1]);
        BOOST_TEST(fails_with(ceremony::check_confirmations(group, played.record, confirmations), "signature"));
        confirmations.pop_back();
        BOOST_TEST(!ceremony::check_confirmations(group, played.record, confirmations).has_value());
    }
}

BOOST_AUTO_TEST_CASE(spoiled_certs_are_refused) {
    const Played played({"Ed25519", 3, 2});
    const auto check = [&](const std::vector<std::string>& certs, const char* reason) {
        return fails_with(ceremony::check_certs(played.setting, certs), reason);
    };
    BOOST_TEST(check({played.certs[1], played.certs[0], played.certs[2]}, "context does not match"));
    BOOST_TEST(check({played.certs[0], played.certs[1]}, "missing"));
    BOOST_TEST(
        check({played.certs[0], played.certs[1], replaced(played.certs[2], test::value_of(played.certs[2], "response"), "1")},
              "signature"));
    BOOST_TEST(check({played.certs[0], played.certs[1], played.certs[2] + " "}, "canonical"));
    // A holder who copies the keys of another under its own number.
    const std::string seed(played.identities[0].seed.view());
    BOOST_TEST(check({played.certs[0], crypto::make_cert<Ed25519>(seed, 3, 2, 2), played.certs[2]}, "equal key"));
    BOOST_TEST(!ceremony::make_identity({"Ed25519", 3, 3}, 1).has_value());
    BOOST_TEST(!ceremony::make_identity({"Ed25519", 3, 0}, 1).has_value());
    BOOST_TEST(!ceremony::make_identity({"Ed25519", 3, 2}, 4).has_value());
    BOOST_TEST(!ceremony::make_identity({"unknown", 3, 2}, 1).has_value());
}

BOOST_AUTO_TEST_CASE(spoiled_polynomials_are_refused) {
    const Played played({"Ed25519", 3, 2});
    const auto route = [&](const std::vector<std::string>& polynomials, const char* reason) {
        return fails_with(ceremony::route(played.setting, played.certs, played.commitments, polynomials), reason);
    };
    // Another polynomial after the commitment: the rushing holder.
    const auto late = need(ceremony::make_contribution(played.setting, played.identities[2].seed.view(), played.certs));
    BOOST_TEST(route({played.polynomials[0], played.polynomials[1], late.polynomial}, "committed"));
    BOOST_TEST(route({played.polynomials[0], played.polynomials[1]}, "missing"));
    const std::size_t last = played.polynomials[2].rfind("\"response\"");
    BOOST_TEST(route({played.polynomials[0], played.polynomials[1],
                      replaced(played.polynomials[2], test::value_of(played.polynomials[2], "response", last), "1", 0, last)},
                     "certs signature"));
    BOOST_TEST(fails_with(ceremony::make_contribution(played.setting, crypto::random_base58(22), played.certs),
                          "no cert is of this seed"));
}

BOOST_AUTO_TEST_CASE(spoiled_inputs_are_refused_by_the_holder) {
    const Played played({"Ed25519", 3, 2});
    const auto finish = [&](const std::string& input, const char* reason) {
        return fails_with(ceremony::finish(played.setting, played.identities[0].seed.view(), played.certs, played.commitments,
                                           input),
                          reason);
    };
    BOOST_TEST(finish(played.inputs[1], "does not open"));
    BOOST_TEST(finish(played.inputs[0].substr(1), "canonical"));
    // A share sealed by another holder than it says.
    const auto p = crypto::read_whole<crypto::PolynomialText<Ed25519>>(played.polynomials[1], crypto::read_polynomial<Ed25519>);
    const auto q = crypto::read_whole<crypto::PolynomialText<Ed25519>>(played.polynomials[2], crypto::read_polynomial<Ed25519>);
    BOOST_TEST(finish(replaced(played.inputs[0], util::json_quote(p->secrets[0]), util::json_quote(q->secrets[0])),
                      "from holder 2: the secret does not open"));
    // A share that is not on the polynomial, rightly sealed and signed.
    const crypto::HolderKeys<Ed25519> liar(played.identities[1].seed.view());
    const crypto::HolderKeys<Ed25519> victim(played.identities[0].seed.view());
    const std::string wrong = crypto::send_channel<Ed25519>(*liar.sk, victim.ek, R"({"secret":"12345"})");
    BOOST_TEST(finish(replaced(played.inputs[0], util::json_quote(p->secrets[0]), util::json_quote(wrong)),
                      "not on the committed polynomial"));
    // One's own polynomial exchanged for another's.
    const auto own = crypto::read_whole<crypto::PolynomialText<Ed25519>>(played.polynomials[0], crypto::read_polynomial<Ed25519>);
    BOOST_TEST(finish(replaced(played.inputs[0], util::json_quote(own->polynomial), util::json_quote(p->polynomial)),
                      "polynomial was exchanged"));
    // Every other spoiled byte of the sealed data is seen.
    std::string bit = played.inputs[0];
    const std::size_t data = bit.find("data\\\":\\\"", bit.find("\"secrets\"")) + 12;
    bit[data] = bit[data] == '0' ? '1' : '0';
    BOOST_TEST(finish(bit, "does not open"));
}

BOOST_AUTO_TEST_CASE(spoiled_outputs_and_records_are_refused) {
    const Played played({"Ed25519", 3, 2});
    const auto assemble = [&](const std::vector<std::string>& keys, const char* reason) {
        return fails_with(ceremony::assemble(played.setting, played.certs, played.commitments, played.polynomials, keys), reason);
    };
    BOOST_TEST(assemble({played.public_keys[1], played.public_keys[0], played.public_keys[2]}, "is not the one of the coefexps"));
    const Played other({"Ed25519", 3, 2});
    BOOST_TEST(assemble({other.public_keys[0], played.public_keys[1], played.public_keys[2]}, "is not the one of the coefexps"));
    // A record that leaves a holder out, or shows another ceremony, is not confirmed.
    BOOST_TEST(fails_with(ceremony::confirm("Ed25519", other.record, played.key_files[0].view()), "not in the record"));
    BOOST_TEST(fails_with(ceremony::confirm("Ed25519", played.record, "\"1\""), "not a holder's key file"));
}

// A holder that follows the messages' form but not the protocol; the office, too, may be on its side.
BOOST_AUTO_TEST_CASE(a_polynomial_of_another_degree_or_outside_the_group_is_refused) {
    const Played played({"Ed25519", 3, 2});
    const crypto::HolderKeys<Ed25519> liar(played.identities[1].seed.view());
    const auto certs = need(crypto::check_certs<Ed25519>(played.certs, 2));
    const auto honest =
        crypto::read_whole<crypto::PolynomialText<Ed25519>>(played.polynomials[1], crypto::read_polynomial<Ed25519>);
    const std::string g = Ed25519::encode(Ed25519::generator()), one = std::string(63, '0') + "1";
    const std::string order_2 = "7f" + std::string(60, 'f') + "ec", order_4(64, '0');
    const auto torsion = Ed25519::decode_var(order_2);
    BOOST_REQUIRE(torsion.has_value());
    const std::string mixed = Ed25519::encode(Ed25519::multiply(*torsion, Ed25519::generator()));
    using Strings = std::vector<std::string>;
    for (const auto& [coefexps, reason] :
         {std::pair{Strings{g}, "coefexps 2: not of the degree"}, std::pair{Strings{g, g, g}, "coefexps 2: not of the degree"},
          std::pair{Strings{}, "coefexps 2: not of the degree"}, std::pair{Strings{order_2, g}, "coefexps 2: element outside"},
          std::pair{Strings{g, order_4}, "coefexps 2: element outside"},
          std::pair{Strings{g, mixed}, "coefexps 2: element outside"}, std::pair{Strings{mixed, g}, "coefexps 2: element outside"},
          std::pair{Strings{one, g}, "identity as constant term"}}) {
        auto forged = *honest;
        forged.coefexps = crypto::sign_message<Ed25519>(crypto::write_coefexps_message<Ed25519>(coefexps), *liar.sk);
        forged.signature = crypto::prove_knowledge<Ed25519>(crypto::pki_prefix(crypto::certs_message(certs, coefexps)), *liar.sk);
        auto polynomials = played.polynomials, commitments = played.commitments;
        polynomials[1] = crypto::write_polynomial(forged);
        commitments[1] = *crypto::commit_to_polynomial<Ed25519>(polynomials[1]);
        BOOST_TEST(fails_with(ceremony::route(played.setting, played.certs, commitments, polynomials), reason));
        // The office lets it pass: the holder does not.
        std::vector<crypto::PolynomialText<Ed25519>> routed;
        for (const auto& text : polynomials)
            routed.push_back(*crypto::read_whole<crypto::PolynomialText<Ed25519>>(text, crypto::read_polynomial<Ed25519>));
        BOOST_TEST(fails_with(ceremony::finish(played.setting, played.identities[0].seed.view(), played.certs, commitments,
                                               crypto::make_vinput(routed, 1)),
                              reason));
    }
}

BOOST_AUTO_TEST_CASE(certs_with_keys_outside_the_group_or_of_others_are_refused) {
    const Played played({"Ed25519", 3, 2});
    const crypto::HolderKeys<Ed25519> own(played.identities[1].seed.view()), other(played.identities[0].seed.view());
    const std::string one = std::string(63, '0') + "1", order_2 = "7f" + std::string(60, 'f') + "ec";
    const std::string mixed = Ed25519::encode(Ed25519::multiply(*Ed25519::decode_var(order_2), own.ek.point));
    const auto check = [&](const std::string& vk, const std::string& ek, const char* reason) {
        const auto message = crypto::write_cert_message<Ed25519>(3, 2, 2, vk, ek);
        const std::string cert = crypto::write_signed_message(crypto::sign_message<Ed25519>(message, *own.sk));
        return fails_with(ceremony::check_certs(played.setting, {played.certs[0], cert, played.certs[2]}), reason);
    };
    for (const auto& wrong : {order_2, std::string(64, '0'), mixed}) {
        BOOST_TEST(check(wrong, own.ek.text, "cert 2: key outside the group"));
        BOOST_TEST(check(own.vk.text, wrong, "cert 2: key outside the group"));
    }
    BOOST_TEST(check(one, own.ek.text, "cert 2: identity as key"));
    BOOST_TEST(check(own.vk.text, one, "cert 2: identity as key"));
    BOOST_TEST(check(own.vk.text, other.ek.text, "equal key"));  // to read what is sent to another
    BOOST_TEST(check(own.vk.text, own.vk.text, "equal key"));
    BOOST_TEST(check(other.vk.text, own.ek.text, "cert 2: signature"));  // another's key that it cannot sign with
    BOOST_TEST(check(own.vk.text, own.ek.text, "") == false);            // as it should be
    // The certs of two holders exchanged, and one that comes twice.
    BOOST_TEST(
        fails_with(ceremony::check_certs(played.setting, {played.certs[0], played.certs[0], played.certs[2]}), "cert 2: context"));
}

BOOST_AUTO_TEST_CASE(shares_of_another_holder_or_of_an_earlier_ceremony_are_refused) {
    const Played played({"Ed25519", 3, 2});
    const auto finish = [&](const std::string& input, const char* reason) {
        return fails_with(ceremony::finish(played.setting, played.identities[0].seed.view(), played.certs, played.commitments,
                                           input),
                          reason);
    };
    using Text = crypto::PolynomialText<Ed25519>;
    const auto sent = *crypto::read_whole<Text>(played.polynomials[1], crypto::read_polynomial<Ed25519>);
    const auto with_share = [&](const std::string& sealed) {
        return replaced(played.inputs[0], util::json_quote(sent.secrets[0]), util::json_quote(sealed));
    };
    BOOST_TEST(finish(with_share(sent.secrets[2]), "from holder 2: the secret does not open"));
    // Holder 3 opens what holder 2 signed for it, and seals it to holder 1.
    const crypto::HolderKeys<Ed25519> sender(played.identities[1].seed.view()), third(played.identities[2].seed.view()),
        victim(played.identities[0].seed.view());
    const auto message = crypto::receive_channel<Ed25519>(third, sender.vk.point, sent.secrets[2]);
    BOOST_REQUIRE(message.has_value());
    const auto signed_for = [&](const std::string& recipient) {
        const std::string inside = R"({"recipient":")" + recipient + R"(","message":)" + util::json_quote(message->view()) + "}";
        return crypto::encrypt_channel<Ed25519>(victim.ek,
                                                crypto::write_signed_message(crypto::sign_message<Ed25519>(inside, *sender.sk)));
    };
    BOOST_TEST(finish(with_share(signed_for(third.ek.text)), "from holder 2: the secret does not open"));
    BOOST_TEST(finish(with_share(signed_for(victim.ek.text)), "from holder 2: the share is not on the committed polynomial"));
    // The same holders drew other polynomials before.
    const auto earlier = need(ceremony::make_contribution(played.setting, played.identities[1].seed.view(), played.certs));
    const auto old = *crypto::read_whole<Text>(earlier.polynomial, crypto::read_polynomial<Ed25519>);
    BOOST_TEST(finish(with_share(old.secrets[0]), "from holder 2: the share is not on the committed polynomial"));
    // Of an earlier ceremony with other certs.
    const Played other({"Ed25519", 3, 2});
    BOOST_TEST(finish(other.inputs[0], "coefexps are not those committed to"));
    BOOST_TEST(fails_with(ceremony::route(played.setting, played.certs, other.commitments, other.polynomials), "signature"));
    BOOST_TEST(fails_with(
        ceremony::check_confirmations("Ed25519", played.record,
                                      {need(ceremony::confirm("Ed25519", other.record, other.key_files[0].view())), "", ""}),
        "confirmation 1: not of this record"));
    // The office leaves a holder out.
    BOOST_TEST(fails_with(ceremony::finish(played.setting, played.identities[0].seed.view(), {played.certs[0], played.certs[1]},
                                           {played.commitments[0], played.commitments[1]}, played.inputs[0]),
                          "a cert is missing"));
}

// Holder 3 has two polynomials, and the office shows one to holder 1 and the other to holder 2: each step holds by itself, and no record
// holds for both.
BOOST_AUTO_TEST_CASE(a_holder_with_two_faces_gets_no_record) {
    const Played played({"Ed25519", 3, 2});
    const auto other_face = need(ceremony::make_contribution(played.setting, played.identities[2].seed.view(), played.certs));
    auto commitments = played.commitments, polynomials = played.polynomials, public_keys = played.public_keys;
    commitments[2] = other_face.commitment;
    polynomials[2] = other_face.polynomial;
    const auto inputs = need(ceremony::route(played.setting, played.certs, commitments, polynomials));
    const auto share =
        need(ceremony::finish(played.setting, played.identities[1].seed.view(), played.certs, commitments, inputs[1]));
    BOOST_TEST(fails_with(ceremony::check_record(played.setting, played.certs, commitments, played.record),
                          "polynomial 3: coefexps are not those committed to"));
    BOOST_TEST(fails_with(ceremony::confirm("Ed25519", played.record, share.key_file.view()), "another key at one's own place"));
    public_keys[1] = share.public_key;
    const auto assemble = [&](const auto& agreed, const auto& sent) {
        return fails_with(ceremony::assemble(played.setting, played.certs, agreed, sent, public_keys),
                          "is not the one of the coefexps");
    };
    BOOST_TEST(assemble(played.commitments, played.polynomials));
    BOOST_TEST(assemble(commitments, polynomials));
}

// All holders would have the same key: refused before anybody has worked for it.
BOOST_AUTO_TEST_CASE(a_threshold_of_one_is_refused_from_the_first_step) {
    const ceremony::Setting setting{"Ed25519", 3, 1};
    BOOST_TEST(fails_with(ceremony::make_identity(setting, 1), "2 <= t < n"));
    BOOST_TEST(fails_with(ceremony::check_certs(setting, {"", "", ""}), "2 <= t < n"));
}

// A check that the list forgot would stop the program where it refuses.
BOOST_AUTO_TEST_CASE(every_check_has_a_sentence_of_its_own) {
    std::set<std::string> sentences;
    for (int check = 0; check <= static_cast<int>(crypto::k_last_ceremony_check); ++check) {
        const std::string sentence = crypto::to_sentence({static_cast<crypto::CeremonyCheck>(check)});
        BOOST_TEST(!sentence.empty());
        BOOST_TEST(sentences.insert(sentence).second, sentence);
    }
    std::set<std::string> subjects;
    for (int subject = 0; subject <= static_cast<int>(crypto::k_last_ceremony_subject); ++subject)
        subjects.insert(crypto::to_sentence({crypto::CeremonyCheck::signature, static_cast<crypto::CeremonySubject>(subject), 2}));
    BOOST_TEST(subjects.size() == static_cast<std::size_t>(crypto::k_last_ceremony_subject) + 1);
    BOOST_TEST(crypto::to_sentence({crypto::CeremonyCheck::signature, crypto::CeremonySubject::cert, 2, 0}) ==
               "trustees[0]: cert 2: signature");
}

BOOST_AUTO_TEST_CASE(commitments_are_hashes_and_no_copies) {
    const Played played({"Ed25519", 3, 2});
    BOOST_TEST(ceremony::check_commitments(played.commitments).has_value());
    auto commitments = played.commitments;
    commitments[2] = commitments[0];
    const auto copied = ceremony::check_commitments(commitments);
    BOOST_TEST(fails_with(copied, "polynomial 3: the commitment is a copy"));
    BOOST_TEST((copied.refusal().check == crypto::CeremonyCheck::copied_commitment && copied.refusal().number == 3));
    commitments[2][5] = 'G';
    BOOST_TEST(fails_with(ceremony::check_commitments(commitments), "polynomial 3: not in canonical form"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ceremony_tests
