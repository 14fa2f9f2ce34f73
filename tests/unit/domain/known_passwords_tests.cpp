// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/known_passwords.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <set>
#include <stdexcept>

#include "domain/password.hpp"
#include "domain/secret_hash.hpp"
#include "support/folder.hpp"
#include "util/bytes.hpp"

namespace known_passwords_tests {

using domain::KnownPasswords;

namespace {

struct Fixture {
    test::Folder folder;
    std::filesystem::path write(const std::string& content) {
        const auto file = folder.path() / "known";
        std::ofstream(file, std::ios::binary) << content;
        return file;
    }
    KnownPasswords list(const std::vector<std::string>& words) {
        std::set<std::string> digests;
        for (const auto& word : words) digests.insert(util::sha256(word).substr(0, KnownPasswords::k_bytes));
        std::string content(KnownPasswords::k_title);
        for (const auto& digest : digests) content += digest;
        return KnownPasswords::load(write(content));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(known_passwords_tests, Fixture)

BOOST_AUTO_TEST_CASE(each_of_the_list_is_known_in_any_case_and_nothing_else) {
    std::vector<std::string> words;
    for (int i = 0; i < 1000; ++i) words.push_back("motif" + std::to_string(i));
    const auto known = list(words);
    BOOST_TEST(known.size() == 1000U);
    for (const auto& word : words) BOOST_TEST(known.contains(word));
    BOOST_TEST(known.contains("MOTIF7"));
    for (int i = 1000; i < 3000; ++i) BOOST_TEST(!known.contains("motif" + std::to_string(i)));
    BOOST_TEST(!known.contains(""));
    BOOST_TEST(!KnownPasswords{}.contains("motif7"));
}

BOOST_AUTO_TEST_CASE(what_is_no_list_is_refused) {
    BOOST_CHECK_THROW(KnownPasswords::load(folder.path() / "absent"), std::runtime_error);
    const std::string title(KnownPasswords::k_title);
    for (const auto& content : {std::string(), title, title + "1234", std::string("12345"), title + "1234567"})
        BOOST_CHECK_THROW(KnownPasswords::load(write(content)), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_choice_is_refused_with_the_rule_that_the_page_announced) {
    const auto known = list({"cherbourg2009"});
    const auto profile = domain::PasswordProfile::seed2018;
    using Rules = std::vector<domain::PasswordRule>;
    BOOST_TEST((domain::broken_rules(profile, "Cherbourg2009", "zoe@x.example", known) == Rules{domain::PasswordRule::known}));
    BOOST_TEST(domain::broken_rules(profile, "Cherbourg2009", "zoe@x.example", {}).empty());
    const auto announced = domain::announced_rules(profile);
    BOOST_TEST((std::find(announced.begin(), announced.end(), domain::PasswordRule::known) != announced.end()));
    BOOST_TEST(domain::sentence_of(profile, domain::PasswordRule::known).find("liste publique") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_hash_of_other_parameters_is_outdated) {
    BOOST_TEST(!domain::is_outdated(domain::hash_secret("pepper", "Élève-92")));
    for (const char* other :
         {"$argon2id$v=19$m=9216,t=2,p=1$c29tZXNhbHQxMjM0NTY$QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE",
          "$argon2id$v=19$m=19456,t=1,p=1$c29tZXNhbHQxMjM0NTY$QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE", "", "x"})
        BOOST_TEST(domain::is_outdated(other));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace known_passwords_tests
