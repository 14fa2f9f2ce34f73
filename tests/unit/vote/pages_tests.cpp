// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages of the voting space and the booth's data, at each moment of a vote.
#include <boost/test/unit_test.hpp>

#include "domain/local_time.hpp"
#include "voting_fixture.hpp"

namespace pages_tests {

using test::text_of;
using test::VotingFixture;

namespace {
struct PagesFixture : VotingFixture {
    void at(const char* time, const char* signed_in = nullptr) {
        portal.clock.set(*domain::from_paris(time));
        portal.sign_in_at(1, *domain::from_paris(signed_in ? signed_in : time));
    }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(pages_tests, PagesFixture)

BOOST_AUTO_TEST_CASE(who_lives_far_from_paris_reads_his_own_hours_beside_it) {
    BOOST_TEST(!portal.get("/vote").has(", soit "));
    admin().execute(
        "INSERT INTO academie (code, name, position, webmail_url, recovery_url, assistance_phone, assistance_email, "
        "assistance_hours) VALUES ('noumea', 'Nouvelle-Calédonie', 2, 'https://webmail.example', '', '26 61 00', "
        "'assistance@ac-noumea.example', '7 h à 16 h')");
    admin().execute("UPDATE voter SET academie_code = 'noumea' WHERE id = 1");
    const auto page = portal.get("/vote");
    BOOST_TEST(page.has(
        "jeudi 10 décembre 2026 à 17\u00a0h\u00a000 (heure de Paris), soit le vendredi 11 décembre à 3\u00a0h\u00a000, heure de Nouméa"));
}

BOOST_AUTO_TEST_CASE(je_vote_lists_my_scrutins_with_what_can_be_done) {
    const auto page = portal.get("/vote");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Scrutin csa"));
    BOOST_TEST(page.has("Scrutin capd-079"));
    BOOST_TEST(page.has("/vote/csa/bulletin"));
    BOOST_TEST(page.has("<noscript>"));
    BOOST_TEST(page.has("jeudi 10 décembre 2026 à 17\u00a0h\u00a000 (heure de Paris)"));
    portal.sign_in(2);
    BOOST_TEST(!portal.get("/vote").has("Scrutin capd-079"));
}

BOOST_AUTO_TEST_CASE(je_vote_before_the_opening_gives_the_dates_and_no_button) {
    at("2026-12-03 09:59:59");
    const auto page = portal.get("/vote");
    BOOST_TEST(page.has("jeudi 3 décembre 2026 à 10\u00a0h\u00a000 (heure de Paris)"));
    BOOST_TEST(page.has("à venir"));
    BOOST_TEST(!page.has("/vote/csa/bulletin"));
}

BOOST_AUTO_TEST_CASE(je_vote_in_the_grace_says_until_when) {
    at("2026-12-10 17:10", "2026-12-10 16:00");
    const auto page = portal.get("/vote");
    BOOST_TEST(page.has("jusqu’à 17\u00a0h\u00a030"));
    BOOST_TEST(page.has("/vote/csa/bulletin"));
    at("2026-12-10 17:10", "2026-12-10 17:05");
    BOOST_TEST(!portal.get("/vote").has("/vote/csa/bulletin"));
    BOOST_TEST(portal.get("/vote").has("Le vote est clos"));
}

BOOST_AUTO_TEST_CASE(who_is_not_signed_in_is_sent_to_sign_in) {
    portal.cookie.clear();
    const auto page = portal.get("/vote");
    BOOST_TEST(page.status == 303);
    BOOST_TEST(page.header("Location").starts_with("/connexion"));
    BOOST_TEST(portal.get("/vote/csa/parametres").status == 403);
    BOOST_TEST(portal.get("/vote/enveloppe").status == 403);
}

BOOST_AUTO_TEST_CASE(the_booth_shows_every_list_in_its_order_and_none_chosen) {
    const auto page = portal.get("/vote/csa/bulletin");
    BOOST_TEST(page.status == 200);
    const auto first = page.body.find("Liste Alizé"), second = page.body.find("Liste Bise"),
               third = page.body.find("Liste Mistral");
    BOOST_TEST((first < second && second < third && third != std::string::npos));
    BOOST_TEST(page.has("<li>Ana Nom1</li><li>Ana Nom2</li>"));
    BOOST_TEST(page.has("Vote blanc"));
    BOOST_TEST(!page.has("checked"));
    BOOST_TEST(page.has("data-csrf=\"" + portal.csrf() + "\""));
    BOOST_TEST(page.header("Cache-Control").find("no-store") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_booth_is_not_shown_outside_the_hours_nor_to_others) {
    at("2026-12-03 09:00");
    BOOST_TEST(portal.get("/vote/csa/bulletin").has("Le vote n’est pas encore ouvert"));
    at("2026-12-10 17:31", "2026-12-10 16:00");
    BOOST_TEST(portal.get("/vote/csa/bulletin").has("Le vote est clos"));
    at("2026-12-05 12:00");
    move_all_to("sealed");
    BOOST_TEST(portal.get("/vote/csa/bulletin").has("n’a pas encore ouvert ce scrutin"));
    portal.sign_in(2);
    BOOST_TEST(portal.get("/vote/capd-079/bulletin").status == 404);
    BOOST_TEST(portal.get("/vote/inconnu/bulletin").status == 404);
}

BOOST_AUTO_TEST_CASE(the_booth_gets_the_exact_record_its_credential_and_the_receipt_key) {
    const auto page = portal.get("/vote/csa/parametres");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(text_of(page, "election") == elections["csa"]->record());
    BOOST_TEST(text_of(page, "credential") == *crypto::derive_public_key("Ed25519", elections["csa"]->uuid(), credentials[1]));
    BOOST_TEST(text_of(page, "receipt_key") == receipt_key());
    BOOST_TEST(text_of(page, "title") == "Scrutin csa");
    const auto lists = (*util::parse_json(page.body))["lists"];
    BOOST_TEST(lists.size() == 3u);
    BOOST_TEST(lists[1]["position"] == 2);
    BOOST_TEST(lists[1]["name"] == "Liste Bise");
    portal.sign_in(2);
    BOOST_TEST(portal.get("/vote/capd-079/parametres").status == 404);
}

BOOST_AUTO_TEST_CASE(the_envelope_served_opens_with_the_electors_code) {
    const auto page = portal.get("/vote/enveloppe");
    BOOST_TEST(page.status == 200);
    const auto json = *util::parse_json(page.body);
    const domain::Envelope envelope{json["voter"], json["generation"].get<unsigned>(), json["salt"], json["nonce"],
                                    json["ciphertext"]};
    const auto opened = domain::open_envelope(envelope, voting_code);
    BOOST_TEST_REQUIRE(opened.has_value());
    BOOST_TEST(opened->view() == credentials[1]);
    portal.sign_in(2);  // he has none
    BOOST_TEST(portal.get("/vote/enveloppe").status == 503);
}

BOOST_AUTO_TEST_CASE(parameters_and_envelope_stay_in_the_house_outside_the_hours) {
    at("2026-12-03 09:59:59");
    BOOST_TEST(text_of(portal.get("/vote/csa/parametres"), "error") == "closed");
    BOOST_TEST(text_of(portal.get("/vote/enveloppe"), "error") == "closed");
    at("2026-12-10 17:31", "2026-12-10 16:00");
    BOOST_TEST(text_of(portal.get("/vote/csa/parametres"), "error") == "closed");
    BOOST_TEST(text_of(portal.get("/vote/enveloppe"), "error") == "closed");
}

BOOST_AUTO_TEST_CASE(after_the_vote_the_scrutin_never_opens_again) {
    const std::string sent = ballot("csa", 1);
    BOOST_TEST(cast("csa", sent).status == 200);
    const auto list = portal.get("/vote");
    BOOST_TEST(list.has("voté"));
    BOOST_TEST(!list.has("/vote/csa/bulletin"));
    BOOST_TEST(list.has("/vote/csa/accuse"));
    for (const char* uri : {"/vote/csa/bulletin", "/vote/csa/accuse"}) {
        const auto page = portal.get(uri);
        BOOST_TEST(page.has("Vous avez voté"));
        BOOST_TEST(page.has("samedi 5 décembre 2026 à 12\u00a0h\u00a000 (heure de Paris)"));
        BOOST_TEST(page.has("/urne/csa"));
        BOOST_TEST(!page.has(crypto::sha_b64(sent)));
        BOOST_TEST(!page.has(crypto::sha_hex(sent)));
    }
    BOOST_TEST(text_of(portal.get("/vote/csa/parametres"), "error") == "conflict");
}

BOOST_AUTO_TEST_CASE(there_is_no_receipt_page_before_the_vote) {
    BOOST_TEST(portal.get("/vote/csa/accuse").status == 303);
    BOOST_TEST(portal.get("/vote/inconnu/accuse").status == 404);
}

BOOST_AUTO_TEST_CASE(reading_changes_nothing) {
    for (const char* uri : {"/vote", "/vote/csa/bulletin", "/vote/csa/parametres", "/vote/enveloppe", "/vote/csa/accuse"}) {
        portal.get(uri);
        portal.head(uri);
    }
    BOOST_TEST(is_nothing_stored());
}

BOOST_AUTO_TEST_CASE(the_parameters_bring_the_seals_text_byte_for_byte_and_an_empty_one_where_there_is_none) {
    const std::string text = "portail-sceau\t1\nscrutin\tcsa\t« É »\n";
    admin().execute("INSERT INTO seal (scrutin_id, digest, text) VALUES (1, REPEAT('0', 64), ?)", {text});
    BOOST_TEST(text_of(portal.get("/vote/csa/parametres"), "seal") == text);
    const auto other = util::parse_json(portal.get("/vote/capd-079/parametres").body);
    BOOST_TEST((*other)["seal"] == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace pages_tests
