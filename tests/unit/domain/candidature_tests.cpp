// SPDX-License-Identifier: AGPL-3.0-or-later
// Lists as people paste them, and what a list must be.
#include "domain/candidature.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>

#include "util/bytes.hpp"

namespace candidature_tests {

using domain::CandidateName;
using domain::ListRule;
using domain::read_candidate_names;

namespace {

std::vector<CandidateName> people(unsigned women, unsigned men) {
    std::vector<CandidateName> names;
    for (unsigned i = 0; i < women + men; ++i)
        names.push_back({i < women ? "Mme" : "M.", "NOM" + std::to_string(i), "Prénom", "Lycée"});
    return names;
}

bool passes(unsigned women, unsigned men, const ListRule& rule) {
    return domain::faults_of_numbers(people(women, men), rule).empty();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(candidature_tests)

BOOST_AUTO_TEST_CASE(lines_are_read_as_people_paste_them) {
    const std::vector<CandidateName> expected{{"Mme", "DUPONT", "Jeanne", "Lycée Camille-Guérin, Poitiers"},
                                              {"M.", "O’BRIEN", "Noé", "Collège \"A; B\""}};
    for (
        const char* text :
        {"Mme;DUPONT;Jeanne;Lycée Camille-Guérin, Poitiers\nM.;O’BRIEN;Noé;\"Collège \"\"A; B\"\"\"\n",
         "Civilité;Nom;Prénom;Affectation\r\nMadame ; DUPONT ;\u00a0Jeanne; Lycée Camille-Guérin, Poitiers\r\n\r\n M ;O’BRIEN;Noé; \"Collège \"\"A; B\"\"\";;\r\n",
         "mme\tDUPONT\tJeanne\tLycée Camille-Guérin, Poitiers\nMonsieur\tO’BRIEN\tNoé\tCollège \"A; B\""}) {
        const auto read = read_candidate_names(text);
        BOOST_TEST(read.faults.empty(), (read.faults.empty() ? "" : read.faults[0]));
        BOOST_TEST((read.names == expected), text);
    }
    BOOST_TEST((read_candidate_names(domain::candidate_lines(expected)).names == expected));
    BOOST_TEST(read_candidate_names("\n \n").names.empty());
}

BOOST_AUTO_TEST_CASE(each_line_that_does_not_hold_is_named_with_its_cause) {
    const std::string good = "Mme;DUPONT;Jeanne;Lycée\n";
    const std::pair<std::string, std::string> bad[] = {{"DUPONT Jeanne", "Ligne 2 : quatre éléments"},
                                                       {"M.;A;B;C;D", "(5 trouvés)"},
                                                       {"Dr;DURAND;Paul;Lycée", "« Mme » ou « M. »"},
                                                       {"M.;;Paul;Lycée", "le nom manque"},
                                                       {"M.;DURAND;;Lycée", "le prénom manque"},
                                                       {"M.;DURAND;Paul; ", "l’affectation manque"},
                                                       {"M.;" + std::string(81, 'x') + ";Paul;Lycée", "le nom dépasse 80"},
                                                       {"M.;DU\u202eRAND;Paul;Lycée", "qui ne s’affiche pas"},
                                                       {"M.;\"DURAND;Paul;Lycée", "guillemet"},
                                                       {"mme;Dupont;JEANNE;lycee", "déjà dans la liste"},
                                                       {"Civilité;Nom;Prénom;Affectation", "« Mme » ou « M. »"}};
    for (const auto& [line, why] : bad) {
        const auto read = read_candidate_names(good + line + "\n" + "M.;AUTRE;Luc;École\n");
        BOOST_REQUIRE_EQUAL(read.faults.size(), 1);
        BOOST_TEST(read.faults[0].starts_with("Ligne 2 : "), read.faults[0]);
        BOOST_TEST(read.faults[0].find(why) != std::string::npos, read.faults[0]);
    }
    std::string many;
    for (unsigned i = 0; i < domain::k_most_names + 1; ++i) many += "M.;N" + std::to_string(i) + ";P;L\n";
    BOOST_TEST(read_candidate_names(many).faults.size() == 1);
}

BOOST_AUTO_TEST_CASE(numbers_are_those_of_the_rule) {
    BOOST_TEST(passes(1, 1, {.least = 2, .most = 4}));
    BOOST_TEST(passes(2, 2, {.least = 2, .most = 4}));
    BOOST_TEST(!passes(1, 0, {.least = 2, .most = 4}));
    BOOST_TEST(!passes(3, 2, {.least = 2, .most = 4}));
    BOOST_TEST(!passes(2, 1, {.least = 2, .most = 4, .is_even = true}));
    BOOST_TEST(passes(2, 2, {.least = 2, .most = 4, .is_even = true}));
}

BOOST_AUTO_TEST_CASE(a_share_is_met_by_the_whole_numbers_beside_it_and_by_no_other) {
    // Every list of up to 40 names against every share in steps of 0.01 %, in integers on the test's own: |women * 10000 - names * share| < 10000.
    for (unsigned names = 1; names <= 40; ++names)
        for (unsigned share = 0; share <= 10'000; share += 37)
            for (unsigned women = 0; women <= names; ++women) {
                const long distance = static_cast<long>(women) * 10'000 - static_cast<long>(names) * share;
                const bool is_beside = distance < 10'000 && distance > -10'000;
                if (passes(women, names - women, {.least = 1, .most = 200, .women = share}) != is_beside)
                    BOOST_FAIL(std::to_string(women) + " of " + std::to_string(names) + " for " + std::to_string(share));
            }
    BOOST_TEST(passes(0, 10, {.least = 1, .most = 200}));
}

BOOST_AUTO_TEST_CASE(the_digest_is_of_all_that_was_deposited) {
    const domain::Deposit one{"ctm", "Union", "Liste", people(1, 1), {"a.pdf", "%PDF-"}, {}};
    BOOST_TEST(domain::deposit_digest(one) ==
               util::sha256_hex("candidature 1\nctm\nUnion\nListe\nMme;NOM0;Prénom;Lycée\nM.;NOM1;Prénom;Lycée\nprofession " +
                                util::sha256_hex("%PDF-") + "\nlogo -\n"));
    domain::Deposit renamed = one;
    renamed.profession.name = "b.pdf";  // its bytes are the file
    BOOST_TEST(domain::deposit_digest(renamed) == domain::deposit_digest(one));
    for (const auto& change : std::vector<std::function<void(domain::Deposit&)>>{
             [](auto& d) { d.scrutin_code = "x"; }, [](auto& d) { d.union_name = "x"; }, [](auto& d) { d.list_name = "x"; },
             [](auto& d) { std::swap(d.names[0], d.names[1]); }, [](auto& d) { d.profession.content += "x"; },
             [](auto& d) { d.logo.content = "x"; },
             [](auto& d) {
                 d.unions = {{"A"}, {"B"}};
             }}) {
        domain::Deposit other = one;
        change(other);
        BOOST_TEST(domain::deposit_digest(other) != domain::deposit_digest(one));
    }
}

BOOST_AUTO_TEST_CASE(a_file_is_what_its_bytes_are) {
    using namespace std::string_literals;
    const std::string pdf = "%PDF-1.4\n%%EOF\n", png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s;
    domain::Deposit deposit{"ctm", "Union", "Liste", people(1, 0), {"a.pdf", pdf}, {"l.png", png}};
    BOOST_TEST(domain::faults_of_deposit(deposit).empty());
    deposit.profession.content = png;
    deposit.logo.content = pdf;
    BOOST_TEST(domain::faults_of_deposit(deposit).size() == 2);
    deposit.profession.content = pdf + std::string(domain::k_profession_bytes, ' ') + "%%EOF";
    deposit.logo.content = png + std::string(domain::k_logo_bytes, ' ');
    BOOST_TEST(domain::faults_of_deposit(deposit).size() == 2);
    BOOST_TEST(domain::faults_of_deposit({"ctm", "Union", "", {}, {}, {}}).size() == 2);
}

BOOST_AUTO_TEST_CASE(the_window_is_the_offices_or_the_calendars) {
    domain::Calendar calendar;
    const util::Instant start{}, end = start + std::chrono::hours{10};
    calendar.set(domain::CalendarEvent::portal_opens, start);
    calendar.set(domain::CalendarEvent::lists_shown, end);
    const auto window = domain::deposit_window(calendar, std::nullopt, std::nullopt);
    BOOST_TEST(window.is_open(start));
    BOOST_TEST(window.is_open(end - std::chrono::seconds{1}));
    BOOST_TEST(!window.is_open(end));
    BOOST_TEST(!window.is_open(start - std::chrono::seconds{1}));
    BOOST_TEST(domain::deposit_window(calendar, std::nullopt, end + std::chrono::hours{1}).is_open(end));
    BOOST_TEST(!domain::deposit_window(calendar, end, std::nullopt).is_open(start));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace candidature_tests
