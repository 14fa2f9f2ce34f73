// SPDX-License-Identifier: AGPL-3.0-or-later
// From the opening to the archive over a real database, and what stops a count.
#include <boost/test/unit_test.hpp>

#include "crypto/archive/verify.hpp"
#include "scrutinctl/election_fixture.hpp"

namespace election_tests {

using namespace scrutinctl;

BOOST_FIXTURE_TEST_SUITE(election, test::ElectionFixture)

BOOST_AUTO_TEST_CASE(each_academie_says_where_a_mailbox_password_is_found_again_or_the_import_names_it) {
    must("demo", {path("demo"), "--electors", "20", "--seed", "4"});
    const auto dry_run = [&] {
        const test::Said said;
        must("import", {path("demo"), "--dry-run"});
        return said.text();
    };
    BOOST_TEST(dry_run().find("Sans adresse de récupération") == std::string::npos);
    std::string csv = folder.read("demo/academies.csv");
    for (const char* code : {"poitiers", "rouen"}) {
        const std::string address = "https://mot-de-passe.ac-" + std::string(code) + ".example";
        csv.replace(csv.find(address), address.size(), "");
    }
    folder.write("demo/academies.csv", csv);
    BOOST_TEST(dry_run().find("Sans adresse de récupération du mot de passe de messagerie : Poitiers, Rouen.") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_whole_election) {
    seal("60");
    const auto closes = store::read_calendar(office->db()).at(domain::CalendarEvent::vote_closes);
    must_not("close", {}, "il doit d’abord être « open »");
    BOOST_TEST((store::read_calendar(office->db()).at(domain::CalendarEvent::vote_closes) == closes));  // and no date moved
    must("open");
    vote("90");
    BOOST_TEST(count("SELECT COUNT(*) FROM emargement") == 90);
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.ballot") == 90);
    vote("1000");  // everybody else; nobody twice
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.ballot") == count("SELECT COUNT(*) FROM voter_scrutin"));
    must_not("tally", {}, "le dépouillement suit la clôture");
    must("close");
    must_not("tally", {}, "scrutins attendent des déchiffrements");
    decrypt_all();
    decrypt_all();  // the same keys again: nothing doubles
    must("tally");
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE state = 'tallied'") == 19);

    // Whatever the lot must decide is decided for the first list named.
    util::Status proclaimed = run("proclaim");
    for (int turn = 0; turn < 20 && !proclaimed; ++turn) {
        std::vector<std::string> draws;
        for (const auto& row : database.admin().select("SELECT code FROM scrutin WHERE state = 'tallied'")) {
            for (int list = 1; list <= 6; ++list) {
                if (run("proclaim", {"--scrutin", row.text(0), "--draw", row.text(0) + "=" + std::to_string(list)})) break;
            }
        }
        proclaimed = run("proclaim");
    }
    BOOST_REQUIRE(proclaimed);
    BOOST_TEST(
        count(
            "SELECT COUNT(*) FROM result WHERE votants = blancs + exprimes AND votants <= inscrits AND NOT draw_needed AND proclaimed_at IS NOT NULL") ==
        19);
    BOOST_TEST(
        count(
            "SELECT COUNT(*) FROM (SELECT r.scrutin_id FROM result r JOIN candidate_list l ON l.scrutin_id = r.scrutin_id "
            "JOIN result_list x ON x.candidate_list_id = l.id GROUP BY r.scrutin_id, r.exprimes HAVING SUM(x.votes) = r.exprimes) t") ==
        19);

    must("export", {path("archives")});
    for (const auto& scrutin : store::scrutins(office->db())) {
        const auto counts = store::attendance(office->db(), scrutin.id);
        crypto::VerifyOptions options;
        options.attendance = counts.emargements;
        const auto report = crypto::verify_archive(folder / "archives" / scrutin.code / (scrutin.uuid + ".bel"), options);
        BOOST_TEST(report.all_passed(), scrutin.code);
        BOOST_TEST(report.finished);
        BOOST_TEST(report.credentials == counts.inscrits);
        BOOST_TEST(report.ballots == counts.ballots);
    }
    // The same archive again, byte for byte.
    must("export", {path("again"), "--scrutin", "ctm"});
    const std::string file = "/ctm/" + store::scrutins(office->db()).front().uuid + ".bel";
    BOOST_TEST(folder.read("archives" + file) == folder.read("again" + file));
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(an_archive_of_a_running_vote_is_the_beginning_of_the_last_one) {
    seal("30");
    must("open");
    vote("8", {"--scrutin", "ctm"});
    must("export", {path("running"), "--scrutin", "ctm"});
    vote("12", {"--scrutin", "ctm"});
    must("close", {"--scrutin", "ctm"});
    must("export", {path("closed"), "--scrutin", "ctm"});
    const std::string file = "/ctm/" + store::scrutins(office->db()).front().uuid + ".bel";
    const std::string running = folder.read("running" + file);
    BOOST_TEST(running.size() > 8 * 3000U);
    BOOST_TEST(folder.read("closed" + file).starts_with(running));
    crypto::VerifyOptions options;
    options.since = folder / ("running" + file);
    const auto report = crypto::verify_archive(folder / ("closed" + file), options);
    BOOST_TEST(report.all_passed());
    BOOST_TEST(report.ballots == 20U);
    BOOST_TEST(report.closed);
}

BOOST_AUTO_TEST_CASE(a_ballot_that_waits_is_neither_counted_nor_forgotten) {
    seal("20");
    must("open");
    vote("10", {"--scrutin", "ctm"});
    // One more, since the last fixed time.
    database.admin().run("CREATE TEMPORARY TABLE late SELECT * FROM urne.ballot LIMIT 1");
    database.admin().run("DELETE b FROM urne.ballot b JOIN late USING (ballot_hash)");
    database.admin().run("INSERT INTO urne.inbox SELECT * FROM late");
    database.admin().run("DROP TEMPORARY TABLE late");
    database.admin().run("UPDATE scrutin SET state = 'closed' WHERE code = 'ctm'");
    must_not("tally", {"--scrutin", "ctm"}, "1 bulletin attend encore d’entrer dans l’urne");
    must_not("export", {path("archives"), "--scrutin", "ctm"}, "1 bulletin attend encore d’entrer dans l’urne");
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.tally") == 0);
}

BOOST_AUTO_TEST_CASE(the_close_tells_sceau_that_no_vote_comes_any_more) {
    seal("20");
    must("open");
    must("close", {"--scrutin", "ctm"});
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.closing") == 1);
    must("close");
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.closing") == count("SELECT COUNT(*) FROM scrutin"));
}

BOOST_AUTO_TEST_CASE(a_count_stops_at_a_false_second_proof_and_names_its_holder) {
    seal("20");
    BOOST_TEST(
        count("SELECT COUNT(*) FROM urne.setup WHERE election LIKE '%Un total de moins de cinq bulletins est déchiffré aussi. "
              "Tout déchiffrement porte une seconde preuve. Un vote validé est définitif.\"%'") == 19);
    must("open");
    vote("10", {"--scrutin", "ctm"});
    must("close");
    decrypt_all();
    const std::string id = std::to_string(count("SELECT id FROM scrutin WHERE code = 'ctm'"));
    const auto proof_of = [&](const char* owner) {
        return database.admin()
            .select_one("SELECT second_proof FROM urne.partial_decryption WHERE scrutin_id = " + id + " AND owner = " + owner)
            ->text(0);
    };
    const std::string good = proof_of("3");
    const auto put = [&](const std::string& value) {
        database.admin().run("UPDATE urne.partial_decryption SET second_proof = " + value + " WHERE scrutin_id = " + id +
                             " AND owner = 3");
    };
    put("'" + proof_of("1") + "'");
    must_not("tally", {"--scrutin", "ctm"}, "la seconde preuve du porteur 3 est fausse");
    put("NULL");
    must_not("proclaim", {"--scrutin", "ctm"}, "la seconde preuve du porteur 3 manque");
    BOOST_TEST(state_of("ctm") == "closed");
    // The others are not held up, and the archive has both decryptions and no result.
    must("tally", {"--scrutin", "cta-rouen"});
    must("export", {path("archives"), "--scrutin", "ctm"});
    const auto archive = folder / "archives/ctm" / (store::scrutins(office->db()).front().uuid + ".bel");
    const auto report = crypto::verify_archive(archive);
    BOOST_TEST(!report.all_passed());
    BOOST_TEST(!report.finished);
    BOOST_REQUIRE(report.failures.size() == 1U);
    BOOST_TEST(report.failures[0].check == "no second proof");
    BOOST_TEST(report.failures[0].where == "decryption of trustee 3");
    put("'" + good + "'");
    must("tally", {"--scrutin", "ctm"});
    must("export", {path("archives"), "--scrutin", "ctm"});
    BOOST_TEST(crypto::verify_archive(archive).second_proofs == 2U);
}

BOOST_AUTO_TEST_CASE(a_total_of_few_ballots_is_decrypted_only_where_it_was_sealed_so) {
    import_demo("20");
    database.admin().run("UPDATE election SET small_totals = 0");
    must("trustee demo-ceremony", {path("trustees")});
    must("seal", seal_words());
    must("open");
    vote("4", {"--scrutin", "ctm"});
    must("close");
    const std::string key = path("trustees/bureau-de-vote-electronique-national.Ed25519.porteur-1.cle");
    must_not("decrypt", {"--scrutin", "ctm", "--key", key}, "4 bulletins : moins de 5");
    database.admin().run("UPDATE election SET small_totals = 1");  // too late
    must_not("decrypt", {"--scrutin", "ctm", "--key", key}, "- election");
    database.admin().run("UPDATE election SET small_totals = 0");
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.partial_decryption") == 0);
    must("decrypt", {"--key", key, "--scrutin", "capn-psyen"});  // an empty urn says nothing of anybody
}

BOOST_AUTO_TEST_CASE(a_key_of_another_bureau_or_a_changed_one_is_refused) {
    seal("20");
    must("open");
    vote("10", {"--scrutin", "ctm"});
    must("close");
    const std::string national = path("trustees/bureau-de-vote-electronique-national.Ed25519.porteur-1.cle");
    must_not("decrypt", {"--scrutin", "cta-rouen", "--key", national}, "n’est celle d’aucun des scrutins choisis");
    must_not("decrypt", {"--key", path("absent.cle")}, "ne peut pas être lu");
    folder.replace("trustees/bureau-de-vote-electronique-national.Ed25519.porteur-1.cle", "\"owner\":1", "\"owner\":2");
    must_not("decrypt", {"--scrutin", "ctm", "--key", national}, "clé refusée pour ctm");
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.partial_decryption") == 0);
}

BOOST_AUTO_TEST_CASE(a_scrutin_without_a_ballot_is_counted_too) {
    seal("20");
    must("open");
    must("close");
    decrypt_all();
    must("tally");
    must("proclaim");
    BOOST_TEST(count("SELECT SUM(votants) FROM result") == 0);
    BOOST_TEST(count("SELECT SUM(seats) FROM result_list") == 0);
}

BOOST_AUTO_TEST_CASE(a_tie_waits_for_the_bureaus_draw) {
    // Two lists of a sigle scrutin with one vote each, and one seat.
    import_demo("20");
    const std::string id = id_of("ccpa-rouen");
    database.admin().run("DELETE c FROM candidate c JOIN candidate_list l ON l.id = c.candidate_list_id WHERE l.scrutin_id = " +
                         id);
    database.admin().run("UPDATE scrutin SET seats = 1 WHERE id = " + id);
    database.admin().run("INSERT INTO voter_scrutin SELECT " + id +
                         ", id, LEFT(email, 80), 'x' FROM voter WHERE id IN (2, 3) ON DUPLICATE KEY UPDATE reason = 'x'");
    must("trustee demo-ceremony", {path("trustees")});
    must("seal", seal_words());
    must("open");
    cast(2, "ccpa-rouen", 1);
    cast(3, "ccpa-rouen", 2);
    fill_urne();
    must("close");
    decrypt_all();
    must("tally");
    must_not("proclaim", {"--scrutin", "ccpa-rouen"}, "pas encore être proclamé");
    BOOST_TEST(state_of("ccpa-rouen") == "tallied");
    BOOST_TEST(count("SELECT COUNT(*) FROM result WHERE draw_needed AND proclaimed_at IS NULL") == 1);
    must_not("proclaim", {"--draw", "ccpa-rouen=x"}, "SCRUTIN=LISTE attendu");
    must_not("proclaim", {"--draw", "nowhere=1"}, "aucun scrutin de code « nowhere »");
    must_not("proclaim", {"--scrutin", "ccpa-rouen", "--draw", "ccpa-rouen=9"}, "n’a pas de liste 9");
    must_not("proclaim", {"--scrutin", "ccpa-rouen", "--draw", "ccpa-rouen=3"}, "n’est pas parmi les listes à égalité : 1 «");
    must("proclaim", {"--scrutin", "ccpa-rouen", "--draw", "ccpa-rouen=2"});
    BOOST_TEST(state_of("ccpa-rouen") == "proclaimed");
    BOOST_TEST(
        count("SELECT l.position FROM result_list r JOIN candidate_list l ON l.id = r.candidate_list_id WHERE r.seats = 1") == 2);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'proclaim' AND detail LIKE 'ccpa-rouen %tirage=2 %'") == 1);
}

BOOST_AUTO_TEST_CASE(the_audit_chain_shows_a_changed_entry_and_a_missing_one) {
    import_demo("10");
    must("publish");
    must("audit verify");
    database.admin().run("UPDATE audit SET detail = CONCAT(detail, 'x') WHERE id = 5");
    must_not("audit verify", {}, "journal rompu à l’entrée 5");
    database.admin().run("DELETE FROM audit WHERE id = 3");
    must_not("audit verify", {}, "journal rompu à l’entrée 3");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace election_tests
