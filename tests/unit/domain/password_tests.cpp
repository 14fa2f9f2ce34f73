// SPDX-License-Identifier: AGPL-3.0-or-later
// The three password profiles at their edges and the blocklist.
#include "domain/password.hpp"
#include "domain/password_faults.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

namespace password_tests {

using namespace domain;

namespace {

constexpr const char* k_address = "marie.lagarde@ac-poitiers.fr";

std::vector<PasswordRule> broken(std::string_view password, PasswordProfile profile = PasswordProfile::seed2018) {
    return broken_rules(profile, password, k_address, {});
}
bool breaks(std::string_view password, PasswordRule rule, PasswordProfile profile = PasswordProfile::seed2018) {
    const auto rules = broken(password, profile);
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

}  // namespace

BOOST_AUTO_TEST_CASE(accepted_passwords_of_2018) {
    for (const char* const password :
         {"Élève-92", "Coqueli7", "aB3 aB4 aB5", "Tr0mpette!", "abcdefghijklmnopqrstuv1X", "Ægir 9 vents", "Жук-на-лугу 7"}) {
        BOOST_TEST(broken(password).empty(), password);
    }
}

BOOST_AUTO_TEST_CASE(each_rule_is_named) {
    BOOST_TEST(breaks("Abcde7x", PasswordRule::too_short));                   // 7
    BOOST_TEST(breaks("Vivement la rentree 2027!", PasswordRule::too_long));  // 25
    BOOST_TEST(breaks("VELO-92-BLEU", PasswordRule::no_lower));
    BOOST_TEST(breaks("velo-92-bleu", PasswordRule::no_upper));
    BOOST_TEST(breaks("Velo-bleu", PasswordRule::no_digit));
    BOOST_TEST(breaks(k_address, PasswordRule::is_address));
    BOOST_TEST(breaks("Marie.Lagarde", PasswordRule::is_address));
    BOOST_TEST(breaks("Velo\n92bleu", PasswordRule::not_printable));
    BOOST_TEST(breaks("Velo\xff", PasswordRule::not_printable));
    BOOST_TEST(breaks("Velo-92-bleus", PasswordRule::no_special, PasswordProfile::seed2022) == false);
    BOOST_TEST(breaks("Velos92bleus", PasswordRule::no_special, PasswordProfile::seed2022));
    BOOST_TEST(broken("abc").size() == 3U);  // too short, no upper, no digit: all said at once
}

BOOST_AUTO_TEST_CASE(lengths_count_code_points_after_nfc) {
    const std::string seven = "E\u0301le\u0300ve-9";  // « Élève-9 » typed with combining accents: 7 after NFC
    BOOST_TEST(breaks(seven, PasswordRule::too_short));
    BOOST_TEST(!breaks(seven + "2", PasswordRule::too_short));
    std::string long_one = "A1";
    for (int i = 0; i < 22; ++i) long_one += "é";
    BOOST_TEST(!breaks(long_one, PasswordRule::too_long));
    BOOST_TEST(breaks(long_one + "é", PasswordRule::too_long));
}

BOOST_AUTO_TEST_CASE(common_passwords_are_refused_however_dressed) {
    for (const char* const password :
         {"Motdepasse1", "Elections2026",   "Élections2026!", "M0tdep@sse99",      "P@ssw0rd1",     "Azerty123",   "Azertyuiop1",
          "Qwerty2026",  "Bonjour123",      "Soleil2024",     "Abcdefgh1",         "Marseille13",   "Lagarde1978", "Marie1234",
          "Poitiers86",  "MotDePasse-2026", "2026Elections",  "Mon-Mot-De-Passe1", "!!Motdepasse1", "Aaaaaaa1"}) {
        BOOST_TEST(breaks(password, PasswordRule::too_common), password);
    }
    BOOST_TEST(breaks("motdepasse1", PasswordRule::no_upper));  // PW-8: fails already for its missing capital
    BOOST_TEST(breaks("motdepasseelections", PasswordRule::too_common, PasswordProfile::modern));
    BOOST_TEST(breaks("123456789012", PasswordRule::too_common, PasswordProfile::modern));
    BOOST_TEST(broken("sept vaches rousses", PasswordProfile::modern).empty());
}

// F8: what the printed rules seem to allow is refused with the word.
BOOST_AUTO_TEST_CASE(a_guessed_password_is_told_its_word) {
    const auto fault = [](std::string_view password) {
        const auto faults = password_faults(PasswordProfile::seed2018, password, k_address, {});
        BOOST_REQUIRE(faults.size() == 1U);
        return faults[0];
    };
    BOOST_TEST(fault("Électeur1").find("Le vôtre se réduit à «\u00a0electeur\u00a0».") != std::string::npos);
    BOOST_TEST(fault("Rentree2018").find("«\u00a0rentree\u00a0»") != std::string::npos);
    BOOST_TEST(fault("M0tdep@sseElections1").find("«\u00a0motdepasse\u00a0» et «\u00a0elections\u00a0»") != std::string::npos);
    BOOST_TEST(fault("Lagarde1978").find("«\u00a0lagarde\u00a0»") != std::string::npos);
    BOOST_TEST(fault("Aaaaaaa1").find("se répètent ou se suivent") != std::string::npos);
    BOOST_TEST(password_faults(PasswordProfile::seed2018, "Coqueli7", k_address, {}).empty());
}

BOOST_AUTO_TEST_CASE(what_a_password_manager_makes_is_not_called_common) {
    constexpr std::string_view k_symbols = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!-_?+@$";
    std::mt19937 random(92);
    int refused = 0;
    for (int i = 0; i < 5000; ++i) {
        std::string password = "aZ4";
        while (password.size() < 12) password += k_symbols[random() % k_symbols.size()];
        refused += breaks(password, PasswordRule::too_common);
    }
    BOOST_TEST(refused == 0);
}

BOOST_AUTO_TEST_CASE(sentences_name_the_profiles_own_numbers) {
    BOOST_TEST(sentence_of(PasswordProfile::seed2018, PasswordRule::too_short) == "au moins 8 caractères");
    BOOST_TEST(sentence_of(PasswordProfile::seed2022, PasswordRule::too_short) == "au moins 12 caractères");
    BOOST_TEST(sentence_of(PasswordProfile::seed2018, PasswordRule::no_upper) == "au moins une majuscule");
}

}  // namespace password_tests
