// SPDX-License-Identifier: AGPL-3.0-or-later
// Who holds the database changes it, as its administrator, and the office goes on: every act says what is wrong, that scrutin stops,
// the others go on, and nothing false is proclaimed.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

#include "domain/audit.hpp"
#include "domain/credential_binding.hpp"
#include "scrutinctl/audit.hpp"
#include "scrutinctl/election_fixture.hpp"
#include "scrutinctl/programs.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "util/json.hpp"

namespace attacks_tests {

using namespace scrutinctl;

namespace {

struct AttackFixture : test::ElectionFixture {
    void alter(const std::string& sql) { database.admin().run(sql); }
    // A vote of the scrutin `ctm`, closed, decrypted and not yet counted.
    void count_almost() {
        seal("20");
        must("open");
        vote("10", {"--scrutin", "ctm"});
        must("close");
    }
    void tallied() {
        count_almost();
        decrypt_all();
        must("tally");
    }
    const std::string ctm = "(SELECT id FROM scrutin WHERE code = 'ctm')";
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(attacks, AttackFixture)

BOOST_AUTO_TEST_CASE(an_untouched_election_is_intact_at_each_step) {
    tallied();
    must("integrity");
    must("proclaim");
    must("integrity");
}

BOOST_AUTO_TEST_CASE(a_ballot_and_its_emargement_leave_together) {
    count_almost();
    const auto hash = database.admin().select_one("SELECT MIN(ballot_hash) FROM urne.ballot")->text(0);
    alter("DELETE FROM urne.ballot WHERE ballot_hash = '" + hash + "'");
    alter("DELETE FROM emargement LIMIT 1");
    must_not("integrity", {}, "1 bulletin du journal public manque dans l’urne");
    must_not("export", {path("archives")}, "un bulletin du journal public manque dans l’urne");
    // With its leaf too: the signed head still says ten.
    alter("DELETE FROM urne.log WHERE ballot_hash = '" + hash + "'");
    alter("UPDATE urne.log SET leaf_index = leaf_index - 1 WHERE leaf_index > 0 ORDER BY leaf_index");
    must_not("integrity", {}, "a signé 10 bulletins");
    must_not("tally", {"--scrutin", "ctm"}, "le journal public a signé 10 bulletins, l’urne n’en a plus que 9");
    must_not("dossier export", {path("dossiers"), "--scrutin", "ctm"}, "a signé 10 bulletins");
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.tally") == 0);
}

// Everything in the two databases agrees, down to a head that sceau did sign: what it published outside them is longer.
BOOST_AUTO_TEST_CASE(the_last_batch_leaves_whole_with_its_signed_head) {
    seal("20");
    must("open");
    vote("10", {"--scrutin", "ctm"});
    vote("5", {"--scrutin", "ctm", "--seed", "2"});
    must("close");
    alter("DELETE b FROM urne.ballot b JOIN urne.log l USING (scrutin_id, ballot_hash) WHERE l.leaf_index >= 10");
    alter("DELETE FROM urne.log WHERE leaf_index >= 10");
    alter("DELETE FROM urne.log_head WHERE size > 10");
    alter("DELETE FROM emargement LIMIT 5");
    for (const char* act : {"integrity", "tally", "dossier export", "export"}) {
        Words words{"--scrutin", "ctm"};
        if (std::string_view(act).ends_with("export")) words.insert(words.begin(), path("out"));
        must_not(act, words, "le processus sceau a publié 15 bulletins, la base de données en est à 10");
    }
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.tally") == 0);
    BOOST_TEST(state_of("ctm") == "closed");
}

BOOST_AUTO_TEST_CASE(an_abstainers_credential_is_replaced_and_a_ballot_added) {
    seal("20");
    must("open");
    vote("10", {"--scrutin", "ctm"});
    // An elector who has not voted gets a credential that the attacker has drawn.
    const auto abstainer = database.admin().select_one(
        "SELECT r.voter_id, s.uuid, s.crypto_group FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id "
        "WHERE s.code = 'ctm' AND r.voter_id NOT IN (SELECT voter_id FROM emargement) LIMIT 1");
    const util::SecretText drawn = crypto::make_full_code();
    const auto public_key = crypto::derive_public_key(abstainer->text(2), abstainer->text(1), drawn.view()).value();
    const auto binding = domain::credential_binding(office->secret("binding_key").view(), abstainer->text(1),
                                                    static_cast<unsigned>(abstainer->number(0)));
    database.admin().execute("UPDATE urne.credential SET public_key = ? WHERE binding = ?", {public_key, binding});
    put_ballot(static_cast<unsigned>(abstainer->number(0)), "ctm", 1, drawn.view());
    fill_urne();
    must("close");  // its hour has come: closed, and told
    must_not("tally", {"--scrutin", "ctm"}, "les tables diffèrent de ce qui est scellé\n    - credentials");
    must_not("export", {path("archives"), "--scrutin", "ctm"}, "- credentials");
    BOOST_TEST(state_of("ctm") == "closed");
}

BOOST_AUTO_TEST_CASE(two_electors_exchange_their_credentials) {
    seal("20");
    // The list of public credentials stays the same.
    alter(
        "UPDATE urne.credential a JOIN urne.credential b ON b.scrutin_id = a.scrutin_id AND b.binding > a.binding "
        "SET a.public_key = b.public_key, b.public_key = a.public_key WHERE a.scrutin_id = " +
        ctm +
        " AND a.binding = (SELECT binding FROM (SELECT MIN(binding) AS binding FROM urne.credential WHERE scrutin_id = " + ctm +
        ") x) AND b.binding = (SELECT binding FROM (SELECT MAX(binding) AS binding FROM urne.credential WHERE scrutin_id = " + ctm +
        ") y)");
    must_not("open", {"--scrutin", "ctm"}, "- credentials");
    BOOST_TEST(state_of("ctm") == "sealed");
}

BOOST_AUTO_TEST_CASE(two_lists_are_exchanged) {
    tallied();
    alter("UPDATE candidate_list SET position = 100 WHERE position = 1 AND scrutin_id = " + ctm);
    alter("UPDATE candidate_list SET position = 1 WHERE position = 2 AND scrutin_id = " + ctm);
    alter("UPDATE candidate_list SET position = 2 WHERE position = 100 AND scrutin_id = " + ctm);
    must_not("proclaim", {}, "- list 1 ");
    BOOST_TEST(state_of("ctm") == "tallied");
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE state = 'proclaimed'") == 18);  // the others went on
    BOOST_TEST(count("SELECT COUNT(*) FROM proclamation") == 18);
}

BOOST_AUTO_TEST_CASE(seats_a_name_and_a_candidate_change) {
    tallied();
    alter("UPDATE scrutin SET seats = seats + 1 WHERE code = 'ctm'");
    must_not("proclaim", {"--scrutin", "ctm"}, "- seats ");
    alter("UPDATE scrutin SET seats = seats - 1 WHERE code = 'ctm'");
    alter("UPDATE candidate_list SET name = CONCAT(name, ' bis') WHERE position = 1 AND scrutin_id = " + ctm);
    must_not("proclaim", {"--scrutin", "ctm"}, "- list 1 ");
    alter("UPDATE candidate_list SET name = REPLACE(name, ' bis', '') WHERE position = 1 AND scrutin_id = " + ctm);
    alter(
        "UPDATE candidate SET last_name = 'Intrus' WHERE position = 1 AND candidate_list_id = (SELECT id FROM candidate_list WHERE position = 1 AND scrutin_id = " +
        ctm + ")");
    must_not("proclaim", {"--scrutin", "ctm"}, "- candidate 1 1 ");
    BOOST_TEST(state_of("ctm") == "tallied");
}

BOOST_AUTO_TEST_CASE(the_tie_rule_and_the_bureau_change) {
    seal("10");
    alter("UPDATE scrutin SET tie_by_candidates = NOT tie_by_candidates WHERE code = 'ctm'");
    alter("UPDATE scrutin SET bureau = 'Un autre bureau' WHERE code = 'cta-rouen'");
    must_not("open", {}, "2 scrutins s’arrêtent");
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE state = 'open'") == 17);
}

BOOST_AUTO_TEST_CASE(the_result_is_edited_after_the_tally) {
    tallied();
    const auto result = database.admin().select_one("SELECT result FROM urne.tally WHERE scrutin_id = " + ctm)->text(0);
    const auto first = result.find_first_of("123456789");
    std::string other = result;
    other[first] = other[first] == '9' ? '8' : static_cast<char>(other[first] + 1);
    database.admin().execute("UPDATE urne.tally SET result = ? WHERE scrutin_id = " + ctm, {other});
    must_not("proclaim", {"--scrutin", "ctm"}, "l’archive ne se vérifie pas");
    BOOST_TEST(count("SELECT COUNT(*) FROM proclamation") == 0);
}

BOOST_AUTO_TEST_CASE(electors_who_have_voted_are_struck_off) {
    count_almost();
    alter("UPDATE voter SET struck_off_at = UTC_TIMESTAMP() WHERE id IN (SELECT voter_id FROM emargement) LIMIT 3");
    must_not("tally", {"--scrutin", "ctm"}, "- roll 20 ");
    must_not("integrity", {}, "- roll 20 ");
}

BOOST_AUTO_TEST_CASE(an_elector_joins_the_roll_after_the_sealing) {
    seal("20");
    alter(
        "INSERT INTO voter (id, election_id, email, civility, last_name, first_name, identity_check, personnel, corps, affectation, "
        "academie_code, departement, notice_place) SELECT 900, 1, 'intrus@ac.example', '', 'Intrus', 'Ève', REPEAT('0', 64), '', '', '', "
        "academie_code, '', '' FROM voter LIMIT 1");
    alter("INSERT INTO voter_scrutin VALUES (" + id_of("ctm") + ", 900, 'intrus eve', 'x')");
    must_not("open", {"--scrutin", "ctm"}, "+ roll 21 ");
}

BOOST_AUTO_TEST_CASE(one_ballot_is_given_for_the_total) {
    count_almost();
    decrypt_all();
    // The ciphertexts of one elector's ballot, in the place of the sum.
    const auto ballot = util::parse_json(
        database.admin().select_one("SELECT ballot FROM urne.ballot WHERE scrutin_id = " + ctm + " LIMIT 1")->text(0));
    alter("DELETE FROM urne.partial_decryption");
    database.admin().execute("UPDATE urne.tally SET encrypted_tally = ? WHERE scrutin_id = " + ctm,
                             {"[" + ballot->at("answers").at(0).at("choices").dump() + "]"});
    for (const char* act : {"decrypt", "dossier export", "tally"}) {
        Words words{"--scrutin", "ctm"};
        if (std::string_view(act) == "decrypt")
            words.insert(words.end(), {"--key", path("trustees/bureau-de-vote-electronique-national.Ed25519.porteur-1.cle")});
        if (std::string_view(act) == "dossier export") words.insert(words.begin(), path("dossiers"));
        must_not(act, words, "le total chiffré enregistré n’est pas celui des bulletins de l’urne");
    }
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.partial_decryption WHERE scrutin_id = " + ctm) == 0);
}

BOOST_AUTO_TEST_CASE(the_sealed_election_and_its_seal_are_replaced_together) {
    seal("10");
    // Another seal, whole in itself, with the lists in another order: the journal does not have its digest.
    alter("UPDATE candidate_list SET position = 100 WHERE position = 1 AND scrutin_id = " + ctm);
    alter("UPDATE candidate_list SET position = 1 WHERE position = 2 AND scrutin_id = " + ctm);
    alter("UPDATE candidate_list SET position = 2 WHERE position = 100 AND scrutin_id = " + ctm);
    const auto scrutin = store::scrutins(office->db()).front();
    const auto setup = store::find_setup(office->db(), scrutin.id);
    const auto programs = database.admin().select_one("SELECT digest FROM seal_programs")->text(0);
    const std::string text = domain::write_seal(seal_of_tables(*office, scrutin, *setup, programs));
    database.admin().execute("UPDATE seal SET text = ?, digest = ? WHERE scrutin_id = " + ctm, {text, crypto::sha_hex(text)});
    must_not("open", {}, "n’est pas celui du journal des actes");
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE state = 'open'") == 0);
}

BOOST_AUTO_TEST_CASE(an_urne_that_is_not_empty_does_not_open) {
    seal("10");
    cast(2, "ctm", 1);
    fill_urne();
    must_not("open", {}, "pas vide avant l’ouverture (1 bulletin, 1 émargement)");
    BOOST_TEST(state_of("ctm") == "sealed");
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE state = 'open'") == 18);
}

BOOST_AUTO_TEST_CASE(a_ballot_altered_by_one_byte) {
    count_almost();
    alter("UPDATE urne.ballot SET ballot = REPLACE(ballot, '\"beta\":\"', '\"beta\":\"f') ORDER BY ballot_hash LIMIT 1");
    must_not("tally", {"--scrutin", "ctm"}, "pas ceux que le journal public a signés");
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.tally") == 0);
}

BOOST_AUTO_TEST_CASE(ballots_and_attendance_differ) {
    count_almost();
    alter("DELETE FROM emargement LIMIT 1");
    must_not("tally", {"--scrutin", "ctm"}, "10 bulletins, 9 émargements");
    must_not("integrity", {}, "10 bulletins, 9 émargements");
    BOOST_TEST(state_of("ctm") == "closed");
}

BOOST_AUTO_TEST_CASE(a_ballot_that_was_opened_is_put_into_the_urne) {
    count_almost();
    alter("INSERT INTO urne.opened SELECT scrutin_id, ballot_hash FROM urne.ballot WHERE scrutin_id = " + ctm + " LIMIT 1");
    must_not("integrity", {}, "1 bulletin ouvert pour vérification est dans l’urne");
}

BOOST_AUTO_TEST_CASE(the_log_is_signed_by_another_key_or_told_in_another_order) {
    count_almost();
    alter("UPDATE urne.log_head SET signature = REPEAT('A', 86) WHERE scrutin_id = " + ctm);
    must_not("tally", {"--scrutin", "ctm"}, "n’est pas signée par la clé scellée");
    must_not("integrity", {}, "n’est pas signée par la clé scellée");
}

BOOST_AUTO_TEST_CASE(the_booth_changes_after_the_sealing) {
    import_demo("10");
    must("trustee demo-ceremony", {path("trustees")});
    alter("UPDATE election SET demonstration = 0");
    const auto secrets = test::DatabaseServer::instance().folder() / "secrets";
    must("seal", real_seal_words());
    BOOST_TEST(!std::filesystem::exists(secrets / "scrutinctl/binding_key"));
    BOOST_TEST(std::filesystem::exists(secrets / "vote/binding_key"));
    must("programs accept");  // nothing differs: nothing is recorded
    folder.write("static/booth/booth.js", "another");
    must_not("open", {"--scrutin", "ctm"}, "static/booth/booth.js");
    must("programs accept", {"--motif", "correctif décidé par le bureau"});
    must("open", {"--scrutin", "ctm"});
    BOOST_TEST(count("SELECT COUNT(*) FROM seal_programs") == 2);
    BOOST_TEST(count("SELECT COUNT(*) FROM seal_programs WHERE reason = 'correctif décidé par le bureau'") == 1);
    // The administrator puts another list in its place: the journal does not have it.
    folder.write("static/booth/booth.js", "a third");
    const std::string text = list_programs(*office);
    database.admin().execute("UPDATE seal_programs SET text = ?, digest = ? WHERE number = 2", {text, crypto::sha_hex(text)});
    must_not("open", {}, "la liste scellée des programmes n’est pas celle du scellement");
}

BOOST_AUTO_TEST_CASE(the_last_acts_are_cut_off_the_journal) {
    tallied();
    fill_urne();
    must("audit verify");
    alter("DELETE FROM audit ORDER BY id DESC LIMIT 2");
    must_not("audit verify", {}, "journal coupé");
    must_not("integrity", {}, "journal coupé");
    // And written again, as if they had been others: the chain holds, the signature does not.
    must_not("publish", {}, "il ne revient pas");
    must("export", {path("archives"), "--scrutin", "ctm"});
    must("export", {path("archives"), "--scrutin", "ctm"});
    must_not("audit verify", {}, "ne sont pas celles qui ont été signées");
    fill_urne();  // sceau signs nothing over it
    must_not("audit verify", {}, "ne sont pas celles qui ont été signées");
}

BOOST_AUTO_TEST_CASE(the_last_acts_leave_with_every_signed_head) {
    tallied();
    fill_urne();
    alter("DELETE FROM audit ORDER BY id DESC LIMIT 2");
    alter("DELETE FROM urne.journal_head");
    must_not("audit verify", {}, "journal coupé : le processus sceau a publié");
    must_not("integrity", {}, "journal coupé");
}

BOOST_AUTO_TEST_CASE(an_act_is_rewritten_with_the_whole_chain_after_it) {
    seal("10");
    fill_urne();
    std::string previous(domain::k_audit_start);
    for (const auto& row : database.admin().select("SELECT id, at, actor, action, detail FROM audit ORDER BY id")) {
        const std::string actor = row.number(0) == 2 ? "personne" : row.text(2);
        previous = domain::audit_hash(previous, util::to_sql(row.instant(1)), actor, row.text(3), row.text(4));
        database.admin().execute("UPDATE audit SET actor = ?, hash = ? WHERE id = ?", {actor, previous, row.number(0)});
    }
    must_not("audit verify", {}, "ne sont pas celles qui ont été signées");
    must_not("integrity", {}, "ne sont pas celles qui ont été signées");
}

BOOST_AUTO_TEST_CASE(officers_who_act_at_once_do_not_collide) {
    seal("10");
    std::vector<std::thread> officers;
    std::atomic<int> refused = 0;
    for (int i = 0; i < 6; ++i) {
        officers.emplace_back([&, i] {
            Office own(path("portail.toml"), (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
            for (int n = 0; n < 20; ++n) {
                try {
                    record_alone(own, "essai", std::to_string(i) + " " + std::to_string(n));
                } catch (const std::exception&) {
                    ++refused;
                }
            }
        });
    }
    for (std::thread& officer : officers) officer.join();
    BOOST_TEST(refused == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'essai'") == 120);
    must("audit verify");
}

// What the office's own account may not do once the scrutins are sealed, though it may before.
BOOST_AUTO_TEST_CASE(the_offices_account_cannot_change_what_is_sealed) {
    import_demo("10");
    db::Connection account(database.settings("scrutinctl"));
    const std::vector<std::string> changes{
        "DELETE FROM voter_scrutin LIMIT 1",
        "DELETE FROM candidate LIMIT 1",
        "DELETE FROM profession_de_foi LIMIT 1",
        "UPDATE election SET demonstration = NOT demonstration",
        "UPDATE scrutin SET state = 'draft' WHERE state = 'sealed'",
        "DELETE FROM calendar WHERE event = 'results_shown'",
        "INSERT INTO candidate SELECT candidate_list_id, 99, civility, last_name, first_name, affectation FROM candidate LIMIT 1",
        "INSERT INTO urne.credential SELECT scrutin_id, REPEAT('0', 64), public_key FROM urne.credential LIMIT 1"};
    account.run(changes[0]);
    must("demo", {path("again"), "--electors", "10", "--seed", "5"});
    must("import", {path("again")});
    must("trustee demo-ceremony", {path("trustees")});
    must("seal", seal_words());
    for (const std::string& change : changes) {
        BOOST_CHECK_EXCEPTION(account.run(change), db::Error, [](const db::Error& error) { return error.code() == 1644; });
    }
    must("integrity");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace attacks_tests
