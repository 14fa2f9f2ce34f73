// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/router.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

namespace router_tests {

namespace {

web::Route route(web::Method method, std::string path) { return {method, std::move(path), web::Guard::anyone, {}, nullptr}; }

const web::Router k_router({route(web::Method::get, "/scrutins/{code}"), route(web::Method::get, "/scrutins/aide"),
                            route(web::Method::post, "/scrutins/{code}"), route(web::Method::get, "/")});

}  // namespace

BOOST_AUTO_TEST_SUITE(router_tests)

BOOST_AUTO_TEST_CASE(a_literal_row_goes_before_a_capture) {
    BOOST_TEST(k_router.find(web::Method::get, "/scrutins/aide").route->path == "/scrutins/aide");
    const auto match = k_router.find(web::Method::get, "/scrutins/capd-079");
    BOOST_TEST(match.route->path == "/scrutins/{code}");
    BOOST_TEST(match.params.at("code") == "capd-079");
}

BOOST_AUTO_TEST_CASE(an_unknown_path_and_an_unknown_method_are_told_apart) {
    BOOST_TEST(k_router.find(web::Method::get, "/nowhere").allowed.empty());
    const auto wrong = k_router.find(web::Method::post, "/");
    BOOST_TEST(!wrong.route);
    BOOST_TEST(wrong.allowed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_capture_takes_one_plain_segment) {
    for (const char* path : {"/scrutins/", "/scrutins/a/b", "/scrutins/a b", "/scrutins/é", "/scrutins"})
        BOOST_TEST(k_router.find(web::Method::get, path).allowed.empty(), path);
    BOOST_TEST(k_router.find(web::Method::get, "/scrutins/" + std::string(65, 'a')).allowed.empty());
}

BOOST_AUTO_TEST_CASE(two_rows_for_one_request_are_a_mistake_at_start) {
    BOOST_CHECK_THROW(web::Router({route(web::Method::get, "/a"), route(web::Method::get, "/a")}), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace router_tests
