// SPDX-License-Identifier: AGPL-3.0-or-later
// The pipeline before and after a handler, on a real database, with the rights of the account worker.
#include "web/dispatch.hpp"

#include <boost/test/unit_test.hpp>

#include "support/portal.hpp"

namespace dispatch_tests {

namespace {

using web::Field;
using web::Guard;
using web::Method;
using web::Request;
using web::Response;
using Answered = util::Result<Response>;

// A table with one row of each kind; what the handler saw comes back as JSON.
std::vector<web::Route> table(const web::Settings&) {
    const auto echo = [](const Request& request, web::Env& env) -> Answered {
        return Response::json({{"field", request.field("a")},
                               {"param", request.param("code")},
                               {"voter", env.session.voter ? env.session.voter->value : 0},
                               {"key", env.form_key}});
    };
    const auto page = [](const Request&, web::Env&) -> Answered { return Response::page("errors/404", {{"title", "Essai"}}); };
    const auto sign_in = [](const Request& request, web::Env& env) -> Answered {
        auto response = Response::redirect("/espace");
        web::sign_in(env, response, domain::VoterId{7}, request.user_agent);
        return response;
    };
    const auto sign_out = [](const Request&, web::Env& env) -> Answered {
        auto response = Response::redirect("/");
        web::sign_out(env, response);
        return response;
    };
    const auto remember = [](const Request& request, web::Env& env) -> Answered {
        auto response = Response::json("ok");
        web::save_session_data(env, response, {{"a", request.field("a")}});
        return response;
    };
    const auto recall = [](const Request&, web::Env& env) -> Answered { return Response::json(env.session.data.journey()); };
    const auto breaks = [](const Request&, web::Env&) -> Answered { throw std::runtime_error("the secret reason"); };
    // The server's own answer with the number that the address names; see the trigger below.
    const auto fault = [](const Request& request, web::Env& env) -> Answered {
        env.db.execute("INSERT INTO throttle (key_hash, window_start, count) VALUES ('fault', '2026-12-05 12:00:00', ?)",
                       {request.param("code")});
        return Response::json("ok");
    };
    const auto closed = [](const Request&, web::Env&) -> Answered { return util::failure(util::Fault::closed, "not yet"); };
    return {{Method::get, "/page", Guard::anyone, {}, page},
            {Method::get, "/echo/{code}", Guard::anyone, {{"a", 5, Field::Rule::line, Field::Need::optional}}, echo},
            {Method::post, "/echo/{code}", Guard::anyone, {{"a", 5}}, echo, web::ErrorForm::page, 1000},
            {Method::post, "/program", Guard::program, {{"a", 5}}, echo},
            {Method::get, "/mine", Guard::elector, {}, echo},
            {Method::get, "/mes-connexions", Guard::elector, {}, echo},
            {Method::get, "/bureau/{code}", Guard::elector, {}, echo},
            {Method::get, "/bureaucratie", Guard::elector, {}, echo},
            {Method::post, "/mine", Guard::elector, {}, echo},
            {Method::get, "/mine.json", Guard::elector, {}, echo, web::ErrorForm::json},
            {Method::post, "/in", Guard::anyone, {}, sign_in},
            {Method::post, "/out", Guard::elector, {}, sign_out},
            {Method::post, "/remember", Guard::anyone, {{"a", 5}}, remember},
            {Method::get, "/recall", Guard::anyone, {}, recall},
            {Method::get, "/breaks", Guard::anyone, {}, breaks},
            {Method::get, "/fault/{code}", Guard::anyone, {}, fault},
            {Method::get, "/fault.json/{code}", Guard::anyone, {}, fault, web::ErrorForm::json},
            {Method::get, "/closed", Guard::anyone, {}, closed}};
}

struct Fixture {
    test::Portal portal{"account", table};
    Fixture() { portal.add_voter(7, "zoe@ac-poitiers.example"); }
    std::int64_t sessions() { return portal.database.admin().select_one("SELECT COUNT(*) FROM session")->number(0); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch_tests, Fixture)

BOOST_AUTO_TEST_CASE(paths_and_methods_are_answered_from_the_table) {
    BOOST_TEST(portal.get("/nowhere").status == 404);
    BOOST_TEST(portal.get("/page").status == 200);
    const auto wrong = portal.post("/page", {});
    BOOST_TEST(wrong.status == 405);
    BOOST_TEST(wrong.header("Allow") == "GET, HEAD");
    web::RawRequest trace;
    trace.method = "TRACE";
    trace.uri = "/page";
    BOOST_TEST(portal.send(trace).status == 405);
    const auto head = portal.head("/page");
    BOOST_TEST(head.status == 200);
    BOOST_TEST(head.body.empty());
    BOOST_TEST(portal.get("/%ff").status == 400);
}

// What a program sends proves itself: it needs no token, and gets nothing of whoever's browser it may come from.
BOOST_AUTO_TEST_CASE(a_programs_row_reads_no_session_and_asks_for_no_token) {
    portal.sign_in(7);
    const auto sessions_before = sessions();
    const auto done = portal.post_raw("/program", "a=x");
    BOOST_TEST(done.status == 200);
    const auto answer = util::parse_json(done.body);
    BOOST_REQUIRE(answer.has_value());
    BOOST_TEST((*answer)["field"] == "x");
    BOOST_TEST((*answer)["voter"] == 0);
    BOOST_TEST(done.header("Set-Cookie").empty());
    BOOST_TEST(sessions() == sessions_before);
    BOOST_TEST(portal.post_raw("/echo/1", "a=x").status == 403);
    BOOST_TEST(portal.post_raw("/program", "a=x&b=y").status == 400);
}

BOOST_AUTO_TEST_CASE(every_answer_carries_the_security_headers) {
    for (const char* uri : {"/page", "/nowhere", "/mine", "/breaks", "/closed", "/echo/x"}) {
        const auto page = portal.get(uri);
        BOOST_TEST(page.header("Strict-Transport-Security") == "max-age=31536000; includeSubDomains", uri);
        BOOST_TEST(page.header("X-Content-Type-Options") == "nosniff");
        BOOST_TEST(page.header("Referrer-Policy") == "no-referrer");
        BOOST_TEST(page.header("Cross-Origin-Opener-Policy") == "same-origin");
        BOOST_TEST(page.header("Cache-Control") == "no-store");
        const std::string policy = page.header("Content-Security-Policy");
        BOOST_TEST(policy.find("unsafe") == std::string::npos);
        for (const char* part :
             {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"})
            BOOST_TEST(policy.find(part) != std::string::npos, part);
    }
}

BOOST_AUTO_TEST_CASE(robots_are_kept_out_of_what_electors_see) {
    BOOST_TEST(portal.get("/mine").header("X-Robots-Tag") == "noindex");
    BOOST_TEST(portal.get("/page").header("X-Robots-Tag") == "");
}

BOOST_AUTO_TEST_CASE(bodies_are_measured_before_they_are_read) {
    const auto status = [&](const std::string& length, const std::string& body, const std::string& type) {
        web::RawRequest raw;
        raw.method = "POST";
        raw.uri = "/echo/x";
        raw.content_length = length;
        raw.content_type = type;
        raw.body = body;
        return portal.send(raw).status;
    };
    const std::string form = "application/x-www-form-urlencoded";
    BOOST_TEST(status("", "", form) == 411);
    BOOST_TEST(status("-1", "", form) == 400);
    BOOST_TEST(status("1e3", "", form) == 400);
    BOOST_TEST(status("1001", std::string(1001, 'a'), form) == 413);
    BOOST_TEST(status("10", "a=1", form) == 400);  // cut short
    BOOST_TEST(status("3", "a=1", "text/plain") == 415);
    BOOST_TEST(status("3", "a=1", "multipart/form-data; boundary=x") == 400);
    BOOST_TEST(status("3", "a=1", form) == 403);  // right, but without the form's token
}

BOOST_AUTO_TEST_CASE(a_post_needs_the_token_of_its_own_browser_and_this_site) {
    portal.get("/page");
    BOOST_TEST(portal.post("/echo/x", {{"a", "1"}}).status == 200);
    BOOST_TEST(portal.post_raw("/echo/x", "a=1").status == 403);
    BOOST_TEST(portal.post_raw("/echo/x", "a=1&csrf=" + util::random_token(32)).status == 403);
    portal.next_request.sec_fetch_site = "cross-site";
    BOOST_TEST(portal.post("/echo/x", {{"a", "1"}}).status == 403);
    portal.next_request.sec_fetch_site = "same-origin";
    portal.next_request.origin = "null";  // what browsers send under no-referrer
    BOOST_TEST(portal.post("/echo/x", {{"a", "1"}}).status == 200);
    portal.next_request.origin = "https://evil.example";
    BOOST_TEST(portal.post("/echo/x", {{"a", "1"}}).status == 403);
}

BOOST_AUTO_TEST_CASE(fields_come_from_the_right_place_and_keep_their_rules) {
    BOOST_TEST(portal.get("/echo/x?a=%C3%A9").has("\"field\":\"é\""));
    BOOST_TEST(portal.get("/echo/x?a=123456").status == 400);
    BOOST_TEST(portal.get("/echo/x?b=1").status == 400);
    BOOST_TEST(portal.get("/echo/x?a=1&a=2").status == 400);
    BOOST_TEST(portal.get("/echo/x?a=%00").status == 400);
    BOOST_TEST(portal.post("/echo/x", {}).status == 400);                // a is required
    BOOST_TEST(portal.post("/echo/x?a=1", {{"a", "1"}}).status == 400);  // a query beside a body
    BOOST_TEST(portal.post("/echo/x", {{"a", "1"}, {"form_key", "'; DROP"}}).status == 400);
}

BOOST_AUTO_TEST_CASE(signing_in_changes_the_identifier_and_signing_out_ends_it) {
    portal.get("/page");
    const std::string before = portal.cookie;
    BOOST_TEST(portal.get("/mine").header("Location") == "/connexion?suite=/mine");
    BOOST_TEST(portal.get("/mine.json").status == 403);
    BOOST_TEST(portal.post("/in", {}).status == 303);
    const std::string during = portal.cookie;
    BOOST_TEST(during != before);
    BOOST_TEST(portal.get("/mine").has("\"voter\":7"));
    BOOST_TEST(portal.database.admin().select_one("SELECT COUNT(*) FROM session WHERE id_hash = ?", {during})->number(0) == 0);
    portal.cookie = before;  // the identifier known before sign-in opens nothing
    BOOST_TEST(portal.get("/mine").status == 303);
    portal.cookie = during;
    const auto out = portal.post("/out", {});
    BOOST_TEST(out.header("Clear-Site-Data") == "\"cache\", \"storage\"");
    portal.cookie = during;
    BOOST_TEST(portal.get("/mine").status == 303);
    BOOST_TEST(portal.database.admin().select_one("SELECT COUNT(*) FROM session WHERE voter_id IS NOT NULL")->number(0) == 0);
}

// A double click, or an answer that was lost: with the identifier from before the answer, and with the one that it brought.
BOOST_AUTO_TEST_CASE(a_form_sent_again_is_answered_the_same_and_done_once) {
    const auto signed_in = [&] {
        return portal.database.admin().select_one("SELECT COUNT(*) FROM session WHERE voter_id IS NOT NULL")->number(0);
    };
    portal.get("/page");
    const std::string visitor = portal.cookie;
    const std::string form = "csrf=" + portal.csrf() + "&form_key=" + std::string(32, 'a');
    BOOST_TEST(portal.post_raw("/in", form).header("Location") == "/espace");
    const std::string member = portal.cookie;
    portal.cookie = visitor;
    BOOST_TEST(portal.post_raw("/in", form).header("Location") == "/espace");
    BOOST_TEST(portal.cookie == member);
    BOOST_TEST(portal.post_raw("/in", form).header("Location") == "/espace");
    BOOST_TEST(portal.cookie == member);
    BOOST_TEST(signed_in() == 1);
    BOOST_TEST(portal.get("/mine").status == 200);

    const std::string out = "csrf=" + portal.csrf() + "&form_key=" + std::string(32, 'b');
    BOOST_TEST(portal.post_raw("/out", out).status == 303);
    const std::string after = portal.cookie;
    for (const std::string& shown : {member, after}) {
        portal.cookie = shown;
        const auto again = portal.post_raw("/out", out);
        BOOST_TEST(again.header("Location") == "/");
        BOOST_TEST(portal.cookie == after);
    }
    BOOST_TEST(signed_in() == 0);
}

BOOST_AUTO_TEST_CASE(another_form_or_a_later_one_is_not_taken_for_the_same) {
    portal.get("/page");
    const std::string visitor = portal.cookie;
    const std::string form = "csrf=" + portal.csrf() + "&form_key=" + std::string(32, 'a');
    portal.post_raw("/in", form);
    portal.cookie = visitor;
    BOOST_TEST(portal.post_raw("/remember", form + "&a=1").status == 200);  // another address
    portal.cookie = visitor;
    portal.post_raw("/in", form);
    portal.clock.set(portal.clock.now() + std::chrono::minutes{2});
    portal.cookie = visitor;
    const std::string member = portal.cookie;
    portal.post_raw("/in", form);  // a sign-in of its own again
    BOOST_TEST(portal.cookie != member);
    portal.cookie = visitor;
    BOOST_TEST(portal.get("/mine").status == 303);  // and the identifier from before still opens nothing
}

BOOST_AUTO_TEST_CASE(cookies_are_host_only_and_hidden_from_scripts) {
    const std::string cookie = portal.get("/page").header("Set-Cookie");
    BOOST_TEST(cookie.starts_with("__Host-portail="));
    for (const char* part : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"})
        BOOST_TEST(cookie.find(part) != std::string::npos, part);
    BOOST_TEST(cookie.find("Domain") == std::string::npos);
    BOOST_TEST(portal.get("/page").header("Set-Cookie") == "");  // kept, not made again
}

BOOST_AUTO_TEST_CASE(a_session_ends_after_20_idle_minutes_or_4_hours) {
    portal.post("/in", {});
    const auto start = portal.clock.now();
    portal.clock.set(start + std::chrono::minutes{19});
    BOOST_TEST(portal.get("/mine").status == 200);
    portal.clock.set(start + std::chrono::minutes{38});
    BOOST_TEST(portal.get("/mine").status == 200);
    portal.clock.set(start + std::chrono::minutes{58});
    BOOST_TEST(portal.get("/mine").status == 303);

    portal.post("/in", {});
    const auto second = portal.clock.now();
    for (int minutes = 10; minutes < 240; minutes += 10) {
        portal.clock.set(second + std::chrono::minutes{minutes});
        BOOST_REQUIRE(portal.get("/mine").status == 200);
    }
    portal.clock.set(second + std::chrono::hours{4});
    BOOST_TEST(portal.get("/mine").status == 303);
}

BOOST_AUTO_TEST_CASE(a_guest_of_the_desk_reads_on_every_electors_page_that_he_is_none) {
    portal.database.admin().run(
        "INSERT INTO voter (id, election_id, email, civility, last_name, first_name, identity_check, personnel, corps, affectation, academie_code, "
        "departement, notice_place, struck_off_at) VALUES (4000000000, 1, 'expert@cabinet.example', 'M.', 'Expert', 'Paul', '', '', '', '', NULL, '', '', "
        "'2026-11-01 00:00:00')");
    BOOST_TEST(portal.get("/bureau/1").header("Location") == "/connexion?suite=/bureau/1");
    portal.sign_in(4'000'000'000);
    for (const char* page : {"/mes-connexions", "/bureau/1"}) BOOST_TEST(portal.get(page).status == 200);
    for (const char* page : {"/mine", "/bureaucratie"}) {
        const auto answer = portal.get(page);
        BOOST_TEST(answer.status == 403);
        BOOST_TEST(answer.has("Vous n’êtes pas électeur"));
        BOOST_TEST(answer.has("Paul Expert"));  // he is signed in, and stays so
    }
    BOOST_TEST(portal.post("/mine", {}).has("Vous n’êtes pas électeur"));
    const auto json = portal.get("/mine.json");
    BOOST_TEST(json.status == 403);
    BOOST_TEST(json.has("no_elector"));
    BOOST_TEST(portal.get("/page").status == 200);
    BOOST_TEST(portal.get("/bureau/1").status == 200);
    portal.sign_in(7);
    for (const char* page : {"/mes-connexions", "/mine"}) BOOST_TEST(portal.get(page).status == 200);
    portal.database.admin().run("UPDATE voter SET struck_off_at = '2026-12-01' WHERE id = 7");
    BOOST_TEST(portal.get("/mes-connexions").status == 403);  // struck off: of no page that asks who he is
}

BOOST_AUTO_TEST_CASE(a_struck_off_elector_is_out_at_once_and_reads_why) {
    portal.post("/in", {});
    portal.database.admin().run(
        "UPDATE voter SET struck_off_at = '2026-12-01', struck_off_reason = 'Mutation <hors> académie' WHERE id = 7");
    for (int click = 0; click < 2; ++click) {
        const auto page = portal.get("/mine");
        BOOST_TEST(page.status == 403);
        BOOST_TEST(page.has("Vous ne figurez plus sur la liste électorale"));
        BOOST_TEST(page.has("Mutation &lt;hors&gt; académie"));
        BOOST_TEST(!page.has("DÉCONNEXION"));
    }
    // Elsewhere he is a visitor, whose forms work.
    BOOST_TEST(portal.get("/page").status == 200);
    BOOST_TEST(portal.post("/remember", {{"a", "é"}}).status < 400);
}

BOOST_AUTO_TEST_CASE(reading_changes_nothing) {
    for (const char* uri : {"/page", "/mine", "/echo/x", "/recall", "/nowhere"}) {
        portal.get(uri);
        portal.head(uri);
    }
    BOOST_TEST(sessions() == 0);
}

BOOST_AUTO_TEST_CASE(a_visitor_s_form_is_remembered_even_after_its_hour) {
    portal.get("/page");
    portal.post("/remember", {{"a", "é"}});
    BOOST_TEST(portal.get("/recall").body == "{\"a\":\"é\"}");
    portal.post("/remember", {{"a", "2"}});
    BOOST_TEST(portal.get("/recall").body == "{\"a\":\"2\"}");
    portal.clock.set(portal.clock.now() + std::chrono::hours{1});
    BOOST_TEST(portal.get("/recall").body == "{}");
    BOOST_TEST(portal.post("/remember", {{"a", "3"}}).status == 200);
    BOOST_TEST(portal.get("/recall").body == "{\"a\":\"3\"}");
}

BOOST_AUTO_TEST_CASE(what_breaks_is_a_page_with_a_reference_and_without_the_reason) {
    const auto page = portal.get("/breaks");
    BOOST_TEST(page.status == 500);
    BOOST_TEST(page.has("0123456789abcdef"));
    BOOST_TEST(!page.has("secret reason"));
    BOOST_TEST(portal.get("/closed").status == 403);
    BOOST_TEST(portal.get("/closed").has("ouvert"));
}

// A full disk, a cluster that is not ready, a lock that nobody gives back: nothing is wrong with the request, and later it is answered.
BOOST_AUTO_TEST_CASE(a_database_that_cannot_serve_now_is_503_with_its_own_page) {
    auto& admin = portal.database.admin();
    admin.run(
        "CREATE TRIGGER fails_as_asked BEFORE INSERT ON throttle FOR EACH ROW BEGIN DECLARE number INT DEFAULT NEW.count; "
        "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = number, MESSAGE_TEXT = 'as asked'; END");
    for (const char* code :
         {"1021", "1026", "1037", "1040", "1047", "1053", "1114", "1180", "1205", "1213", "1290", "1317", "1927"}) {
        const auto page = portal.get("/fault/" + std::string(code));
        BOOST_TEST(page.status == 503, code);
        BOOST_TEST(page.header("Retry-After") == "30", code);
        BOOST_TEST(page.has("Le portail est momentanément indisponible"), code);
        BOOST_TEST(!page.has("as asked"), code);
    }
    const auto wrong = portal.get("/fault/1054");
    BOOST_TEST(wrong.status == 500);
    const auto json = portal.get("/fault.json/1114");
    BOOST_TEST(json.status == 503);
    BOOST_TEST(json.header("Retry-After") == "30");
    BOOST_TEST(json.has("\"unavailable\""));
    admin.run("DROP TRIGGER fails_as_asked");
    BOOST_TEST(portal.get("/fault/1").status == 200);
}

BOOST_AUTO_TEST_CASE(browsers_may_report_a_broken_policy_and_nothing_more) {
    web::RawRequest report;
    report.method = "POST";
    report.uri = "/csp-report";
    report.content_type = "application/csp-report";
    report.body = "{}";
    report.content_length = "2";
    BOOST_TEST(portal.send(report).status == 204);
    BOOST_TEST(portal.get("/csp-report").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace dispatch_tests
