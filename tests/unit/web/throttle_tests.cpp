// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/throttle.hpp"

#include <boost/test/unit_test.hpp>

#include "support/portal.hpp"

namespace throttle_tests {

BOOST_AUTO_TEST_SUITE(throttle_tests)

BOOST_AUTO_TEST_CASE(networks_are_cut_at_24_and_64_bits) {
    BOOST_TEST(web::network_of("192.0.2.77") == "192.0.2.0/24");
    BOOST_TEST(web::network_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
    BOOST_TEST(web::network_of("unix:") == "unix:");
}

BOOST_AUTO_TEST_CASE(the_count_starts_again_with_each_window_and_each_subject) {
    const auto routes = [](const web::Settings&) {
        return std::vector<web::Route>{{web::Method::get,
                                        "/try/{who}",
                                        web::Guard::anyone,
                                        {},
                                        [](const web::Request& request, web::Env& env) -> util::Result<web::Response> {
                                            if (!web::throttle_allows(env, "test", request.param("who"), 2, 600))
                                                return util::failure(util::Fault::throttled, "limit");
                                            return web::Response::json("ok");
                                        }}};
    };
    test::Portal portal("account", routes);
    BOOST_TEST(portal.get("/try/a").status == 200);
    BOOST_TEST(portal.get("/try/a").status == 200);
    BOOST_TEST(portal.get("/try/a").status == 429);
    BOOST_TEST(portal.get("/try/b").status == 200);
    portal.clock.set(portal.clock.now() + std::chrono::minutes{10});
    BOOST_TEST(portal.get("/try/a").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace throttle_tests
