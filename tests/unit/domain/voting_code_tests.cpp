// SPDX-License-Identifier: AGPL-3.0-or-later
// The code de vote: form, forgiveness, and which typing errors its check symbol sees.
#include "domain/voting_code.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

#include "util/bytes.hpp"

namespace voting_code_tests {

using namespace domain;

BOOST_AUTO_TEST_CASE(a_fresh_code_is_well_formed_and_new) {
    std::set<std::string> seen;
    for (int i = 0; i < 500; ++i) {
        const util::SecretText code = make_voting_code();
        BOOST_TEST(code.view().size() == 19U);
        BOOST_TEST((code.view()[4] == '-' && code.view()[9] == '-' && code.view()[14] == '-'));
        const auto plain = normalise_voting_code(code.view());
        BOOST_REQUIRE(plain);
        BOOST_TEST(plain->size() == 16U);
        seen.insert(*plain);
    }
    BOOST_TEST(seen.size() == 500U);
}

BOOST_AUTO_TEST_CASE(a_code_worked_by_hand) {
    // Fourteen 2 (value 0) then a 3 (value 1) in place 15: the sum is 15, alphabet[15] = H.
    BOOST_TEST(normalise_voting_code("2222-2222-2222-223H").value_or("") == "222222222222223H");
    BOOST_TEST(!normalise_voting_code("2222-2222-2222-223J"));
    BOOST_TEST(normalise_voting_code("2222222222222222").has_value());
}

BOOST_AUTO_TEST_CASE(a_seed_has_one_code_and_all_symbols_are_as_frequent) {
    std::map<char, int> seen;
    std::set<std::string> codes;
    for (int i = 0; i < 2000; ++i) {
        const std::string seed = util::sha256("seed " + std::to_string(i));
        const auto code = domain::voting_code_of(seed);
        BOOST_TEST(code.view() == domain::voting_code_of(seed).view());
        const auto symbols = normalise_voting_code(code.view());
        BOOST_TEST_REQUIRE(symbols.has_value());
        codes.insert(*symbols);
        for (const char symbol : symbols->substr(0, 15)) ++seen[symbol];
    }
    BOOST_TEST(codes.size() == 2000U);
    BOOST_TEST(seen.size() == 31U);
    for (const auto& [symbol, count] : seen)
        BOOST_TEST((count > 800 && count < 1140), symbol);  // 968 on average, more than five deviations
}

BOOST_AUTO_TEST_CASE(typing_is_forgiven_in_case_and_separators) {
    for (const char* const typed : {"2222-2222-2222-223h", " 2222 2222 2222 223H ", "222222222222223H", "2222.2222.2222.223H",
                                    "2222–2222–2222–223H", "2222\u00a02222\u00a02222\u00a0223H\r\n"}) {
        BOOST_TEST(normalise_voting_code(typed).value_or("") == "222222222222223H", typed);
    }
    for (const char* const wrong :
         {"", "2222-2222-2222-223", "2222-2222-2222-223HH", "O222-2222-2222-223H", "1222-2222-2222-223H", "é222-2222-2222-223H"}) {
        BOOST_TEST(!normalise_voting_code(wrong), wrong);
    }
}

BOOST_AUTO_TEST_CASE(one_wrong_symbol_or_two_swapped_neighbours_are_seen) {
    const std::string code = normalise_voting_code(make_voting_code().view()).value();
    for (std::size_t i = 0; i < code.size(); ++i) {
        for (const char other : k_code_alphabet) {
            std::string wrong = code;
            wrong[i] = other;
            BOOST_TEST(normalise_voting_code(wrong).has_value() == (other == code[i]));
        }
    }
    for (std::size_t i = 0; i + 2 < code.size(); ++i) {
        std::string wrong = code;
        std::swap(wrong[i], wrong[i + 1]);
        BOOST_TEST(normalise_voting_code(wrong).has_value() == (code[i] == code[i + 1]));
    }
}

}  // namespace voting_code_tests
