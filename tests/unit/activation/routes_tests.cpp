// SPDX-License-Identifier: AGPL-3.0-or-later
#include "activation/routes.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "web/router.hpp"

namespace routes_tests {

namespace {
const auto k_table = activation::route_table(std::make_shared<const activation::Keys>());
}

BOOST_AUTO_TEST_SUITE(activation_routes_tests)

BOOST_AUTO_TEST_CASE(each_path_is_below_the_folder_that_nginx_sends_here) {
    for (const auto& route : k_table) BOOST_TEST(route.path.starts_with("/portail/"), route.path);
    BOOST_CHECK_NO_THROW(web::Router{k_table});
}

BOOST_AUTO_TEST_CASE(both_shapes_of_link_of_past_editions_open) {
    const web::Router router(k_table);
    BOOST_TEST(router.find(web::Method::get, "/portail/creation-compte-etape2.htm").route != nullptr);
    BOOST_TEST(router.find(web::Method::get, "/portail/activationportail.htm").route != nullptr);
    BOOST_TEST(router.find(web::Method::post, "/portail/activationportail.htm").route == nullptr);
}

BOOST_AUTO_TEST_CASE(no_post_takes_a_token_and_no_get_takes_a_password) {
    for (const auto& route : k_table)
        for (const auto& field : route.fields) {
            if (route.method == web::Method::post) BOOST_TEST(field.name != "token", route.path);
            if (route.method == web::Method::get) BOOST_TEST(field.name != "mot_de_passe", route.path);
        }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace routes_tests
