// SPDX-License-Identifier: AGPL-3.0-or-later
// Every seat at every address of the desk, its own and another's: what is not for it answers as what does not exist.
#include "bureau_fixture.hpp"

#include <set>

namespace roles_tests {

namespace {

// Whom each page lets in, for what is his and for what is not.
struct Row {
    const char* path;  // {scrutin}: one of the bureau of most seats
    std::set<unsigned> seats;
};

struct SeatsFixture : test::BureauFixture {
    const std::set<unsigned> bureau{k_president, k_secretaire, k_delegue, k_suppleant, k_expert};
    const std::set<unsigned> members{k_president, k_secretaire, k_delegue, k_suppleant};
    std::vector<Row> gets() const {
        return {{"/bureau/scrutins/{scrutin}", bureau},
                {"/bureau/scrutins/{scrutin}/participation.csv", bureau},
                {"/bureau/scrutins/{scrutin}/emargements", members}};
    }
    std::vector<Row> posts() const { return {{"/bureau/scrutins/{scrutin}/emargements", members}}; }
    static std::string at(const char* path, const std::string& scrutin) {
        std::string filled = path;
        if (const auto place = filled.find("{scrutin}"); place != std::string::npos) filled.replace(place, 9, scrutin);
        return filled;
    }
    // A page without what is new on each.
    static std::string plain(const test::Page& page) {
        std::string body = page.body;
        for (const char* name : {"name=\"form_key\" value=\"", "name=\"csrf\" value=\""})
            for (auto from = body.find(name); from != std::string::npos; from = body.find(name, from + 1)) {
                const auto value = from + std::string_view(name).size();
                body.erase(value, body.find('"', value) - value);
            }
        return body;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(roles_tests, SeatsFixture)

BOOST_AUTO_TEST_CASE(each_seat_sees_what_its_role_and_bureau_give_it) {
    for (const auto& seat : seats()) {
        enter(seat.voter);
        const bool is_other = seat.voter == k_other;
        for (const Row& row : gets()) {
            const bool central = row.seats.contains(seat.voter);
            BOOST_TEST((portal.get(at(row.path, "ctm")).status == 200) == central, seat.role << " " << row.path);
            // The other bureau's scrutin is for its own president alone, and the other way round.
            BOOST_TEST((portal.get(at(row.path, "capd-076")).status == 200) == is_other, seat.role << " " << row.path);
            if (!central) BOOST_TEST(portal.get(at(row.path, "ctm")).status == 404);
            if (!is_other) BOOST_TEST(portal.get(at(row.path, "capd-076")).status == 404);
            BOOST_TEST(portal.get(at(row.path, "il-n-y-en-a-pas")).status == 404);
        }
        for (const Row& row : posts()) {
            BOOST_TEST((portal.post(at(row.path, "ctm"), {{"nom", "electrice"}}).status == 200) == row.seats.contains(seat.voter));
            BOOST_TEST((portal.post(at(row.path, "capd-076"), {{"nom", "electrice"}}).status == 200) == is_other);
        }
        BOOST_TEST(portal.get("/bureau").status == 200);
        BOOST_TEST(portal.get("/bureau").has("Comité ministériel") == bureau.contains(seat.voter));
        BOOST_TEST((portal.get("/bureau/journal").status == 200) == (bureau.contains(seat.voter) || is_other));
    }
}

BOOST_AUTO_TEST_CASE(anothers_scrutin_answers_letter_by_letter_as_none) {
    enter(k_president);
    for (const Row& row : gets())
        BOOST_TEST(plain(portal.get(at(row.path, "capd-076"))) == plain(portal.get(at(row.path, "capd-077"))));
    for (const Row& row : posts())
        BOOST_TEST(plain(portal.post(at(row.path, "capd-076"), {{"nom", "electrice"}})) ==
                   plain(portal.post(at(row.path, "capd-077"), {{"nom", "electrice"}})));
}

BOOST_AUTO_TEST_CASE(without_the_second_factor_no_address_gives_anything) {
    for (const auto& seat : seats()) {
        enrol(seat.voter);
        portal.sign_in(seat.voter);
        for (const Row& row : gets())
            for (const char* code : {"ctm", "capd-076", "rien"})
                BOOST_TEST(portal.get(at(row.path, code)).header("Location") == "/bureau/code");
        for (const Row& row : posts())
            BOOST_TEST(portal.post(at(row.path, "ctm"), {{"nom", "electrice"}}).header("Location") == "/bureau/code");
    }
    BOOST_TEST(count("SELECT COUNT(*) FROM audit") == 0);
}

BOOST_AUTO_TEST_CASE(who_sits_twice_has_both_and_not_more) {
    add_member_as(20, k_gestionnaire, "delegue", "Bureau de Rouen");
    enter(k_gestionnaire);
    BOOST_TEST(portal.get("/bureau").has("gestionnaire, Poitiers"));
    BOOST_TEST(portal.get("/bureau/scrutins/capd-076").status == 200);
    BOOST_TEST(portal.get("/bureau/scrutins/ctm").status == 404);
}

BOOST_AUTO_TEST_CASE(every_role_has_some_right_and_none_has_all) {
    using domain::DeskRight;
    for (const auto& seat : seats()) {
        const auto role = domain::desk_role_of(seat.role).value();
        int rights = 0;
        for (const auto right : {DeskRight::counters, DeskRight::attendance, DeskRight::integrity, DeskRight::journal,
                                 DeskRight::claims, DeskRight::assistance})
            rights += domain::may(role, right) ? 1 : 0;
        BOOST_TEST(rights >= 1);
        BOOST_TEST(rights <= 4);
        // Who counts a vote answers nobody's requests, and the other way round.
        BOOST_TEST(!(domain::may(role, DeskRight::counters) && domain::may(role, DeskRight::assistance)));
    }
    for (const char* word : {"", "roi", "President", "président"}) BOOST_TEST(!domain::desk_role_of(word));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace roles_tests
