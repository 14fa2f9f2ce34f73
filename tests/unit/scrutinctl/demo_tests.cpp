// SPDX-License-Identifier: AGPL-3.0-or-later
// The demonstration's folder: the same for the same seed, accepted by the import, complete.
#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

#include "scrutinctl/commands.hpp"
#include "scrutinctl/demo/pdf.hpp"
#include "scrutinctl/import_model.hpp"
#include "support/folder.hpp"

namespace demo_tests {

using namespace scrutinctl;

namespace {

void make_demo(const test::Folder& folder, const char* electors, const char* seed, const char* edition = "2026") {
    Office office("", "");
    cli::Arguments arguments;
    arguments.positional = {folder.path().string()};
    arguments.options = {{"--electors", electors}, {"--seed", seed}, {"--edition", edition}};
    BOOST_REQUIRE(demo(office, arguments).has_value());
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_editions_of_2018_and_2022_have_their_title_without_an_accent) {
    for (const auto& [edition, title] : {std::pair{"2018", "Elections professionnelles 2018"},
                                         {"2022", "Elections professionnelles 2022"},
                                         {"2026", "Élections professionnelles 2026"}}) {
        test::Folder folder;
        make_demo(folder, "12", "5", edition);
        BOOST_TEST(folder.read("calendrier.toml").find("title = \"" + std::string(title) + "\"") != std::string::npos, edition);
    }
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_files) {
    test::Folder one, two, other;
    make_demo(one, "300", "5");
    make_demo(two, "300", "5");
    make_demo(other, "300", "6");
    for (const char* const file : {"electeurs.csv", "scrutins.csv", "listes.csv", "candidats.csv", "delegues.csv", "regles.csv",
                                   "academies.csv", "essai.toml"}) {
        BOOST_TEST(one.read(file) == two.read(file), file);
    }
    BOOST_TEST(one.read("electeurs.csv") != other.read("electeurs.csv"));
    BOOST_TEST(one.read("essai.toml") == other.read("essai.toml"));  // the elector to try with never changes
}

BOOST_AUTO_TEST_CASE(the_import_accepts_it_and_everybody_votes_somewhere) {
    test::Folder folder;
    make_demo(folder, "2000", "1");
    ImportFaults faults;
    const ImportedElection election = read_election(folder.path(), faults);
    std::set<std::string> emails, profiles;
    std::map<std::string, std::set<std::size_t>> rights_of_profile;
    const auto rows = read_electors(folder.path(), election, faults, [&](const Elector& elector) {
        emails.insert(elector.email);
        BOOST_TEST(elector.rights.size() >= 2U);
        BOOST_TEST(elector.rights.size() <= 6U);
        BOOST_TEST(elector.email.ends_with(".example"));  // nobody's real mailbox
        rights_of_profile[elector.personnel].insert(elector.rights.size());
    });
    BOOST_TEST(faults.count() == 0U);
    BOOST_TEST(rows == 2000U);
    BOOST_TEST(emails.size() == 2000U);
    // The totals of « qui vote où »: 3-3-5-5-4-2-6-4.
    BOOST_TEST(rights_of_profile.size() == 8U);
    for (const auto& [profile, total] : {std::pair{"AESH-AED", 3U},
                                         {"Enseignant contractuel", 3U},
                                         {"Directeur adjoint de SEGPA", 5U},
                                         {"Directeur écoles d’application et spécialisé", 5U},
                                         {"PE et instituteur", 4U},
                                         {"PES", 2U},
                                         {"PsyEN détaché", 6U},
                                         {"PsyEN intégré", 4U}}) {
        BOOST_TEST((rights_of_profile[profile] == std::set<std::size_t>{total}), profile);
    }
    BOOST_TEST(election.demonstration);
    BOOST_TEST(election.academies.size() == 31U);
    BOOST_TEST(election.scrutins.size() == 19U);
    std::set<std::string> groups;
    for (const ImportScrutin& scrutin : election.scrutins) {
        groups.insert(scrutin.crypto_group);
        for (const CandidateList& list : scrutin.lists) BOOST_TEST(list.candidates.size() == 2 * scrutin.seats);
    }
    BOOST_TEST((groups == std::set<std::string>{"BELENIOS-2048", "Ed25519"}));
}

BOOST_AUTO_TEST_CASE(the_first_elector_is_the_one_of_essai_toml_and_votes_in_both_groups) {
    test::Folder folder;
    make_demo(folder, "5", "9");
    ImportFaults faults;
    const ImportedElection election = read_election(folder.path(), faults);
    std::optional<Elector> first;
    read_electors(folder.path(), election, faults, [&](const Elector& elector) {
        if (!first) first = elector;
    });
    BOOST_REQUIRE(first);
    const std::string essai = folder.read("essai.toml");
    BOOST_TEST(essai.find("adresse = \"" + first->email + "\"") != std::string::npos);
    BOOST_TEST(essai.find("numen = \"" + first->numen + "\"") != std::string::npos);
    std::set<std::string> groups;
    for (const auto& right : first->rights) groups.insert(election.scrutins[right.scrutin].crypto_group);
    BOOST_TEST(groups.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_profession_de_foi_is_a_sound_pdf) {
    const std::string pdf = demonstration::make_pdf("Élise (n° 1)", {"Un œil sur l’école…", std::string(300, 'x') + " fin"});
    BOOST_TEST(pdf.starts_with("%PDF-1."));
    BOOST_TEST(pdf.ends_with("%%EOF\n"));
    BOOST_TEST(pdf.find("\xc9lise \\(n\xb0 1\\)") != std::string::npos);  // Windows-1252, parentheses escaped
    BOOST_TEST(pdf.find("/Lang (fr-FR)") != std::string::npos);
    // Each offset of the cross-reference table leads to its object.
    const std::size_t table = std::stoul(pdf.substr(pdf.rfind("startxref") + 10));
    BOOST_TEST(pdf.compare(table, 7, "xref\n0 ") == 0);
    const std::size_t count = std::stoul(pdf.substr(table + 7));
    std::size_t line = pdf.find('\n', table + 7) + 1 + 20;
    for (std::size_t i = 1; i < count; ++i, line += 20) {
        const std::size_t offset = std::stoul(pdf.substr(line, 10));
        const std::string start = std::to_string(i) + " 0 obj\n";
        BOOST_TEST(pdf.compare(offset, start.size(), start) == 0);
    }
}

}  // namespace demo_tests
