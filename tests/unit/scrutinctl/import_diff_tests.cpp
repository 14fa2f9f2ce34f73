// SPDX-License-Identifier: AGPL-3.0-or-later
// A second import shows what it changes and asks before it replaces anything.
#include <boost/test/unit_test.hpp>

#include "scrutinctl/election_fixture.hpp"
#include "scrutinctl/import_diff.hpp"

namespace import_diff_tests {

namespace {

struct Fixture : test::ElectionFixture {
    Fixture() { import_demo("12"); }

    std::vector<std::string> diff() {
        scrutinctl::ImportFaults faults;
        const scrutinctl::ImportFiles files(folder / "demo");
        const auto election = scrutinctl::read_election(files, faults);
        scrutinctl::ImportDiff diff(office->db());
        scrutinctl::read_electors(files, election, faults, [&](const scrutinctl::Elector& one) { diff.see(one); });
        BOOST_TEST(faults.count() == 0u, (faults.lines().empty() ? "" : faults.lines()[0]));
        return diff.lines(election);
    }
    // The rows of electeurs.csv, titles first.
    std::vector<std::string> rows() const {
        auto all = util::split(folder.read("demo/electeurs.csv"), '\n');
        all.pop_back();
        return all;
    }
    void write(const std::vector<std::string>& rows) const {
        std::string all;
        for (const auto& row : rows) all += row + "\n";
        folder.write("demo/electeurs.csv", all);
    }
    std::int64_t electors() { return database.admin().select_one("SELECT COUNT(*) FROM voter")->number(0); }
    std::string name_in(const std::string& row) const {
        const auto cells = util::split(row, ';');
        return cells[3] + " " + cells[2];
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(import_diff, Fixture)

BOOST_AUTO_TEST_CASE(the_same_files_change_nothing) { BOOST_TEST(diff().empty()); }

BOOST_AUTO_TEST_CASE(added_struck_and_changed_are_counted_and_named) {
    auto all = rows();
    const std::string gone = name_in(all.back());
    all.pop_back();
    folder.write("demo/delegues.csv", "courriel;scrutin;liste\n");
    const std::string first = name_in(all[1]);
    all[1].replace(all[1].rfind(';') + 1, std::string::npos, "Loge");
    std::string added = all[2];
    added.replace(0, added.find('@'), "nouvelle.venue");
    const auto numen = util::split(added, ';')[4];
    added.replace(added.find(numen), numen.size(), "99Z9999999ZZZ");
    all.push_back(added);
    write(all);
    const auto lines = diff();
    BOOST_TEST_REQUIRE(lines.size() == 1u);
    BOOST_TEST(lines[0] == "Électeurs : 1 ajouté (" + name_in(added) + ") ; 1 retiré (" + gone + ") ; 1 changé (" + first + ").");
}

BOOST_AUTO_TEST_CASE(of_many_who_are_gone_the_first_of_the_roll_are_named) {
    auto all = rows();
    folder.write("demo/delegues.csv", "courriel;scrutin;liste\n");
    std::string names;
    for (std::size_t i = all.size() - 7; i < all.size() - 2; ++i) names += (names.empty() ? "" : ", ") + name_in(all[i]);
    all.resize(all.size() - 7);
    write(all);
    const auto lines = diff();
    BOOST_TEST_REQUIRE(lines.size() == 1u);
    BOOST_TEST(lines[0] == "Électeurs : 7 retirés (" + names + "…).");
}

BOOST_AUTO_TEST_CASE(who_was_struck_off_and_is_in_the_files_is_told) {
    database.admin().run("UPDATE voter SET struck_off_at = UTC_TIMESTAMP(), struck_off_reason = 'parti' WHERE id = 3");
    const auto lines = diff();
    BOOST_TEST_REQUIRE(lines.size() == 1u);
    BOOST_TEST(lines[0] == "Électeurs : 1 radié par le bureau, qui revient (" + name_in(rows()[3]) + ").");
}

BOOST_AUTO_TEST_CASE(scrutins_lists_and_what_people_did_are_told) {
    folder.replace("demo/scrutins.csv", ";15;", ";14;");
    folder.replace("demo/listes.csv", "ctm;1;", "ctm;1;Nouveau ");
    folder.write("demo/delegues.csv", "courriel;scrutin;liste\n");
    database.admin().run(
        "INSERT INTO reclamation (number, voter_id, object, body, created_at, idempotency_key) VALUES ('R-AAAA-AAAA', 1, 'profil', '', "
        "UTC_TIMESTAMP(), 'k')");
    const auto lines = diff();
    BOOST_TEST_REQUIRE(lines.size() == 3u);
    BOOST_TEST(lines[0] == "Scrutins : 1 changé (ctm).");
    BOOST_TEST(lines[1].starts_with("Listes : 1 ajoutée (ctm : Nouveau "), lines[1]);
    BOOST_TEST(lines[1].find(" ; 1 retirée (ctm : ") != std::string::npos, lines[1]);
    BOOST_TEST(lines[2] == "Effacés avec l’ancienne liste : 1 réclamation.");
}

BOOST_AUTO_TEST_CASE(a_sharing_key_comes_with_the_lists_and_a_changed_one_is_told) {
    const std::string before = folder.read("demo/listes.csv");
    const auto with = [&](const std::string& cell) {
        std::string rows;
        const auto lines = util::split(before, '\n');
        for (std::size_t i = 0; i + 1 < lines.size(); ++i)
            rows += lines[i] + ";" + (i == 0 ? "organisations" : i == 1 ? cell : "") + "\n";
        folder.write("demo/listes.csv", rows);
    };
    const auto keys = [&] {
        const auto row = database.admin().select_one(
            "SELECT COALESCE(GROUP_CONCAT(CONCAT(l.position, ' ', u.name, ' ', COALESCE(u.share, '=')) ORDER BY l.id, u.position), '') "
            "FROM list_union u JOIN candidate_list l ON l.id = u.candidate_list_id");
        return row->text(0);
    };
    const std::string list = "ctm : " + util::split(util::split(before, '\n')[1], ';')[2];
    with("");
    BOOST_TEST(diff().empty());
    with("Alizé = 60 | Bise = 40");
    BOOST_TEST_REQUIRE(diff().size() == 1u);
    BOOST_TEST(diff()[0] == "Listes : 1 dont le partage des voix change (" + list + ", Alizé 60\u00a0%, Bise 40\u00a0%).");
    must("import", {path("demo")});
    BOOST_TEST(keys() == "1 Alizé 6000,1 Bise 4000");
    BOOST_TEST(diff().empty());
    with("Alizé | Bise");
    BOOST_TEST_REQUIRE(diff().size() == 1u);
    BOOST_TEST(diff()[0] == "Listes : 1 dont le partage des voix change (" + list + ", Alizé et Bise, à parts égales).");
    must("import", {path("demo")});
    BOOST_TEST(keys() == "1 Alizé =,1 Bise =");
    // A file without the column is one where no list is common.
    folder.write("demo/listes.csv", before);
    BOOST_TEST(diff().at(0).find("plus de partage") != std::string::npos, diff()[0]);
    must("import", {path("demo")});
    BOOST_TEST(keys().empty());
}

BOOST_AUTO_TEST_CASE(requests_for_help_outlive_a_second_import_with_what_became_of_them_and_are_nobody_else_s) {
    auto& db = database.admin();
    db.run(
        "INSERT INTO reclamation (number, voter_id, object, body, created_at, idempotency_key) VALUES ('R-AAAA-AAAA', 1, 'profil', '', "
        "UTC_TIMESTAMP(), 'k')");
    db.run(
        "INSERT INTO assistance (number, voter_id, email, academie_code, subject, body, created_at, idempotency_key) SELECT 'A-AAAA-AAAA', "
        "id, email, academie_code, 'code', 'perdu', UTC_TIMESTAMP(), 'k' FROM voter WHERE id = 2");
    db.run(
        "INSERT INTO desk_step (number, step, at, state, answer) VALUES ('R-AAAA-AAAA', 1, UTC_TIMESTAMP(), 'acceptee', 'oui'), "
        "('A-AAAA-AAAA', 1, UTC_TIMESTAMP(), 'repondue', 'voici')");
    auto all = rows();
    std::swap(all[2], all[3]);  // another is number 2 now
    write(all);
    must("import", {path("demo")});
    BOOST_TEST(db.select_one("SELECT GROUP_CONCAT(CONCAT(number, ' ', answer)) FROM desk_step")->text(0) == "A-AAAA-AAAA voici");
    const auto asked = db.select_one("SELECT voter_id, body, email = (SELECT email FROM voter WHERE id = 3) FROM assistance");
    BOOST_TEST(asked->is_null(0));
    BOOST_TEST(asked->text(1) == "perdu");
    BOOST_TEST(asked->flag(2));
}

BOOST_AUTO_TEST_CASE(a_real_election_is_replaced_by_who_says_yes_alone) {
    auto all = rows();
    all.pop_back();
    folder.write("demo/delegues.csv", "courriel;scrutin;liste\n");
    write(all);
    // What counts is the election that is there: files that call themselves a demonstration replace no real one unasked.
    database.admin().run("UPDATE election SET demonstration = FALSE");
    must_not("import", {path("demo")}, "donnez --yes pour remplacer l’élection en base sans question");
    BOOST_TEST(electors() == 12);
    must("import", {path("demo"), "--yes"});
    BOOST_TEST(electors() == 11);
    // The demonstration's own script is not asked.
    must("import", {path("demo")});
    all.pop_back();
    write(all);
    must("import", {path("demo")});
    BOOST_TEST(electors() == 10);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace import_diff_tests
