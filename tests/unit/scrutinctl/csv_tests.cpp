// SPDX-License-Identifier: AGPL-3.0-or-later
// CSV as people and spreadsheets write it, and what each fault is told.
#include "scrutinctl/csv.hpp"

#include <boost/test/unit_test.hpp>

#include "support/folder.hpp"

namespace csv_tests {

using namespace scrutinctl;

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Reading {
    Rows rows;
    std::vector<std::string> faults;
};

Reading read(std::string_view content) {
    test::Folder folder;
    folder.write("x.csv", content);
    ImportFaults faults;
    CsvReader csv(folder / "x.csv", {{"nom", 10, true}, {"ville", 20, false}}, faults);
    Reading reading;
    while (csv.read()) reading.rows.push_back({csv.field(0), csv.field(1)});
    reading.faults = faults.lines();
    return reading;
}

void check_rows(std::string_view content, const Rows& wanted) {
    const Reading reading = read(content);
    BOOST_TEST(reading.faults.empty(), content);
    BOOST_TEST((reading.rows == wanted), content);
}

void check_fault(std::string_view content, std::string_view fault) {
    const Reading reading = read(content);
    BOOST_REQUIRE_MESSAGE(reading.faults.size() == 1, content);
    BOOST_TEST(reading.faults[0] == fault);
}

}  // namespace

BOOST_AUTO_TEST_CASE(separators_quotes_and_line_ends) {
    const Rows wanted{{"Ada", "Saint-Avel"}, {"Bob", ""}};
    check_rows("nom;ville\nAda;Saint-Avel\nBob;\n", wanted);
    check_rows("nom,ville\r\nAda,Saint-Avel\r\nBob,\r\n", wanted);
    check_rows(
        "\xef\xbb\xbf"
        "ville;nom\nSaint-Avel;Ada\n\n;Bob",
        wanted);
    check_rows("nom;ville\n\"Ada\";\"Saint-Avel\"\nBob;\"\"\r\n", wanted);
    check_rows("nom;ville\n\"A \"\"B\"\"\";\"c;d\"\n", {{"A \"B\"", "c;d"}});
    check_rows("nom;ville\n  Ada\u00a0;\tSaint-Avel \nBob;\n", wanted);
    check_rows("nom;ville\nE\u0301lise;\n", {{"Élise", ""}});
}

BOOST_AUTO_TEST_CASE(faults_say_where_and_why) {
    check_fault("nom;ville\nAda;x;y\n", "x.csv, ligne 2 : 2 colonnes attendues, 3 lues");
    check_fault("nom;ville\nAda;x\n;y\n", "x.csv, ligne 3, colonne nom : vide");
    check_fault("nom;ville\nAlbertine-Anne;y\n", "x.csv, ligne 2, colonne nom : plus de 10 caractères");
    check_fault(
        "nom;ville\nAda;\xff\n",
        "x.csv : ce n’est pas de l’UTF-8 (ligne 2) mais sans doute du windows-1252 : relancez avec --encoding windows-1252, ou "
        "enregistrez le fichier en « CSV UTF-8 »");
    check_fault(std::string_view("nom;ville\nAda;a\0b\n", 18), "x.csv, ligne 2, colonne ville : caractère de contrôle");
    check_fault("nom;ville\nAda;\"x\ny\"\nBob;z\n", "x.csv, ligne 2, colonne ville : retour à la ligne dans la case");
    check_fault("nom;ville\nAda;\"x\n", "x.csv, ligne 2 : guillemet non fermé");
    check_fault("nom\nAda\n", "x.csv, ligne 1, colonne ville : colonne absente");
    check_fault("nom;ville;age\n", "x.csv, ligne 1, colonne age : colonne inconnue");
    check_fault("nom;ville;nom\n", "x.csv, ligne 1, colonne nom : colonne répétée");
    check_fault("", "x.csv, ligne 1 : fichier vide : une ligne de titres est attendue");
}

BOOST_AUTO_TEST_CASE(lines_are_counted_through_quoted_breaks) {
    const Reading reading = read("nom;ville\n\"A\nb\";x\n;y\n");
    BOOST_REQUIRE(reading.faults.size() == 2U);
    BOOST_TEST(reading.faults[0].starts_with("x.csv, ligne 2, colonne nom"));
    BOOST_TEST(reading.faults[1].starts_with("x.csv, ligne 4, colonne nom"));
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_a_fault) {
    ImportFaults faults;
    CsvReader csv("/nowhere/x.csv", {{"nom", 10, true}}, faults);
    BOOST_TEST(!csv.read());
    BOOST_TEST(faults.count() == 1U);
}

BOOST_AUTO_TEST_CASE(faults_are_bounded_and_counted) {
    ImportFaults faults;
    for (int i = 0; i < 5000; ++i) faults.add("x.csv", 1, "", "faute");
    BOOST_TEST(faults.count() == 5000U);
    BOOST_TEST(faults.lines().size() == 1000U);
}

BOOST_AUTO_TEST_CASE(written_fields_are_quoted_and_harmless_in_spreadsheets) {
    BOOST_TEST(csv_field("Saint-Avel") == "Saint-Avel");
    BOOST_TEST(csv_field("a;b") == "\"a;b\"");
    BOOST_TEST(csv_field("a\"b\"") == "\"a\"\"b\"\"\"");
    BOOST_TEST(csv_field("=cmd()") == "'=cmd()");
    BOOST_TEST(csv_field("@x;y") == "\"'@x;y\"");
}

}  // namespace csv_tests
