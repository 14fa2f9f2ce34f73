// SPDX-License-Identifier: AGPL-3.0-or-later
// electeurs.csv as spreadsheets really write it: what is read, what is forgiven, and what is told in one sentence.
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "scrutinctl/commands.hpp"
#include "scrutinctl/import_model.hpp"
#include "scrutinctl/import_words.hpp"
#include "support/folder.hpp"
#include "util/text.hpp"

namespace import_spreadsheets_tests {

using namespace scrutinctl;

namespace {

constexpr const char* k_file = "electeurs.csv";

std::string in(const std::string& text, const char* encoding) {
    const auto unicode = icu::UnicodeString::fromUTF8(text);
    std::string bytes(4 * text.size() + 16, '\0');
    bytes.resize(static_cast<std::size_t>(
        unicode.extract(0, unicode.length(), bytes.data(), static_cast<uint32_t>(bytes.size()), encoding)));
    return bytes;
}

std::string without_quotes(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), '"'), text.end());
    return text;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    BOOST_TEST_REQUIRE(text.find(from) != std::string::npos, from);
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

struct Fixture {
    test::Folder folder;
    std::string good;  // electeurs.csv as the demonstration writes it
    std::vector<Elector> electors;
    std::vector<std::string> faults, kinds, remarks;

    Fixture() {
        Office office("", "");
        cli::Arguments arguments;
        arguments.positional = {folder.path().string()};
        arguments.options = {{"--electors", "12"}, {"--seed", "3"}};
        BOOST_REQUIRE(demo(office, arguments).has_value());
        good = folder.read(k_file);
    }

