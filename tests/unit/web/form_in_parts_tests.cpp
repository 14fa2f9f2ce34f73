// SPDX-License-Identifier: AGPL-3.0-or-later
// A form that comes in parts to a route that expects no file: it says what the same form says escaped.
#include <boost/test/unit_test.hpp>

#include "support/portal.hpp"

namespace form_in_parts_tests {

namespace {

std::vector<web::Route> table(const web::Settings&) {
    const auto echo = [](const web::Request& request, web::Env&) -> util::Result<web::Response> {
        return web::Response::json({{"a", request.field("a")}});
    };
    const auto once = [](const web::Request& request, web::Env& env) -> util::Result<web::Response> {
        auto response = web::Response::redirect("/next");
        web::save_session_data(env, response, {{"a", request.field("a")}});
        env.db.execute("INSERT INTO throttle (key_hash, window_start, count) VALUES (?, '2026-12-05 12:00:00', 1)",
                       {util::sha256_hex(request.field("a"))});
        return response;
    };
    return {{web::Method::post, "/echo", web::Guard::anyone, {{"a", 20}}, echo},
            {web::Method::post, "/once", web::Guard::anyone, {{"a", 20}}, once}};
}

struct Fixture {
    test::Portal portal{"account", table};

    static std::string part(const std::string& head, const std::string& text) {
        return "Content-Disposition: form-data; " + head + "\r\n\r\n" + text + "\r\n";
    }
    std::string token() const { return part("name=\"csrf\"", portal.csrf()); }
    test::Page send(const std::string& path, const std::vector<std::string>& parts, const std::string& boundary = "x1") {
        web::RawRequest raw;
        raw.method = "POST";
        raw.uri = path;
        raw.content_type = "multipart/form-data; boundary=" + boundary;
        for (const auto& one : parts) raw.body += "--" + boundary + "\r\n" + one;
        raw.body += "--" + boundary + "--\r\n";
        raw.content_length = std::to_string(raw.body.size());
        raw.cookie = "__Host-portail=" + portal.cookie;
        return portal.send(raw);
    }
    Fixture() { portal.cookie = util::random_token(16); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(form_in_parts_tests, Fixture)

BOOST_AUTO_TEST_CASE(it_says_the_same_as_escaped) {
    const std::string text = "{\"a\":\"%26 é+&=\"}";
    const auto page = send("/echo", {token(), part("name=\"a\"", text)});
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.body == portal.post("/echo", {{"a", text}}).body);
}

BOOST_AUTO_TEST_CASE(its_fields_keep_the_same_rules_and_it_brings_no_file) {
    const std::string a = part("name=\"a\"", "1");
    BOOST_TEST(send("/echo", {token(), a}).status == 200);
    BOOST_TEST(send("/echo", {a}).status == 403);                                                       // no token
    BOOST_TEST(send("/echo", {token(), a, a}).status == 400);                                           // twice
    BOOST_TEST(send("/echo", {token()}).status == 400);                                                 // missing
    BOOST_TEST(send("/echo", {token(), a, part("name=\"other\"", "1")}).status == 400);                 // unknown
    BOOST_TEST(send("/echo", {token(), part("name=\"a\"", std::string(21, 'a'))}).status == 400);       // too long
    BOOST_TEST(send("/echo", {token(), part("name=\"a\"", "a\nb")}).status == 400);                     // no line
    BOOST_TEST(send("/echo", {token(), part("name=\"a\"; filename=\"b.txt\"", "1")}).status == 400);    // a file
    BOOST_TEST(send("/echo", {token(), part("name=\"\"; filename=\"b.txt\"", "1"), a}).status == 400);  // a nameless one
}

// Each sending has a boundary of its own; it is the form that counts.
BOOST_AUTO_TEST_CASE(sent_twice_it_is_done_once) {
    const std::string a = part("name=\"a\"", "1"), key = part("name=\"form_key\"", "00ff");
    for (const char* boundary : {"x1", "x2", "x3"}) {
        const auto page = send("/once", {token(), key, a}, boundary);
        BOOST_TEST(page.status == 303);
        BOOST_TEST(page.header("Location") == "/next");
    }
    BOOST_TEST(portal.database.admin().select_one("SELECT COUNT(*) FROM throttle")->number(0) == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace form_in_parts_tests
