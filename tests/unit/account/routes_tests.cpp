// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/routes.hpp"

#include <boost/test/unit_test.hpp>

#include "web/router.hpp"

namespace routes_tests {

namespace {
const auto k_table = account::route_table(std::make_shared<const account::Keys>(), std::make_shared<const account::Texts>());
}

BOOST_AUTO_TEST_SUITE(account_routes_tests)

BOOST_AUTO_TEST_CASE(no_row_comes_twice) { BOOST_CHECK_NO_THROW(web::Router{k_table}); }

BOOST_AUTO_TEST_CASE(what_is_private_is_guarded) {
    for (const auto& route : k_table) {
        const bool is_private = route.path.starts_with("/espace") || route.path.starts_with("/profil") ||
                                route.path.starts_with("/mes-connexions") || route.path.starts_with("/connexion/prolonger");
        BOOST_TEST((route.guard == web::Guard::elector) == is_private, route.path);
    }
}

BOOST_AUTO_TEST_CASE(a_password_is_only_ever_posted) {
    for (const auto& route : k_table)
        for (const auto& field : route.fields)
            if (field.name == "mot_de_passe" || field.name == "actuel") BOOST_TEST((route.method == web::Method::post), route.path);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace routes_tests
