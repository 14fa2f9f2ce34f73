// SPDX-License-Identifier: AGPL-3.0-or-later
// A page that is kept for all and sent in pieces, with each person's own name and tokens between them.
#include <boost/test/unit_test.hpp>
#include <set>

#include "support/portal.hpp"
#include "web/site_view.hpp"

namespace shared_page_tests {

namespace {

std::vector<web::Route> table(const web::Settings&) {
    const auto shared = [](const web::Request&, web::Env&) -> web::Answer {
        return web::Response::shared_page("errors/404", {{"title", "Essai"}});
    };
    return {{web::Method::get, "/shared", web::Guard::anyone, {}, shared}};
}

struct Fixture {
    test::Portal portal{"account", table};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(shared_page_tests, Fixture)

BOOST_AUTO_TEST_CASE(each_one_has_his_name_and_tokens_in_it) {
    portal.add_voter(7, "zoe@ac-poitiers.example");
    portal.add_voter(8, "yan@ac-poitiers.example");
    std::set<std::string> keys;
    for (const unsigned voter : {7U, 8U, 7U, 8U}) {  // before and after it is kept
        portal.sign_in(voter);
        const auto page = portal.get("/shared");
        BOOST_TEST(page.has("<h1>Cette page n’existe pas</h1>"));
        BOOST_TEST(page.has("<strong>Zoé Électrice" + std::to_string(voter) + "</strong>"));
        BOOST_TEST(!page.has("Électrice" + std::to_string(15 - voter)));
        BOOST_TEST(page.has("name=\"csrf\" value=\"" + portal.csrf() + "\""));
        BOOST_TEST(page.has("</html>"));
        const std::string before = "name=\"form_key\" value=\"";
        keys.insert(page.body.substr(page.body.find(before) + before.size(), 32));
    }
    BOOST_TEST(keys.size() == 4u);
}

BOOST_AUTO_TEST_CASE(asked_by_head_it_has_no_body) {
    BOOST_TEST(portal.get("/shared").has("</html>"));
    const auto head = portal.head("/shared");
    BOOST_TEST(head.status == 200);
    BOOST_TEST(head.body.empty());
}

BOOST_AUTO_TEST_CASE(form_keys_never_come_twice) {
    std::set<std::string> keys;
    for (int i = 0; i < 1000; ++i) keys.insert(web::fresh_form_key());
    BOOST_TEST(keys.size() == 1000u);
    for (const std::string& key : keys)
        BOOST_TEST((key.size() == 32 && key.find_first_not_of("0123456789abcdef") == std::string::npos), key);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace shared_page_tests
