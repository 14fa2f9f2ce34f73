// SPDX-License-Identifier: AGPL-3.0-or-later
// Lists deposited, looked at, decided, ordered and made the scrutin's own; and everything that must stop on the way.
#include "election_fixture.hpp"
#include "scrutinctl/demo/pdf.hpp"
#include "util/bytes.hpp"

namespace candidatures_tests {

namespace {

struct Candidatures : test::ElectionFixture {
    Candidatures() {
        import_demo("60");
        database.admin().run("ALTER TABLE candidature AUTO_INCREMENT = 1");
        database.admin().run("ALTER TABLE desk_member AUTO_INCREMENT = 1");
        code = text(
            "SELECT s.code FROM scrutin s JOIN voter_scrutin r ON r.scrutin_id = s.id GROUP BY s.id ORDER BY COUNT(*) DESC, s.id LIMIT 1");
        for (
            const auto& row : database.admin().select(
                "SELECT v.email, CONCAT_WS(';', IF(v.civility = 'Mme', 'Mme', 'M.'), v.last_name, v.first_name, v.affectation), v.last_name "
                "FROM voter v JOIN voter_scrutin r ON r.voter_id = v.id JOIN scrutin s ON s.id = r.scrutin_id WHERE s.code = ? "
                "ORDER BY v.id LIMIT 12",
                {code}))
            electors.push_back({row.text(0), row.text(1), row.text(2)});
        BOOST_REQUIRE_GE(electors.size(), 8);
        delegate = electors[0].address;
    }
    std::string text(const std::string& sql, const db::Params& params = {}) {
        return database.admin().select_one(sql, params)->text(0);
    }
    void open(const std::string& union_name, const Words& more = {"--from", "2026-01-01 08:00", "--until", "2036-01-01 17:00"}) {
        Words words{"--scrutin", code, "--union", union_name, "--delegate", delegate};
        words.insert(words.end(), more.begin(), more.end());
        must("candidatures open", words);
    }
    // A folder with the electors from..until as candidates.
    std::string list(const std::string& name, std::size_t from, std::size_t until, const std::string& pdf = {}) {
        std::filesystem::create_directories(folder / name);
        std::string lines = "civilite;nom;prenom;affectation\n";
        for (std::size_t i = from; i < until; ++i) lines += electors[i].line + "\n";
        folder.write(name + "/candidats.csv", lines);
        folder.write(name + "/profession.pdf", pdf.empty() ? scrutinctl::demonstration::make_pdf(name, {"Nos raisons."}) : pdf);
        return path(name);
    }
    Words deposit_words(const std::string& union_name, const std::string& where) const {
        return {where, "--scrutin", code, "--union", union_name, "--name", "Liste de " + union_name};
    }
    std::string deposit(const std::string& union_name, const std::string& where) {
        must("candidatures deposit", deposit_words(union_name, where));
        return newest(union_name);
    }
    std::string newest(const std::string& union_name) {
        return text(
            "SELECT d.number FROM candidature_deposit d JOIN candidature c ON c.id = d.candidature_id WHERE c.union_name = ? "
            "ORDER BY d.version DESC LIMIT 1",
            {union_name});
    }
    void end_window() { database.admin().run("UPDATE candidature SET closes_at = '2026-06-01 10:00:00'"); }
    // Two unions with a list each, accepted and in order, the second one first.
    void make_ready() {
        open("Union A");
        open("Union B");
        const std::string a = deposit("Union A", list("a", 0, 2)), b = deposit("Union B", list("b", 2, 4));
        must("candidatures accept", {a});
        must("candidatures accept", {b});
        end_window();
        must("candidatures order", {"2", "1", "--scrutin", code, "--acte", "tirage au sort du 2 juin 2026"});
    }
    std::string lists_of_scrutin() {
        return text(
            "SELECT COALESCE(GROUP_CONCAT(CONCAT(l.position, ' ', l.union_name, ' ', (SELECT COUNT(*) FROM candidate c WHERE "
            "c.candidate_list_id = l.id), ' ', (SELECT COUNT(*) FROM profession_de_foi p WHERE p.candidate_list_id = l.id), ' ', "
            "(SELECT COUNT(*) FROM list_delegate d WHERE d.candidate_list_id = l.id)) ORDER BY l.position SEPARATOR ', '), '') "
            "FROM candidate_list l JOIN scrutin s ON s.id = l.scrutin_id WHERE s.code = ?",
            {code});
    }

