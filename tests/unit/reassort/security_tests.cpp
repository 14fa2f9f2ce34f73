// SPDX-License-Identifier: AGPL-3.0-or-later
// The code de sécurité: alone, as an image and a sound, and in the form of 2018.
#include <boost/test/unit_test.hpp>

#include <set>

#include "listener.hpp"
#include "reassort/security_code.hpp"
#include "reassort/security_media.hpp"
#include "reassort_fixture.hpp"

namespace security_tests {

using reassort::SecurityCode;

BOOST_AUTO_TEST_SUITE(security_tests)

BOOST_AUTO_TEST_CASE(a_code_is_one_session_s_serves_once_and_dies_of_a_wrong_answer) {
    SecurityCode codes;
    const auto now = *util::from_sql("2026-12-03 09:00:00");
    const auto token = codes.new_token("session-a", now);
    const auto digits = codes.digits("session-a", token, now).value();
    BOOST_TEST(digits.size() == SecurityCode::k_digits);
    BOOST_TEST(!codes.digits("session-b", token, now).has_value());
    BOOST_TEST(!codes.is_answered("session-b", token, digits, now, true));
    // Looked at as often as one likes, then spent.
    BOOST_TEST(codes.is_answered("session-a", token, digits, now, false));
    BOOST_TEST(codes.is_answered("session-a", token, " " + digits.substr(0, 3) + " " + digits.substr(3), now, true));
    BOOST_TEST(!codes.is_answered("session-a", token, digits, now, true));
    BOOST_TEST(!codes.digits("session-a", token, now).has_value());

    const auto second = codes.new_token("session-a", now);
    const auto right = codes.digits("session-a", second, now).value();
    BOOST_TEST(!codes.is_answered("session-a", second, right == "000000" ? "000001" : "000000", now, false));
    BOOST_TEST(!codes.is_answered("session-a", second, right, now, true));
    for (const char* invented : {"", ".", "1.2.3", "990000.AAAAAAAAAAAA.AAAAAAAAAAAA"})
        BOOST_TEST(!codes.is_answered("session-a", invented, "123456", now, true), invented);
    // Another process, or this one after a restart, knows it not.
    BOOST_TEST(!SecurityCode().digits("session-a", codes.new_token("session-a", now), now).has_value());
}

BOOST_AUTO_TEST_CASE(a_code_lives_half_an_hour_at_least_and_an_hour_at_most) {
    SecurityCode codes;
    const auto start = *util::from_sql("2026-12-03 09:29:59");
    const auto token = codes.new_token("s", start);
    const auto digits = codes.digits("s", token, start).value();
    BOOST_TEST(codes.is_answered("s", token, digits, start + std::chrono::minutes(30), false));
    BOOST_TEST(!codes.is_answered("s", token, digits, start + std::chrono::minutes(61), false));
    // One that was spent stays spent when the half hour changes.
    const auto later = start + std::chrono::minutes(2);
    BOOST_TEST(codes.is_answered("s", token, digits, start, true));
    BOOST_TEST(!codes.is_answered("s", token, digits, later, true));
}

BOOST_AUTO_TEST_CASE(digits_are_drawn_evenly_enough) {
    SecurityCode codes;
    const auto now = *util::from_sql("2026-12-03 09:00:00");
    std::array<int, 10> seen{};
    for (int i = 0; i < 2000; ++i) {
        const auto digits = codes.digits("s", codes.new_token("s", now), now).value();
        for (const char digit : digits) ++seen.at(static_cast<std::size_t>(digit - '0'));
    }
    for (const int count : seen) BOOST_TEST((count > 1000 && count < 1400), count);  // of 1,200, six standard deviations
}

BOOST_AUTO_TEST_CASE(the_sound_says_the_digits_and_is_never_the_same) {
    for (const char* digits : {"012345", "678900", "111111", "976310"}) {
        const auto one = reassort::security_sound(digits), other = reassort::security_sound(digits);
        BOOST_TEST(test::heard_in(one) == digits);
        BOOST_TEST(test::heard_in(other) == digits);
        BOOST_TEST(one != other);
        BOOST_TEST(one.starts_with("RIFF"));
        BOOST_TEST(one.size() < 140'000u);
    }
}

BOOST_AUTO_TEST_CASE(the_image_is_a_small_png_that_is_never_the_same) {
    const auto one = reassort::security_image("012345"), other = reassort::security_image("012345");
    BOOST_TEST(one.starts_with("\x89PNG"));
    BOOST_TEST(one != other);
    BOOST_TEST(one.size() < 20'000u);
    if (const char* folder = std::getenv("PORTAIL_PICTURES")) std::ofstream(std::string(folder) + "/securite.png") << one;
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

struct In2018 : test::ReassortFixture {
    In2018() : ReassortFixture("2018") {}
    static std::string token_in(const test::Page& page) {
        const std::string start = "name=\"securite_jeton\" value=\"";
        const auto at = page.body.find(start);
        if (at == std::string::npos) return {};
        return page.body.substr(at + start.size(), page.body.find('"', at + start.size()) - at - start.size());
    }
    // As who listens: the form's code, heard.
    test::Portal::Fields heard(const test::Page& page) {
        const auto token = token_in(page);
        return answered(token, test::heard_in(portal.get("/reassort/securite/" + token + ".wav").body));
    }
    static test::Portal::Fields answered(const std::string& token, const std::string& digits) {
        return with(with(typed(), "securite", digits.c_str()), "securite_jeton", token.c_str());
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(security_form_tests, In2018)

BOOST_AUTO_TEST_CASE(the_form_of_2018_shows_a_code_to_see_and_to_hear) {
    const auto page = portal.get("/reassort");
    BOOST_TEST(page.has("Veuillez saisir le code de sécurité ci-dessous"));
    const auto token = token_in(page);
    const auto image = portal.get("/reassort/securite/" + token + ".png");
    BOOST_TEST(image.status == 200);
    BOOST_TEST(image.header("Content-Type") == "image/png");
    BOOST_TEST(image.header("Cache-Control").find("no-store") != std::string::npos);
    BOOST_TEST(portal.get("/reassort/securite/" + token + ".wav").header("Content-Type") == "audio/wav");
    for (const char* other : {"/reassort/securite/1.2.3.png", "/reassort/securite/x", "/reassort/securite/.png"})
        BOOST_TEST(portal.get(other).status == 404, other);
    // Another elector's session cannot see it.
    add_elector(2);
    portal.sign_in(2);
    BOOST_TEST(portal.get("/reassort/securite/" + token + ".png").status == 404);
}

BOOST_AUTO_TEST_CASE(without_the_code_nothing_is_checked_and_nothing_sent) {
    const auto page = portal.get("/reassort");
    for (const auto& fields : {typed(), answered(token_in(page), "000000"), answered("", "123456")}) {
        const auto refused = portal.post("/reassort", fields);
        BOOST_TEST(refused.status == 400);
        BOOST_TEST(refused.has("code de sécurité"));
        BOOST_TEST(token_in(refused) != token_in(page));
    }
    BOOST_TEST(portal.post("/reassort/verification", with(typed(), "etape", "verifier")).status == 400);
    BOOST_TEST(count("reassort_request") == 0);
    BOOST_TEST(opens(first_code));
}

BOOST_AUTO_TEST_CASE(the_code_serves_from_the_form_through_the_check_to_one_sending) {
    const auto fields = heard(portal.get("/reassort"));
    const auto check = portal.post("/reassort/verification", with(fields, "etape", "verifier"));
    BOOST_TEST(check.status == 200);
    BOOST_TEST(token_in(check) == fields.back().second);
    BOOST_TEST(portal.post("/reassort", fields).header("Location") == "/reassort/envoi");
    BOOST_TEST(opens(code_in_sms()));
    // The same code with another demand: a new one is asked.
    BOOST_TEST(portal.post("/reassort", fields).status == 400);
    BOOST_TEST(count("outbox WHERE channel = 'sms'") == 1);
    BOOST_TEST(portal.post("/reassort", heard(portal.get("/reassort"))).status == 303);
}

BOOST_AUTO_TEST_CASE(a_slip_elsewhere_in_the_form_does_not_cost_the_code) {
    auto fields = heard(portal.get("/reassort"));
    auto slipped = fields;
    slipped[0].second = "06 12";
    BOOST_TEST(portal.post("/reassort", slipped).status == 400);
    BOOST_TEST(portal.post("/reassort", fields).status == 303);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(security_load_tests, test::ReassortFixture)

// Where no edition asks for it, it comes once a network is wrong more often than people mistype.
BOOST_AUTO_TEST_CASE(elsewhere_it_is_asked_once_a_network_is_wrong_too_often) {
    BOOST_TEST(!portal.get("/reassort").has("securite"));
    for (unsigned voter = 2; voter < 7; ++voter) {
        add_elector(voter);
        portal.sign_in(voter);
        for (int i = 0; i < 4; ++i) portal.post("/reassort", typed("0612345678", "13E7654321ABD"));
    }
    portal.sign_in(1);
    BOOST_TEST(portal.get("/reassort").has("Veuillez saisir le code de sécurité ci-dessous"));
    BOOST_TEST(portal.post("/reassort", typed()).status == 400);
    BOOST_TEST(opens(first_code));
    portal.clock.set(portal.clock.now() + std::chrono::hours(1));
    portal.sign_in(1);
    BOOST_TEST(portal.post("/reassort", typed()).status == 303);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace security_tests
