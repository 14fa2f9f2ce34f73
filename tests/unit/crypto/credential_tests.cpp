// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/credential.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

#include "crypto/protocol.hpp"
#include "election_files.hpp"
#include "util/json.hpp"

namespace credential_tests {

BOOST_AUTO_TEST_SUITE(credential_tests)

// codes of the tools -> their lists of public keys
void check_codes(const std::string& directory, const std::string& group, const std::string& uuid) {
    const auto folder = test::vectors() / directory;
    std::map<std::string, std::string> key_of;  // voter -> public key
    const auto list = util::parse_json(test::read_text(folder / "public_creds.json"));
    BOOST_REQUIRE(list.has_value());
    for (const auto& entry : *list) {
        const auto parts = entry.get<std::string>();
        key_of[parts.substr(parts.rfind(',') + 1)] = parts.substr(0, parts.find(','));
    }
    const auto codes =
        std::filesystem::exists(folder / "private_creds.txt") ? folder / "private_creds.txt" : folder / "private_creds.json";
    std::map<std::string, std::string> code_of;
    if (codes.extension() == ".txt") {
        for (const auto& line : test::read_lines(codes)) code_of[line.substr(0, line.find(' '))] = line.substr(line.find(' ') + 1);
    } else {
        const auto json = util::parse_json(test::read_text(codes));
        for (const auto& [voter, code] : json->items()) code_of[voter] = code.get<std::string>();
    }
    BOOST_REQUIRE(code_of.size() == key_of.size());
    BOOST_REQUIRE(!code_of.empty());
    for (const auto& [voter, code] : code_of)
        BOOST_TEST(crypto::derive_public_key(group, uuid, code).value_or("") == key_of.at(voter));
}

BOOST_AUTO_TEST_CASE(old_codes_of_version_2_0_give_its_keys) { check_codes("2048-single", "BELENIOS-2048", "LiFqt5fv83EqW4"); }
BOOST_AUTO_TEST_CASE(full_codes_of_version_3_0_give_its_keys) { check_codes("2048-threshold", "BELENIOS-2048", "pAXmvP4WG44v5g"); }
BOOST_AUTO_TEST_CASE(full_codes_of_version_2_5_1_give_its_keys) {
    check_codes("ed25519-single", "Ed25519", "yZDgMTHFpqM6TQ");
    check_codes("ed25519-threshold", "Ed25519", "Q45MnBjFQqPTM8");
}

BOOST_AUTO_TEST_CASE(fresh_codes_have_their_form) {
    for (int i = 0; i < 200; ++i) {
        const auto full = crypto::make_full_code(), old = crypto::make_old_code();
        BOOST_TEST(crypto::is_full_code(full.view()));
        BOOST_TEST(crypto::is_old_code(old.view()));
        BOOST_TEST(!crypto::is_old_code(full.view()));
        // Another check digit is refused.
        std::string wrong(old.view());
        wrong.back() = wrong.back() == '2' ? '3' : '2';
        BOOST_TEST(!crypto::is_old_code(wrong));
    }
    BOOST_TEST(crypto::make_uuid().size() == 14u);
}

BOOST_AUTO_TEST_CASE(other_texts_derive_nothing) {
    for (const char* code :
         {"", "q2mqE-3Ncnvy-enTnd-9YtYa", "q2mqE-3Ncnvy-enTnd-9YtYaMM", "q2mqE3NcnvyenTnd9YtYaM", "q2mqE-3Ncnvy-enTnd-9YtYa0",
          "q2mqE-3Ncnvy-enTnd-9YtYal", "t82-Xak-XUZ-ydQ-Xpr", " t82-Xak-XUZ-ydQ-Xpq"})
        BOOST_TEST(!crypto::derive_public_key("Ed25519", "yZDgMTHFpqM6TQ", code).has_value(), code);
    BOOST_TEST(!crypto::derive_public_key("RFC-3526-2048", "yZDgMTHFpqM6TQ", "q2mqE-3Ncnvy-enTnd-9YtYaM").has_value());
}

BOOST_AUTO_TEST_CASE(lists_are_sorted_and_strict) {
    BOOST_TEST(*crypto::make_public_creds({"b", "a"}) == R"(["a","b"])");
    BOOST_TEST(*crypto::make_public_creds({"b,0", "a,12"}) == R"(["a,12","b,0"])");
    BOOST_TEST(*crypto::make_public_creds({}) == "[]");
    BOOST_TEST(!crypto::make_public_creds({"a", "a"}).has_value());
    BOOST_TEST(!crypto::make_public_creds({"a,1", "a,2"}).has_value());
    BOOST_TEST(!crypto::make_public_creds({"a,1", "b"}).has_value());
    BOOST_TEST(!crypto::make_public_creds({"a,1,x"}).has_value());
    std::string why;
    for (const char* record :
         {"", "[", R"(["a",])", R"(["a" ,"b"])", R"(["a,01"])", R"(["a,"])", R"([""])", R"(["a"]x)", R"(["a","a"])"})
        BOOST_TEST(!crypto::read_public_creds(record, why).has_value(), record);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace credential_tests