    struct Elector {
        std::string address, line, last_name;
    };
    std::vector<Elector> electors;
    std::string code, delegate;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(candidatures_tests, Candidatures)

BOOST_AUTO_TEST_CASE(a_list_goes_from_its_folder_to_the_ballot) {
    make_ready();
    must_not("candidatures publish", {"--scrutin", code}, "--remplace");
    must("candidatures publish", {"--scrutin", code, "--remplace"});
    BOOST_TEST(lists_of_scrutin() == "1 Union B 2 1 1, 2 Union A 2 1 1");
    const auto acts = count("SELECT COUNT(*) FROM audit");
    const auto version = count("SELECT data_version FROM election");
    must("candidatures publish", {"--scrutin", code, "--remplace"});
    must("candidatures publish", {"--scrutin", code});
    BOOST_TEST(count("SELECT COUNT(*) FROM audit") == acts);
    BOOST_TEST(count("SELECT data_version FROM election") == version);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'candidatures'") == 8);
    must("audit verify");
    // Electors see what was deposited.
    must("publish", {"--scrutin", code});
    must("candidatures publish", {"--scrutin", code, "--remplace"});
    must_not("candidatures open", {"--scrutin", code, "--union", "Union C", "--delegate", delegate}, "ses listes sont fixées");
}

BOOST_AUTO_TEST_CASE(a_common_list_is_published_and_sealed_with_its_sharing_key) {
    open("SUD et UNSA");
    open("Union B");
    const std::string where = list("a", 0, 2);
    folder.write("a/organisations.csv", "SUD;60\nUNSA;30\n");
    must_not("candidatures deposit", deposit_words("SUD et UNSA", where), "90 % ensemble");
    folder.write("a/organisations.csv", "SUD;60\nUNSA;40\n");
    const std::string common = deposit("SUD et UNSA", where);
    must("candidatures show", {common});
    const std::string other = list("b", 2, 4);
    folder.write("b/organisations.csv", "FO\nsud\n");
    must_not("candidatures accept", {deposit("Union B", other)}, "l’organisation « sud » est aussi derrière la candidature n° 1");
    folder.write("b/organisations.csv", "FO\nCGT\n");
    must("candidatures accept", {deposit("Union B", other)});
    must("candidatures accept", {common});
    end_window();
    must("candidatures order", {"2", "1", "--scrutin", code, "--acte", "tirage au sort du 2 juin 2026"});
    must("candidatures publish", {"--scrutin", code, "--remplace"});
    const std::string unions =
        "SELECT GROUP_CONCAT(CONCAT(l.position, ' ', u.name, ' ', COALESCE(u.share, '=')) ORDER BY l.position, u.position) FROM list_union u "
        "JOIN candidate_list l ON l.id = u.candidate_list_id";
    BOOST_TEST(text(unions) == "1 FO =,1 CGT =,2 SUD 6000,2 UNSA 4000");
    must("candidatures publish", {"--scrutin", code});
    // Another key of the same list is another list.
    database.admin().run("UPDATE list_union SET share = 5000 WHERE share IS NOT NULL");
    must_not("candidatures publish", {"--scrutin", code}, "--remplace");
    must("candidatures publish", {"--scrutin", code, "--remplace"});
    BOOST_TEST(text(unions) == "1 FO =,1 CGT =,2 SUD 6000,2 UNSA 4000");
    folder.write("demo/regles.csv", folder.read("demo/regles.csv") + "\n");
    must("import", {path("demo"), "--yes"});
    BOOST_TEST(count("SELECT COUNT(*) FROM list_union") == 0);
}

BOOST_AUTO_TEST_CASE(a_logo_that_pages_can_show_is_published_under_its_digest) {
    const std::string png =
        util::from_base64_unpadded("iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQAAAAA3iMLMAAAADElEQVR4nGNgIA0AAAAwAAEWiZrRAAAAAElFTkSuQmCC")
            .value();
    const std::string digest = util::sha256_hex(png);
    open("Union A");
    open("Union B");
    const std::string a = list("a", 0, 2), b = list("b", 2, 4);
    folder.write("a/logo.png", png);
    folder.write("b/logo.png", png.substr(0, png.size() - 1) + "x");
    must("candidatures accept", {deposit("Union A", a)});
    must_not("candidatures accept", {deposit("Union B", b)}, "le logo ne s’affiche pas");
    must("candidatures accept", {newest("Union B"), "--malgre"});
    end_window();
    must("candidatures order", {"2", "1", "--scrutin", code, "--acte", "tirage au sort du 2 juin 2026"});
    must("candidatures publish", {"--scrutin", code, "--remplace"});
    BOOST_TEST(
        text(
            "SELECT GROUP_CONCAT(CONCAT(l.position, ' ', g.digest, ' ', g.width, ' ', g.height)) FROM list_logo g JOIN candidate_list l ON l.id = "
            "g.candidate_list_id") == "2 " + digest + " 16 16");
    BOOST_TEST(folder.read("papers/_logos/" + digest + ".png") == png);
    // Its file is lost, be it after the lists are fixed: the same act brings it back.
    std::filesystem::remove_all(folder / "papers");
    must("publish", {"--scrutin", code});
    must("candidatures publish", {"--scrutin", code});
    BOOST_TEST(folder.read("papers/_logos/" + digest + ".png") == png);
    // What a publication that was stopped has left is told once the lists are fixed, and goes with the next.
    const std::string left = "papers/_logos/" + std::string(64, 'a') + ".png";
    folder.write(left, png);
    must_not("integrity", {}, path(left) + " : ce fichier est de trop");
    must("candidatures publish", {"--scrutin", code});
    BOOST_TEST(!std::filesystem::exists(folder / left));
    database.admin().run("UPDATE scrutin SET state = 'draft'");
    folder.write("demo/regles.csv", folder.read("demo/regles.csv") + "\n");
    must("import", {path("demo"), "--yes"});
    BOOST_TEST(count("SELECT COUNT(*) FROM list_logo") == 0);
    BOOST_TEST(std::filesystem::is_empty(folder / "papers/_logos"));
}

BOOST_AUTO_TEST_CASE(what_was_deposited_outlives_an_import_and_is_published_again) {
    make_ready();
    must("candidatures publish", {"--scrutin", code, "--remplace"});
    folder.write("demo/regles.csv", folder.read("demo/regles.csv") + "\n");
    must("import", {path("demo"), "--yes"});
    BOOST_TEST(lists_of_scrutin().find("Union B") == std::string::npos);
    must("candidatures publish", {"--scrutin", code, "--remplace"});
    BOOST_TEST(lists_of_scrutin() == "1 Union B 2 1 1, 2 Union A 2 1 1");
}

BOOST_AUTO_TEST_CASE(each_deposit_has_a_receipt_and_the_ones_before_stay) {
    open("Union A");
    const std::string first = deposit("Union A", list("a", 0, 2));
    BOOST_TEST(first.size() == 11);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox WHERE subject LIKE 'Liste déposée, n° C-%'") == 1);
    // The same again is the same.
    BOOST_TEST(deposit("Union A", list("a", 0, 2)) == first);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox WHERE subject LIKE 'Liste déposée%'") == 1);
    const std::string second = deposit("Union A", list("a", 0, 3));
    BOOST_TEST(second != first);
    BOOST_TEST(text("SELECT GROUP_CONCAT(version ORDER BY version) FROM candidature_deposit") == "1,2");
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_name") == 5);
    must_not("candidatures accept", {first}, "remplacé");
    must_not("candidatures refuse", {first, "--raison", "non"}, "remplacé");
    must("candidatures show", {first});
    must_not("candidatures show", {"C-AAAA-AAAA"}, "aucun dépôt");
    must("candidatures file", {second, "profession", path("sortie.pdf")});
    BOOST_TEST(folder.read("sortie.pdf") == folder.read("a/profession.pdf"));
    must_not("candidatures file", {second, "profession", path("sortie.pdf")}, "déjà pris");
    must_not("candidatures file", {second, "logo", path("logo.png")}, "n’a pas ce fichier");
    // The journal names unions and numbers, and no person.
    for (const Elector& elector : electors)
        BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'candidatures' AND detail LIKE '%" + elector.address + "%'") ==
                   0);
}

BOOST_AUTO_TEST_CASE(nothing_is_deposited_that_does_not_hold) {
    must_not("candidatures deposit", deposit_words("Union A", list("a", 0, 2)), "n’est pas ouverte");
    open("Union A");
    std::filesystem::create_directories(folder / "bad");
    must_not("candidatures deposit", deposit_words("Union A", path("bad")), "ne se lit pas");
    folder.write("bad/candidats.csv", electors[0].line + "\nDUPONT;Jeanne\n");
    must_not("candidatures deposit", deposit_words("Union A", path("bad")), "Ligne 2 : quatre éléments");
    folder.write("bad/candidats.csv", electors[0].line + "\n");
    folder.write("bad/profession.pdf", "MZ");
    must_not("candidatures deposit", deposit_words("Union A", path("bad")), "n’en est pas un");
    folder.write("bad/profession.pdf", folder.read("a/profession.pdf"));
    folder.write("bad/logo.png", "<svg onload=alert(1)>");
    must_not("candidatures deposit", deposit_words("Union A", path("bad")), "n’en est pas une");
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_deposit") == 0);
    end_window();
    must_not("candidatures deposit", deposit_words("Union A", path("a")), "n’est pas ouvert");
    must("candidatures open", {"--scrutin", code, "--union", "Union A", "--until", "2036-01-01 17:00"});
    deposit("Union A", path("a"));
}

BOOST_AUTO_TEST_CASE(who_deposits_is_named_by_the_office_and_sits_at_the_desk) {
    must_not("candidatures open", {"--scrutin", code, "--union", "Union A"}, "--delegate");
    must_not("candidatures open", {"--scrutin", code, "--union", "Union A", "--delegate", "nul@ailleurs.example"},
             "aucun électeur");
    must_not("candidatures open", {"--scrutin", code, "--union", "", "--delegate", delegate}, "--union");
    must_not("candidatures open", {"--union", "Union A", "--delegate", delegate}, "--scrutin");
    must_not("candidatures open",
             {"--scrutin", code, "--union", "A", "--delegate", delegate, "--from", "2030-01-02 08:00", "--until",
              "2030-01-01 08:00"},
             "se clore après");
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature") == 0);
    open("Union A");
    BOOST_TEST(text("SELECT CONCAT_WS('|', id, role) FROM desk_member") == "1|delegue_liste");
    const std::string id = text("SELECT id FROM candidature");
    BOOST_TEST(text("SELECT place FROM desk_member") == id);
    must("members");
    // Others in the place of the first; named again, he comes back with his number.
    must("candidatures open", {"--scrutin", code, "--union", "Union A", "--delegate", electors[1].address});
    BOOST_TEST(text("SELECT GROUP_CONCAT(email) FROM desk_member WHERE removed_at IS NULL") == electors[1].address);
    open("Union A");
    BOOST_TEST(text("SELECT GROUP_CONCAT(id) FROM desk_member WHERE removed_at IS NULL") == "1");
    // By the file of members he would be named for a bureau.
    folder.write("membres.csv", "courriel;bureau;academie;role\n" + delegate + ";;" + id + ";delegue_liste\n");
    must_not("members import", {path("membres.csv")}, "candidatures open");
}

BOOST_AUTO_TEST_CASE(the_checks_name_each_thing_and_an_officer_may_answer_for_them) {
    open("Union A");
    open("Union B");
    must_not("candidatures rule", {"--scrutin", code, "--women", "101"}, "pourcentage");
    must_not("candidatures rule", {"--scrutin", code, "--women", "5,"}, "pourcentage");
    must_not("candidatures rule", {"--scrutin", code, "--at-least", "5", "--at-most", "4"}, "dépasse");
    must("candidatures rule", {"--scrutin", code, "--at-least", "2", "--at-most", "4", "--women", "0,00"});
    must("candidatures rule", {"--scrutin", code, "--even", "--pages", "1"});
    BOOST_TEST(text("SELECT CONCAT_WS('|', least, most, is_even, women, pages) FROM candidature_rule") == "2|4|1|0|1");
    deposit("Union A", list("a", 0, 2));
    std::filesystem::create_directories(folder / "b");
    folder.write("b/candidats.csv", electors[1].line + "\nMme;INCONNUE;Zoé;Nulle part\nMme;" + electors[2].last_name + ";" +
                                        util::split(electors[2].line, ';')[2] + ";Ailleurs\n");
    folder.write("b/profession.pdf", "%PDF-1.4\nrien\n%%EOF\n");
    const std::string number = deposit("Union B", path("b"));
    for (const char* why : {"un nombre pair", "femmes sont attendues", "n° 2, Mme Zoé INCONNUE : personne de ce nom", "n° 3",
                            "à une autre affectation", "aussi sur la liste de la candidature n° 1", "ne se lit pas comme un PDF"})
        must_not("candidatures accept", {number}, why);
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_decision") == 0);
    must("candidatures check");
    must("candidatures check", {"--json"});
    must("candidatures accept", {number, "--malgre"});
    BOOST_TEST(count("SELECT COUNT(*) FROM candidature_decision WHERE despite LIKE '%INCONNUE%'") == 1);
    must_not("candidatures accept", {number, "--malgre"}, "déjà accepté");
    must_not("candidatures refuse", {number}, "--raison");
    must("candidatures refuse", {number, "--raison", "Le n° 2 n’est pas électeur."});
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox WHERE subject LIKE '%refusée' AND body LIKE '%Le n° 2 n’est pas électeur.%'") ==
               1);
    must("candidatures show", {number});
    must("candidatures list");
    must("candidatures list", {"--json"});
}

BOOST_AUTO_TEST_CASE(nothing_is_published_before_all_is_decided_and_ordered) {
    const Words publish{"--scrutin", code, "--remplace"}, order{"1", "2", "--scrutin", code, "--acte", "arrêté du 2 juin"};
    const std::string before = lists_of_scrutin();
    open("Union A");
    open("Union B");
    const std::string a = deposit("Union A", list("a", 0, 2)), b = deposit("Union B", list("b", 2, 4));
    must("candidatures accept", {a});
    must("candidatures accept", {b});
    must_not("candidatures publish", publish, "le dépôt est ouvert");
    must_not("candidatures order", order, "le dépôt est ouvert");
    const std::string c = deposit("Union B", list("b", 2, 5));
    end_window();
    must_not("candidatures publish", publish, "est à décider");
    must("candidatures accept", {c});
    must_not("candidatures publish", publish, "son rang n’est pas dit");
    must_not("candidatures order", {"1", "2", "--scrutin", code}, "--acte");
    for (const Words& wrong : {Words{"1"}, Words{"1", "1"}, Words{"1", "3"}, Words{"1", "2", "3"}, Words{"1", "2", "2"}}) {
        Words words = wrong;
        words.insert(words.end(), {"--scrutin", code, "--acte", "tirage"});
        must_not("candidatures order", words, "chaque candidature acceptée est attendue une fois : 1, 2");
    }
    must_not("candidatures order", {"x", "--scrutin", code, "--acte", "tirage"}, "des numéros");
    must("candidatures order", order);
    // The roll changed since: a candidate is no elector any more.
    database.admin().execute("UPDATE voter SET struck_off_at = UTC_TIMESTAMP() WHERE email = ?", {electors[2].address});
    must_not("candidatures publish", publish, "ne disent plus");
    database.admin().execute("UPDATE voter SET struck_off_at = NULL WHERE email = ?", {electors[2].address});
    // Somebody changed a deposit in the database.
    database.admin().run("UPDATE candidature_name SET last_name = 'AUTRE' WHERE position = 1 AND number = '" + c + "'");
    must_not("candidatures publish", publish, "ne disent plus");
    BOOST_TEST(lists_of_scrutin() == before);
}

BOOST_AUTO_TEST_CASE(the_offices_account_reads_no_draft) {
    db::Connection office_db(database.settings("scrutinctl"));
    BOOST_CHECK_THROW(office_db.select("SELECT names FROM candidature_draft"), db::Error);
    BOOST_CHECK_THROW(office_db.select("SELECT content FROM candidature_draft_file"), db::Error);
    BOOST_CHECK_THROW(office_db.execute("DELETE FROM candidature_deposit"), db::Error);
    BOOST_CHECK_THROW(office_db.execute("UPDATE candidature_deposit SET digest = ''"), db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace candidatures_tests
