// SPDX-License-Identifier: AGPL-3.0-or-later
// The check that a member asks for: it holds on a sealed scrutin with a signed log and journal, and finds each thing that somebody with the database
// changed.
#include "bureau/integrity.hpp"
#include "bureau_fixture.hpp"

#include "crypto/merkle.hpp"
#include "crypto/tlog.hpp"
#include "domain/audit.hpp"
#include "domain/seal.hpp"
#include "util/file.hpp"
#include "util/signature.hpp"

namespace integrity_tests {

namespace {

struct IntegrityFixture : test::BureauFixture {
    const std::string secret = util::read_file(portal.folder() / "log_secret_key").value();
    std::string last_hash{domain::k_audit_start};
    unsigned entries = 0;
    crypto::merkle::Frontier journal, log;

    const std::string logo = "\x89PNG a logo";  // of the first list

    IntegrityFixture() {
        act("import", "abc");
        domain::Seal seal;
        seal.code = "ctm", seal.uuid = "uuidctm", seal.bureau = "Bureau central", seal.electors = 100;
        seal.log_key = util::public_key_of(secret);
        seal.lists = {{"Les Tilleuls", "UT", "", {}, {}, util::sha256_hex(logo)}, {"Le Canal", "LC", "", {}, {}, ""}};
        const std::string programs = "sha256 portail-vote\n";
        seal.programs = util::sha256_hex(programs);
        const std::string text = domain::write_seal(seal), digest = util::sha256_hex(text);
        BOOST_REQUIRE(domain::read_seal(text).has_value());
        db.execute("INSERT INTO seal (scrutin_id, digest, text) VALUES (1, ?, ?)", {digest, text});
        db.execute("INSERT INTO seal_programs (number, digest, text, at, reason) VALUES (1, ?, ?, '2026-12-02 08:00:00', '')",
                   {seal.programs, programs});
        db.execute(
            "INSERT INTO urne.setup (scrutin_id, uuid, election, trustees, public_creds_hash, receipt_key, log_key) VALUES (1, 'uuidctm', '', '', '', '', ?)",
            {seal.log_key});
        act("programs", seal.programs + " au scellement");
        act("seal", "ctm sceau=" + digest + " election=" + util::sha256_hex("") + " ");
        for (unsigned voter = 100; voter < 105; ++voter) {
            portal.add_voter(voter, "v" + std::to_string(voter) + "@ac-poitiers.example");
            stand_on(voter, 1);
            cast(voter);
        }
        sign_log(), sign_journal();
        enter(k_president);
    }
    void act(const char* action, const std::string& detail) {
        const std::string at = "2026-12-02 08:00:00", hash = domain::audit_hash(last_hash, at, "root", action, detail);
        db.execute("INSERT INTO audit (id, at, actor, action, detail, hash) VALUES (?, ?, 'root', ?, ?, ?)",
                   {++entries, at, action, detail, hash});
        journal.append(*util::from_hex(hash));
        last_hash = hash;
    }
    // A vote whose ballot is in the log already.
    void cast(unsigned voter) {
        vote(voter, 1, portal.clock.now());
        const std::string hash = util::sha256_hex("b" + std::to_string(voter));
        db.execute("INSERT INTO urne.log (scrutin_id, leaf_index, ballot_hash) VALUES (1, ?, ?)", {log.size(), hash});
        log.append(*util::from_hex(hash));
    }
    void sign_log() {
        db.execute("INSERT INTO urne.log_head (scrutin_id, size, root, signature) VALUES (1, ?, ?, ?)",
                   {log.size(), util::to_hex(log.root()),
                    util::sign(secret, crypto::merkle::head_message("uuidctm", log.size(), log.root()))});
    }
    void sign_journal() {
        const std::string origin = domain::journal_origin(portal.settings.base_url);
        crypto::tlog::Note note{crypto::tlog::Checkpoint{origin, journal.size(), journal.root()}.text(), {}};
        note.signatures.push_back(crypto::tlog::sign(secret, origin, note.text));
        db.execute("INSERT INTO urne.journal_head (size, note) VALUES (?, ?)", {journal.size(), note.write()});
    }
    // After what the worker has written of its checks.
    void publish_papers(const std::string& list) {
        const auto last = db.select_one("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1");
        entries = static_cast<unsigned>(last->number(0)), last_hash = last->text(1);
        act("papers", "ctm " + list + " dossier=" + list);
    }
    test::Page check(const char* code = "ctm") { return portal.post("/bureau/scrutins/" + std::string(code) + "/integrite", {}); }
    // What a change in the database makes of the page, which is then put back.
    void finds(const std::string& change, std::string_view words, const std::string& back) {
        db.run(change);
        const auto page = check();
        BOOST_TEST(page.status == 200);
        BOOST_TEST(!page.has("Tout concorde"), change);
        BOOST_TEST(page.has("NON&nbsp;: " + std::string(words)), change);
        BOOST_TEST(last_act().find("DIFFÉRENCE") != std::string::npos);
        db.run(back);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(integrity_tests, IntegrityFixture)

BOOST_AUTO_TEST_CASE(a_sound_scrutin_holds_and_the_page_is_one_to_sign) {
    const auto page = check();
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Tout concorde"));
    BOOST_TEST(!page.has("NON"));
    BOOST_TEST(page.has("membre n°&nbsp;1, président"));
    BOOST_TEST(page.has(util::to_hex(log.root())));
    BOOST_TEST(page.has("scrutinctl integrity"));
    BOOST_TEST(last_act() ==
               "membre n° 1 desk-integrity ctm : contrôle d’intégrité, tout concorde ; registre de 5 bulletins, empreinte " +
                   util::to_hex(log.root()));
    BOOST_TEST(check().has("Tout concorde"));
}

BOOST_AUTO_TEST_CASE(each_thing_that_is_changed_is_found) {
    finds("UPDATE seal SET text = CONCAT(text, ' ')", "le texte scellé a été changé",
          "UPDATE seal SET text = LEFT(text, CHAR_LENGTH(text) - 1)");
    finds("UPDATE scrutin SET uuid = 'autre' WHERE id = 1", "le scrutin n’est plus celui",
          "UPDATE scrutin SET uuid = 'uuidctm' WHERE id = 1");
    finds("UPDATE seal_programs SET text = 'x'", "la liste scellée des programmes manque",
          "UPDATE seal_programs SET text = 'sha256 portail-vote\n'");
    finds("UPDATE seal_programs SET number = 2, digest = SHA2('x', 256), text = 'x'",
          "la liste scellée des programmes n’est pas celle du journal",
          "UPDATE seal_programs SET number = 1, digest = SHA2('sha256 portail-vote\n', 256), text = 'sha256 portail-vote\n'");
    finds("DELETE FROM emargement WHERE voter_id = 100", "5 bulletins et 4 émargements",
          "INSERT INTO emargement VALUES (1, 100, '2026-12-05 11:00:00')");
    finds("UPDATE urne.log SET ballot_hash = REPEAT('0', 64) WHERE leaf_index = 2", "les bulletins de l’urne ne sont pas ceux",
          "UPDATE urne.log SET ballot_hash = '" + util::sha256_hex("b102") + "' WHERE leaf_index = 2");
    finds("UPDATE urne.log SET leaf_index = 9 WHERE leaf_index = 4", "une ligne du registre manque",
          "UPDATE urne.log SET leaf_index = 4 WHERE leaf_index = 9");
    finds("UPDATE urne.log_head SET signature = REPEAT('A', 86)", "la dernière tête du journal public n’est pas signée",
          "DELETE FROM urne.log_head");
    sign_log();
    finds("UPDATE audit SET detail = 'abd' WHERE id = 1", "journal rompu à l’entrée 1",
          "UPDATE audit SET detail = 'abc' WHERE id = 1");
    BOOST_TEST(check().has("Tout concorde"));
}

BOOST_AUTO_TEST_CASE(files_that_nginx_serves_are_compared_and_told_by_their_path) {
    const std::string other = "\x89PNG another", minutes = "<p>procès-verbal</p>";
    const auto papers = portal.folder() / "papers";
    portal.settings.papers = papers;
    db.run(
        "INSERT INTO candidate_list (id, scrutin_id, position, name, union_name) VALUES (1, 1, 1, 'Les Tilleuls', 'UT'), (2, 1, 2, 'Le Canal', 'LC')");
    db.execute("INSERT INTO list_logo VALUES (1, ?, 16, 16, ?)", {util::sha256_hex(logo), logo});
    std::filesystem::create_directories(papers / "_logos");
    std::filesystem::create_directories(papers / "ctm");
    const auto logo_file = papers / "_logos" / (util::sha256_hex(logo) + ".png");
    const auto minutes_file = papers / "ctm" / util::sha256_hex(minutes);
    const std::string list = util::sha256_hex(minutes) + "  proces-verbal.html\n";
    util::replace_file(logo_file, logo);
    BOOST_TEST(check().has("Tout concorde"));
    util::replace_file(minutes_file, minutes);
    util::replace_file(papers / "ctm" / util::sha256_hex(list), list);
    BOOST_TEST(
        check().has("ce fichier est de trop, rien de publié ne le nomme, et 1 de plus"));  // of a publication that was stopped
    db.execute(
        "INSERT INTO paper VALUES (1, 'proces-verbal.html', ?, ?, '2026-12-06 08:00:00'), (1, 'SHA256SUMS', ?, ?, '2026-12-06 08:00:00')",
        {util::sha256_hex(minutes), minutes.size(), util::sha256_hex(list), list.size()});
    BOOST_TEST(check().has("la liste des pièces publiées n’est pas celle du journal"));
    publish_papers(util::sha256_hex(list));
    BOOST_TEST(check().has("Tout concorde"));
    const auto told = [&](const std::filesystem::path& path, const char* words, std::string_view what) {
        const auto page = check();
        BOOST_TEST(!page.has("Tout concorde"), what);
        BOOST_TEST((page.has(path.string()) && page.has(words)), what);
    };
    for (const auto& [file, content] : {std::pair{logo_file, logo}, {minutes_file, minutes}}) {
        std::string changed = content;
        changed[content.size() / 2] ^= 1;
        util::replace_file(file, changed);
        told(file, "n’a plus l’empreinte", "a changed byte");
        std::filesystem::remove(file);
        told(file, "ce fichier manque", "a lost file");
        util::replace_file(file, content);
        const auto beside = file.parent_path() / (util::sha256_hex(other) + ".png");
        util::replace_file(beside, other);
        told(beside, "est de trop", "one too many");
        std::filesystem::remove(beside);
    }
    util::replace_file(papers / "notes.txt", "x");
    told(papers / "notes.txt", "est de trop", "beside the folders");
    std::filesystem::remove(papers / "notes.txt");
    // Who has the database and the folder: another logo, whole under its own digest.
    util::replace_file(papers / "_logos" / (util::sha256_hex(other) + ".png"), other);
    db.execute("UPDATE list_logo SET digest = ?, png = ?", {util::sha256_hex(other), other});
    BOOST_TEST(check().has("la page nomme un autre logo que celui qui est scellé"));
}

BOOST_AUTO_TEST_CASE(a_log_set_back_with_its_signed_head_is_found_by_the_check_before) {
    portal.add_voter(106, "v106@ac-poitiers.example");
    stand_on(106, 1);
    cast(106);
    sign_log();
    BOOST_TEST(check().has("Tout concorde"));
    // Whoever has the database goes back to the head before: all of it is signed, and numbers agree.
    db.run("DELETE FROM urne.log_head WHERE size = 6");
    db.run("DELETE FROM urne.log WHERE leaf_index = 5");
    db.run("DELETE FROM urne.ballot WHERE ballot_hash = '" + util::sha256_hex("b106") + "'");
    db.run("DELETE FROM emargement WHERE voter_id = 106");
    const auto page = check();
    BOOST_TEST(page.has("ne prolonge pas celui du contrôle précédent (6 bulletins)"));
    // And still after that check.
    BOOST_TEST(check().has("ne prolonge pas celui du contrôle précédent (6 bulletins)"));
}

BOOST_AUTO_TEST_CASE(before_the_sealing_urne_and_attendance_are_empty) {
    BOOST_TEST(!check("capd-079").has("Tout concorde"));  // open, and not sealed
    db.run("UPDATE scrutin SET state = 'published' WHERE id = 2");
    BOOST_TEST(check("capd-079").has("Tout concorde"));
    vote(100, 2, portal.clock.now());
    BOOST_TEST(check("capd-079").has("NON&nbsp;: ils ne le sont pas"));
}

BOOST_AUTO_TEST_CASE(it_is_for_the_bureau_of_the_scrutin) {
    BOOST_TEST(check("capd-076").status == 404);
    enter(k_expert);
    BOOST_TEST(check().has("expert indépendant"));
    enter(k_gestionnaire);
    BOOST_TEST(check().status == 404);
}

BOOST_AUTO_TEST_CASE(twenty_in_an_hour) {
    for (int i = 0; i < 20; ++i) BOOST_TEST(check().status == 200);
    BOOST_TEST(check().status == 429);
}

BOOST_AUTO_TEST_CASE(words_of_a_check_are_read_again_or_not_at_all) {
    bureau::Integrity found;
    found.log_size = 12, found.log_root = std::string(64, 'a');
    bureau::WatchedScrutin scrutin;
    scrutin.code = "ctm";
    const auto seen = bureau::seen_log_of(bureau::words_of_check(scrutin, found));
    BOOST_REQUIRE(seen.has_value());
    BOOST_TEST(seen->size == 12);
    BOOST_TEST(seen->root == found.log_root);
    found.findings.push_back({"x", "non"});
    BOOST_TEST(!bureau::seen_log_of(bureau::words_of_check(scrutin, found)));
    for (const char* bad : {"", " ; registre de x bulletins, empreinte ", " bulletins, empreinte  ; registre de 1"})
        BOOST_TEST(!bureau::seen_log_of(bad));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace integrity_tests
