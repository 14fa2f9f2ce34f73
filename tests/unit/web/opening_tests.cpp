// SPDX-License-Identifier: AGPL-3.0-or-later
// The portal before its election is imported, and how it opens by itself.
#include "web/opening.hpp"

#include <boost/test/unit_test.hpp>

#include "support/portal.hpp"
#include "web/dispatch.hpp"

namespace opening_tests {

namespace {

std::vector<web::Route> one_page(const web::Settings&) {
    return {{web::Method::get, "/essai", web::Guard::anyone, {}, [](const web::Request&, web::Env& env) -> web::Answer {
                 return web::Response::json({{"edition", env.edition.year}});
             }}};
}

struct Fixture : test::Portal {
    Fixture() : Portal("scrutins", one_page) {}
    web::HashPool pool{1, {8, 8}};
    web::ElectionCache elections{std::chrono::seconds{0}};
    web::Router router{one_page(settings)};
    web::Opening opening{settings, clock, pool, elections, router};
    db::Connection connection{settings.database};

    web::RawResponse ask(const std::string& method = "GET") {
        web::RawRequest raw;
        raw.method = method;
        raw.uri = "/essai";
        raw.client_ip = "192.0.2.7";
        raw.request_id = "0123456789abcdef";
        const auto site = opening.site(connection);
        return web::dispatch(raw, site->shared, connection);
    }
    static std::string header(const web::RawResponse& response, std::string_view name) {
        for (const auto& [key, value] : response.headers)
            if (key == name) return value;
        return "";
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(opening_tests, Fixture)

BOOST_AUTO_TEST_CASE(without_an_election_the_portal_says_that_it_is_not_open) {
    database.reset();
    const auto page = ask();
    BOOST_TEST(page.status == 503);
    BOOST_TEST(header(page, "Retry-After") == "300");
    BOOST_TEST(header(page, "Cache-Control") == "no-store");
    BOOST_TEST(page.body.find("<h1>Ce portail n’est pas encore ouvert</h1>") != std::string::npos);
    BOOST_TEST(page.body.find("<html lang=\"fr\">") != std::string::npos);
    BOOST_TEST(ask("HEAD").body.empty());
}

BOOST_AUTO_TEST_CASE(an_import_opens_it_with_the_wording_of_its_edition) {
    auto& db = database.admin();
    db.run("SET foreign_key_checks = 0");
    db.run("CREATE TEMPORARY TABLE kept AS SELECT * FROM election");
    db.run("DELETE FROM election");
    BOOST_TEST(ask().status == 503);
    db.run("INSERT INTO election SELECT * FROM kept");
    const auto page = ask();
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.body == "{\"edition\":\"2026\"}");
    db.run("UPDATE election SET edition = '2018'");
    BOOST_TEST(ask().body == "{\"edition\":\"2018\"}");
}

BOOST_AUTO_TEST_CASE(another_edition_than_the_one_loaded_is_never_served_by_its_rules) {
    const auto site = opening.site(connection);  // 2026
    database.admin().run("UPDATE election SET edition = '2018'");
    web::RawRequest raw;
    raw.method = "GET";
    raw.uri = "/essai";
    BOOST_TEST(web::dispatch(raw, site->shared, connection).status == 503);
}

BOOST_AUTO_TEST_CASE(an_edition_without_templates_is_refused_with_its_name) {
    database.admin().run("UPDATE election SET edition = '2031'");
    BOOST_CHECK_EXCEPTION(opening.site(connection), std::runtime_error,
                          [](const std::exception& error) { return std::string(error.what()).find("2031") != std::string::npos; });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace opening_tests
