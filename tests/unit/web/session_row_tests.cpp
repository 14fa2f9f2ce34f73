// SPDX-License-Identifier: AGPL-3.0-or-later
// A session comes as one text, its columns one below the other. No import writes a line end into a name, who has the database may: that row is refused
// whole, and no column is taken for another, the one above all that says who is struck off.
#include <boost/test/unit_test.hpp>

#include "support/portal.hpp"
#include "web/store.hpp"

namespace session_row_tests {

namespace {

struct Fixture {
    test::Portal portal{"account", [](const web::Settings&) {
                            const auto who = [](const web::Request&, web::Env& env) -> util::Result<web::Response> {
                                return web::Response::json({{"voter", env.session.voter->value}});
                            };
                            return std::vector<web::Route>{{web::Method::get, "/mine", web::Guard::elector, {}, who}};
                        }};
    db::Connection& db = portal.database.admin();
    std::string id_hash;

    Fixture() {
        portal.add_voter(7, "zoe@ac-poitiers.example");
        portal.sign_in(7);
        id_hash = db.select_one("SELECT id_hash FROM session WHERE voter_id = 7")->text(0);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(session_row_tests, Fixture)

BOOST_AUTO_TEST_CASE(a_line_end_in_a_name_moves_no_column_into_anothers_place) {
    BOOST_TEST(portal.get("/mine").status == 200);
    db.run("UPDATE voter SET struck_off_at = UTC_TIMESTAMP(), struck_off_reason = 'Mutation' WHERE id = 7");
    BOOST_TEST(web::store::find_session(db, id_hash)->struck_off);
    for (const std::string column : {"email", "civility", "first_name", "last_name"}) {
        const std::string before = db.select_one("SELECT " + column + " FROM voter WHERE id = 7")->text(0);
        for (const std::string text : {"\n", "a\nb", "\n\n", "a\n\n\nb"}) {
            db.execute("UPDATE voter SET " + column + " = ? WHERE id = 7", {text});
            BOOST_CHECK_THROW(web::store::find_session(db, id_hash), std::exception);
            BOOST_CHECK_THROW(web::store::find_session_with_rolls(db, id_hash), std::exception);
            BOOST_CHECK_THROW(web::store::find_session_with_roll(db, id_hash, domain::ScrutinId{1}), std::exception);
            BOOST_TEST(portal.get("/mine").status == 500, column);
        }
        db.execute("UPDATE voter SET " + column + " = ? WHERE id = 7", {before});
    }
    BOOST_TEST(web::store::find_session(db, id_hash)->struck_off);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace session_row_tests