    void read(const std::string& content, const std::string& encoding = {}) {
        folder.write(k_file, content);
        read_folder(encoding);
    }
    void read_folder(const std::string& encoding = {}) {
        ImportFaults found;
        const ImportFiles files(folder.path(), encoding);
        const ImportedElection election = read_election(files, found);
        electors.clear();
        read_electors(files, election, found, [&](const Elector& one) { electors.push_back(one); });
        faults = found.lines();
        remarks = found.remarks();
        kinds.clear();
        for (const auto& kind : found.kinds()) kinds.push_back(ImportFaults::sentence_of(kind));
    }
    // The same twelve people, whatever the file looks like.
    void check_same(const std::string& content, const std::string& encoding = {}) {
        read(good);
        const std::vector<Elector> wanted = electors;
        BOOST_TEST_REQUIRE(wanted.size() == 12u);
        read(content, encoding);
        BOOST_TEST(faults.empty(), (faults.empty() ? "" : faults.front()));
        BOOST_TEST_REQUIRE(electors.size() == wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            BOOST_TEST(electors[i].email == wanted[i].email);
            BOOST_TEST(electors[i].first_name == wanted[i].first_name);
            BOOST_TEST(electors[i].affectation == wanted[i].affectation);
            BOOST_TEST(electors[i].notice_place == wanted[i].notice_place);
            BOOST_TEST(electors[i].personnel == wanted[i].personnel);
            BOOST_TEST(electors[i].departement == wanted[i].departement);
            BOOST_TEST(electors[i].academie_code == wanted[i].academie_code);
            BOOST_TEST(electors[i].rights.size() == wanted[i].rights.size());
        }
    }
    void check_one_fault(const std::string& content, const std::string& sentence) {
        read(content);
        BOOST_TEST_REQUIRE(faults.size() == 1u, (faults.empty() ? "none" : faults.back()));
        BOOST_TEST(faults[0].starts_with(sentence), faults[0]);
    }
    std::vector<std::string> rows() const {
        auto all = util::split(good, '\n');
        all.pop_back();
        return all;
    }
    static std::string joined(const std::vector<std::string>& rows) {
        std::string all;
        for (const auto& row : rows) all += row + "\n";
        return all;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(import_spreadsheets, Fixture)

BOOST_AUTO_TEST_CASE(excel_for_windows_in_french_is_named_in_one_sentence_and_read_when_told) {
    const std::string bytes = in(replaced(good, "\n", "\r\n"), "windows-1252");
    check_one_fault(bytes,
                    "electeurs.csv : ce n’est pas de l’UTF-8 (ligne 2) mais sans doute du windows-1252 : relancez avec --encoding "
                    "windows-1252, ou enregistrez le fichier en « CSV UTF-8 »");
    check_same(bytes, "windows-1252");
}

BOOST_AUTO_TEST_CASE(an_old_macintosh_is_named_too) {
    const std::string bytes = in(replaced(good, "\n", "\r"), "macintosh");
    check_one_fault(bytes, "electeurs.csv : ce n’est pas de l’UTF-8 (ligne 1) mais sans doute du macintosh");
    check_same(bytes, "macintosh");
}

BOOST_AUTO_TEST_CASE(an_encoding_is_for_files_that_are_not_utf8) {
    check_same(good, "windows-1252");  // the other files of the folder are UTF-8 as well
    check_same("\xef\xbb\xbf" + good, "macintosh");
}

BOOST_AUTO_TEST_CASE(unicode_text_of_excel_is_read) {
    const std::string tabs = replaced(replaced(good, ";", "\t"), "\n", "\r\n");
    check_same("\xff\xfe" + in(tabs, "UTF-16LE"));
    check_same("\xfe\xff" + in(tabs, "UTF-16BE"));
    check_same(in(tabs, "UTF-16LE"));  // without its mark: every second byte says it
    check_same(in(good, "UTF-16BE"));
}

BOOST_AUTO_TEST_CASE(letters_cut_between_two_reads_stay_whole) {
    std::vector<std::string> all = rows();
    const std::string last = all.back();
    all.pop_back();
    while (joined(all).size() < 200'000) all.push_back("");
    all.push_back(replaced(last, "Secrétariat", "École \U0001F3EB é"));
    for (const char* const encoding : {"UTF-16LE", "UTF-8"}) {
        for (int shift = 0; shift < 4; ++shift) {
            all[0] = util::split(good, '\n')[0] + std::string(static_cast<std::size_t>(shift), ';');
            read((encoding == std::string("UTF-16LE") ? "\xff\xfe" : "") + in(joined(all), encoding));
            BOOST_TEST(faults.empty(), (faults.empty() ? "" : faults[0]));
            BOOST_TEST_REQUIRE(electors.size() == 12u);
            BOOST_TEST(electors.back().notice_place.starts_with("École \U0001F3EB é"));
        }
    }
}

BOOST_AUTO_TEST_CASE(separators_and_line_ends) {
    check_same(replaced(good, ";", "\t"));
    check_same(replaced(good, "\n", "\r"));
    check_same(replaced(good, "\n", "\r\n"));
    check_same("sep=;\r\n" + replaced(good, "\n", "\r\n"));
    // LibreOffice, with a comma and every cell between quotes.
    std::string quoted;
    for (const auto& row : rows()) quoted += "\"" + replaced(without_quotes(row), ";", "\",\"") + "\"\n";
    check_same(quoted);
}

BOOST_AUTO_TEST_CASE(rows_without_anything_are_passed_over_and_counted) {
    check_same(good + ";;;;;;;;;;;\n;;;;;;;;;;;\n ; ;;;;;;;;;;\n\n");
    BOOST_TEST_REQUIRE(remarks.size() == 1u);
    BOOST_TEST(remarks[0] == "electeurs.csv : lignes sans rien ignorées : 3");
    // Columns that were formatted and hold nothing.
    std::string wider;
    for (const auto& row : rows()) wider += row + ";;\n";
    check_same(wider);
}

BOOST_AUTO_TEST_CASE(titles_are_forgiven_case_spaces_and_accents) {
    const auto titles = util::split(good, '\n')[0];
    const auto with = [&](const std::string& other) { return other + good.substr(titles.size()); };
    check_same(with(util::to_upper_ascii(titles)));
    check_same(with("Courriel; Civilité ;Nom;Prénom;NUMEN;Naissance;Personnel;Corps;Affectation;Académie;Département;Lieu notice"));
}

BOOST_AUTO_TEST_CASE(a_break_inside_a_cell_is_a_space_in_places_and_refused_in_names) {
    const std::string row = rows()[1];
    const std::string place = row.substr(row.rfind(';') + 1);
    read(replaced(good, place, "\"Secrétariat\r\n  du lycée\n\""));
    BOOST_TEST(faults.empty(), (faults.empty() ? "" : faults[0]));
    BOOST_TEST(electors[0].notice_place == "Secrétariat du lycée");
    read(replaced(good, ";Beaurivage;", ";\"Beau\nrivage\";"));
    BOOST_TEST_REQUIRE(faults.size() == 1u);
    BOOST_TEST(faults[0] == "electeurs.csv, ligne 2, colonne nom : retour à la ligne dans la case");
}

BOOST_AUTO_TEST_CASE(a_quote_closed_in_the_middle_is_refused) {
    const std::string row = rows()[1];
    const std::string place = row.substr(row.rfind(';') + 1);
    check_one_fault(replaced(good, place, "\"Éco\"le élémentaire"),
                    "electeurs.csv, ligne 2, colonne lieu_notice : guillemet mal fermé");
    BOOST_TEST(electors.size() == 11u);  // the rest of the file is read
    check_one_fault(replaced(good, ";Beaurivage;", ";\"Beau\"rivage;"),
                    "electeurs.csv, ligne 2, colonne nom : guillemet mal fermé");
    read(replaced(good, place, "\"École \"\"Les Sources\"\"\""));
    BOOST_TEST(electors.at(0).notice_place == "École \"Les Sources\"");
    read(replaced(good, place, "École \"Les Sources\""));
    BOOST_TEST(electors.at(0).notice_place == "École \"Les Sources\"");
}

BOOST_AUTO_TEST_CASE(an_academie_by_its_name) {
    for (const char* const name : {"Poitiers", "POITIERS", "poitiers"})
        check_same(replaced(good, ";poitiers;", ";" + std::string(name) + ";"));
    read(replaced(good, ";poitiers;", ";poitou;"));
    BOOST_TEST(!faults.empty());
    BOOST_TEST(faults[0].find("colonne academie : académie absente d’academies.csv") != std::string::npos, faults[0]);
    // Two académies of one name: neither is guessed.
    const ImportedElection two = [] {
        ImportedElection election;
        election.academies = {{"nord-a", "Nord", "", "", "", "", ""}, {"nord-b", "NORD", "", "", "", "", ""}};
        return election;
    }();
    BOOST_TEST(!words_of(two).academie("Nord").has_value());
    BOOST_TEST(words_of(two).academie("nord-b").value_or("") == "nord-b");
}

BOOST_AUTO_TEST_CASE(a_departement_without_its_zero) {
    check_same(replaced(good, ";079;", ";79;"));
    read(replaced(good, ";079;", ";999;"));
    const auto one =
        std::find_if(faults.begin(), faults.end(), [](const auto& line) { return line.find("(CAPD PE)") != std::string::npos; });
    const bool has_teacher = std::any_of(electors.begin(), electors.end(), [](const Elector&) { return true; });
    BOOST_TEST(has_teacher);
    if (one != faults.end()) {
        BOOST_TEST(one->find("colonne departement") != std::string::npos, *one);
        BOOST_TEST(one->find("« 999 » (scrutins.csv a : ") != std::string::npos, *one);
    }
    BOOST_TEST((one != faults.end()));
    folder.write(k_file, good);
    const std::string scrutins = folder.read("scrutins.csv");
    const auto at = scrutins.find(";079;");
    BOOST_TEST_REQUIRE(at != std::string::npos);
    const auto second = scrutins.find(";079;", at + 1);
    if (second != std::string::npos) {
        folder.write("scrutins.csv", scrutins.substr(0, second) + ";79;" + scrutins.substr(second + 5));
        read_folder();
        BOOST_TEST_REQUIRE(!faults.empty());
        BOOST_TEST(faults[0].find("colonne perimetre : « 79 » et « 079 »") != std::string::npos, faults[0]);
    }
}

BOOST_AUTO_TEST_CASE(dates_that_no_rule_explains_are_asked_for) {
    for (const char* const date : {"4/3/86", "31485x", "14/03/1986 00:00:00"}) {
        read(replaced(good, "14/03/1986", date));
        BOOST_TEST_REQUIRE(faults.size() == 1u, date);
        BOOST_TEST(faults[0] == "electeurs.csv, ligne 2, colonne naissance : date attendue, jj/mm/aaaa");
    }
    check_one_fault(replaced(good, "14/03/1986", "31485"),
                    "electeurs.csv, ligne 2, colonne naissance : « 31485 » est le numéro qu’un tableur donne à un jour");
}

BOOST_AUTO_TEST_CASE(a_profile_in_other_capitals_is_that_profile_and_a_near_one_is_named) {
    read(good);
    const std::string profile = electors[0].personnel;  // AESH-AED
    const std::size_t rights = electors[0].rights.size();
    read(replaced(good, ";" + profile + ";", ";" + util::to_lower_ascii(profile) + ";"));
    BOOST_TEST(faults.empty());
    BOOST_TEST(electors[0].personnel == profile);
    BOOST_TEST(electors[0].rights.size() == rights);
    read(replaced(good, ";" + profile + ";", ";" + profile + "s;"));
    const std::string wanted = "« " + profile + "s » ; le profil le plus proche est « " + profile + " »";
    const auto names_it = [&](const std::vector<std::string>& lines) {
        return std::any_of(lines.begin(), lines.end(),
                           [&](const std::string& line) { return line.find(wanted) != std::string::npos; });
    };
    BOOST_TEST((names_it(faults) || names_it(remarks)));
}

BOOST_AUTO_TEST_CASE(a_formula_is_kept_as_it_is_and_written_harmless) {
    read(replaced(good, ";Beaurivage;", ";=HYPERLINK(\"x\");"));
    BOOST_TEST(faults.empty(), (faults.empty() ? "" : faults[0]));
    BOOST_TEST(electors[0].last_name == "=HYPERLINK(\"x\")");
    BOOST_TEST(csv_field(electors[0].last_name) == "\"'=HYPERLINK(\"\"x\"\")\"");
}

BOOST_AUTO_TEST_CASE(hundreds_of_errors_of_one_kind_are_one_sentence) {
    std::string many = rows()[0] + "\n";
    for (int i = 0; i < 400; ++i) many += replaced(rows()[1], "14/03/1986", i % 2 ? "hier" : "4/3/86") + "\n";
    read(many);
    const std::string wanted = "electeurs.csv, colonne naissance : date attendue, jj/mm/aaaa, 400 fois : lignes 2, 3, 4, 5, 6…";
    BOOST_TEST((std::find(kinds.begin(), kinds.end(), wanted) != kinds.end()));
    BOOST_TEST(kinds.size() <= 3u);  // addresses and NUMEN that come again
    // The command says so, and lists all when asked.
    Office nowhere("/nowhere", "/nowhere");
    cli::Arguments arguments;
    arguments.positional = {folder.path().string()};
    const std::string grouped = import(nowhere, arguments).error().detail;
    BOOST_TEST(grouped.find(wanted) != std::string::npos, grouped);
    BOOST_TEST(grouped.find("--all") != std::string::npos);
    BOOST_TEST(std::count(grouped.begin(), grouped.end(), '\n') < 6);
    arguments.options.emplace("--all", "");
    const std::string all = import(nowhere, arguments).error().detail;
    BOOST_TEST(all.find("electeurs.csv, ligne 401, colonne naissance : date attendue, jj/mm/aaaa") != std::string::npos);
    BOOST_TEST(std::count(all.begin(), all.end(), '\n') > 1000);
}

// Kinds that nobody reported.

BOOST_AUTO_TEST_CASE(titles_that_come_again_half_way) {
    std::vector<std::string> two = rows();
    two.insert(two.begin() + 6, two[0]);
    check_same(joined(two));
    BOOST_TEST_REQUIRE(remarks.size() == 1u);
    BOOST_TEST(remarks[0] == "electeurs.csv : lignes de titres répétées ignorées : 1");
    two[6] = replaced(two[6], "courriel;civilite;nom;prenom", "nom;prenom;courriel;civilite");
    check_one_fault(joined(two), "electeurs.csv, ligne 7 : les titres reviennent dans un autre ordre");
}

BOOST_AUTO_TEST_CASE(numbers_with_a_decimal_comma_or_spaces) {
    for (const char* const twelve : {"12", "12,0", "12.00", "1\u00a02", "1\u202f2"}) BOOST_TEST(number_of(twelve) == 12u, twelve);
    BOOST_TEST(number_of("1\u00a0234\u00a0567") == 1'234'567u);
    for (const char* const none : {"", "12,5", "1,2,0", "-3", "douze", "1e3", ",0"}) BOOST_TEST(number_of(none) == 0u, none);
    const std::string scrutins = folder.read("scrutins.csv");
    folder.write("scrutins.csv", replaced(scrutins, ";national;;15;", ";National;;15,0;"));
    read_folder();
    BOOST_TEST(faults.empty(), (faults.empty() ? "" : faults[0]));
}

BOOST_AUTO_TEST_CASE(letters_spoilt_on_the_way_are_seen) {
    for (const char* const name : {"CÃ©line", "FranÃ§ois", "Dâ€™Ornano", "BÃ©atrice"}) {
        check_one_fault(replaced(good, ";Beaurivage;", ";" + std::string(name) + ";"),
                        "electeurs.csv, ligne 2, colonne nom : des lettres comme Ã© :");
        BOOST_TEST(electors.size() == 11u);
    }
    check_one_fault(replaced(good, ";Beaurivage;", ";C\uFFFDline;"), "electeurs.csv, ligne 2, colonne nom : un caractère perdu");
    // Two sheets of two encodings, one below the other.
    const auto mixed = in(good, "windows-1252") + "zoe@ac-poitiers.example;Mme;Éloi;Zoé\n";
    read(mixed, "windows-1252");
    BOOST_TEST(std::any_of(faults.begin(), faults.end(),
                           [](const auto& line) { return line.find("colonnes attendues") != std::string::npos; }));
    read(in(good, "windows-1252") + replaced(replaced(rows()[1], "Beaurivage", "Éloi"), "camille.", "zoe."), "windows-1252");
    BOOST_TEST(std::any_of(faults.begin(), faults.end(),
                           [](const auto& line) { return line.find("ce fichier mêle deux encodages") != std::string::npos; }));
    // Real names keep their letters.
    read(replaced(good, ";Beaurivage;", ";Ãlvares;"));
    BOOST_TEST(faults.empty());
}

BOOST_AUTO_TEST_CASE(a_workbook_is_no_csv) {
    check_one_fault("PK\x03\x04 and the rest", "electeurs.csv : ce fichier est un classeur (xlsx ou ods), pas un CSV");
    check_one_fault("\xd0\xcf\x11\xe0 and the rest", "electeurs.csv : ce fichier est un classeur d’Excel (xls), pas un CSV");
    check_one_fault(std::string("\xff\xfe\0\0c\0\0\0", 8), "electeurs.csv : ce fichier est en UTF-32");
}

BOOST_AUTO_TEST_CASE(a_cell_drawn_down_over_others_is_pointed_at) {
    std::filesystem::remove(folder / "delegues.csv");
    std::string many = rows()[0] + "\n";
    for (int i = 0; i < 60; ++i)
        many += replaced(replaced(rows()[1], "camille.", "camille" + std::to_string(i) + "."), "19E8642097AXZ",
                         "19E86420" + std::to_string(10 + i) + "AXZ") +
                "\n";
    read(many);
    BOOST_TEST(faults.empty(), (faults.empty() ? "" : faults[0]));
    BOOST_TEST_REQUIRE(remarks.size() == 1u);
    BOOST_TEST(remarks[0].starts_with(
                   "electeurs.csv : la même date de naissance sur 50 lignes de suite ou plus, à partir de la ligne 2"),
               remarks[0]);
    // 079, 080, 081…: no scrutin there; the same sentence for all.
    std::vector<std::string> series = rows();
    for (std::size_t i = 1; i < series.size(); ++i) {
        const auto at = series[i].find(";poitiers;");
        if (at != std::string::npos)
            series[i] = series[i].substr(0, at) + ";poitiers" + std::to_string(i) + series[i].substr(at + 9);
    }
    read(joined(series));
    BOOST_TEST(kinds.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_unknown_encoding_is_refused) {
    Office nowhere("/nowhere", "/nowhere");
    cli::Arguments arguments;
    arguments.positional = {folder.path().string()};
    arguments.options.emplace("--encoding", "ebcdic");
    BOOST_TEST(import(nowhere, arguments).error().detail.find("--encoding : un de windows-1252") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace import_spreadsheets_tests
