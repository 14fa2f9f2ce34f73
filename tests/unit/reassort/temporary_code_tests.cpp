// SPDX-License-Identifier: AGPL-3.0-or-later
// Temporary codes, and what only this worker can make of them.
#include "reassort/temporary_code.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

#include "domain/escrow.hpp"
#include "domain/voting_code.hpp"

namespace temporary_code_tests {

using namespace reassort;

namespace {

Keys make_keys() {
    auto escrow = domain::make_escrow_keys();
    return {util::SecretText("numen"), util::SecretText("password"), std::move(escrow.secret_key), escrow.public_key};
}
const util::Instant k_noon{std::chrono::seconds{1'796'300'000}};

}  // namespace

BOOST_AUTO_TEST_SUITE(temporary_code_tests)

BOOST_AUTO_TEST_CASE(it_has_eight_digits_and_is_read_as_people_type_it) {
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) seen.insert(make_temporary_code());
    BOOST_TEST(seen.size() > 195u);
    for (const auto& code : seen) BOOST_TEST(normalise_temporary_code(as_read(code)).value_or("") == code);
    BOOST_TEST(as_read("12345678") == "1234 5678");
    for (const char* typed : {"12345678", " 1234-5678 ", "1234\u00a05678", "12 34 56 78"})
        BOOST_TEST(normalise_temporary_code(typed).value_or("") == "12345678", typed);
    for (const char* wrong : {"", "1234567", "123456789", "1234567a", "12345678;"})
        BOOST_TEST(!normalise_temporary_code(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(its_check_is_of_one_elector_one_second_and_one_key) {
    const Keys keys = make_keys(), others = make_keys();
    const auto check = check_of(keys, {7}, k_noon, "12345678");
    BOOST_TEST(check == check_of(keys, {7}, k_noon, "12345678"));
    BOOST_TEST(check.size() == 64u);
    BOOST_TEST(check != check_of(keys, {8}, k_noon, "12345678"));
    BOOST_TEST(check != check_of(keys, {7}, k_noon + std::chrono::seconds{1}, "12345678"));
    BOOST_TEST(check != check_of(keys, {7}, k_noon, "12345679"));
    BOOST_TEST(check != check_of(others, {7}, k_noon, "12345678"));
}

BOOST_AUTO_TEST_CASE(a_destination_is_read_by_this_worker_for_this_elector_and_cannot_be_put_in_by_another) {
    const Keys keys = make_keys(), others = make_keys();
    const std::string longest(190, 'a');
    for (const Destination& to : {Destination{false, "+33612345678", {}, false}, Destination{true, longest, {}, false}}) {
        const auto sealed = seal_destination(keys, {7}, to);
        BOOST_TEST(sealed.size() <= 400u);
        BOOST_TEST(sealed.find("336123") == std::string::npos);
        const auto opened = open_destination(keys, {7}, sealed);
        BOOST_TEST_REQUIRE(opened.has_value());
        BOOST_TEST(opened->address == to.address);
        BOOST_TEST(opened->is_mail == to.is_mail);
        BOOST_TEST(!open_destination(keys, {8}, sealed));
        BOOST_TEST(!open_destination(others, {7}, sealed));
        std::string spoiled = sealed;
        spoiled[50] = spoiled[50] == 'A' ? 'B' : 'A';
        BOOST_TEST(!open_destination(keys, {7}, spoiled));
    }
    // Elector 1's is not read as elector 11's, whatever stands after the number.
    BOOST_TEST(!open_destination(keys, {1}, seal_destination(keys, {11}, {false, "+33612345678", {}, false})));
    for (const char* rubbish : {"", "AAAA", "é"}) BOOST_TEST(!open_destination(keys, {7}, rubbish));
}

BOOST_AUTO_TEST_CASE(the_code_shown_depends_on_all_that_only_elector_and_worker_have) {
    const Keys keys = make_keys(), others = make_keys();
    const std::string form(32, 'a'), other_form(32, 'b');
    const auto code = shown_code(keys, {7}, 2, form, "12345678");
    BOOST_TEST(domain::normalise_voting_code(code.view()).has_value());
    BOOST_TEST(code.view() == shown_code(keys, {7}, 2, form, "12345678").view());
    BOOST_TEST(code.view() != shown_code(others, {7}, 2, form, "12345678").view());
    BOOST_TEST(code.view() != shown_code(keys, {8}, 2, form, "12345678").view());
    BOOST_TEST(code.view() != shown_code(keys, {7}, 3, form, "12345678").view());
    BOOST_TEST(code.view() != shown_code(keys, {7}, 2, other_form, "12345678").view());
    BOOST_TEST(code.view() != shown_code(keys, {7}, 2, form, "12345679").view());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace temporary_code_tests
