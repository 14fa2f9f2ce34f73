// SPDX-License-Identifier: AGPL-3.0-or-later
// What the calendar forbids: opening early, closing before the grace has ended, moving dates that are sealed or past.
#include <boost/test/unit_test.hpp>

#include "scrutinctl/election_fixture.hpp"

namespace calendar_tests {

using namespace scrutinctl;

namespace {

struct RealElection : test::ElectionFixture {
    RealElection() {
        import_demo("10");
        must("trustee demo-ceremony", {path("trustees")});
        database.admin().run("UPDATE election SET demonstration = 0");
        must("seal", real_seal_words());
        closes = store::read_calendar(office->db()).at(domain::CalendarEvent::vote_closes);
    }
    // Moves the clock so that it is `at` now (and the next second or two).
    void set_clock(util::Instant at) {
        const auto real = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        folder.write("clock", std::to_string((at - real).count()));
    }
    util::Instant closes;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(calendar, RealElection)

BOOST_AUTO_TEST_CASE(the_vote_opens_at_its_hour) {
    const util::Instant opens = store::read_calendar(office->db()).at(domain::CalendarEvent::vote_opens);
    set_clock(opens - std::chrono::seconds(30));
    must_not("open", {}, "le vote ouvre");
    BOOST_TEST(state_of("ctm") == "sealed");
    set_clock(opens);
    must("open");
    BOOST_TEST(state_of("ctm") == "open");
    must("open");  // again: nothing
}

BOOST_AUTO_TEST_CASE(the_close_waits_for_the_end_of_the_grace) {
    must("open");
    set_clock(closes - std::chrono::seconds(30));
    must_not("close", {}, "30 minutes de plus");
    set_clock(closes + std::chrono::minutes(29));
    must_not("close", {}, "30 minutes de plus");
    BOOST_TEST(state_of("ctm") == "open");
    set_clock(closes + std::chrono::minutes(30));
    must("close");
    BOOST_TEST(state_of("ctm") == "closed");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'close'") == 19);
    must("close");  // again: nothing
    // What is over is not told to be as it was.
    must_not("open", {}, "est déjà « closed » : il ne revient pas à « open »");
    must_not("publish", {}, "est déjà « closed » : il ne revient pas à « published »");
}

BOOST_AUTO_TEST_CASE(nothing_opens_once_the_hour_of_the_close_has_come) {
    set_clock(closes);
    must_not("open", {}, "plus aucun scrutin ne s’ouvre");
    set_clock(closes + std::chrono::hours(10 * 24));
    must_not("open", {}, "plus aucun scrutin ne s’ouvre");
    BOOST_TEST(state_of("ctm") == "sealed");
}

BOOST_AUTO_TEST_CASE(a_close_is_committed_and_then_counted_and_finished_by_the_next_run) {
    must("open");
    const auto voters = database.admin().select(
        "SELECT r.voter_id FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id WHERE s.code = 'ctm' LIMIT 2");
    for (const auto& voter : voters) cast(static_cast<unsigned>(voter.number(0)), "ctm", 1);
    fill_urne();
    set_clock(closes + std::chrono::minutes(30));
    must("close", {"--scrutin", "ctm"});
    // Stopped between the two: the state stands, its counts do not.
    database.admin().run("DELETE FROM audit WHERE action = 'frozen'");
    must("close");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'close'") == 19);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'frozen'") == 19);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit f JOIN audit c ON c.action = 'close' AND c.id > f.id WHERE f.action = 'frozen' "
                     "AND SUBSTRING_INDEX(f.detail, ' ', 1) = SUBSTRING_INDEX(c.detail, ' ', 1)") == 0);
    BOOST_TEST(
        count("SELECT SUM(CAST(SUBSTRING_INDEX(detail, 'bulletins=', -1) AS UNSIGNED)) FROM audit WHERE action = 'frozen'") == 2);
    must("close");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'frozen'") == 19);
}

BOOST_AUTO_TEST_CASE(sealed_or_past_dates_do_not_move) {
    must_not("calendar set", {"vote_closes", "2099-12-10 17:00"}, "le scellement a fixé les dates du vote");
    must_not("calendar set", {"portal_opens", "2099-12-10 17:00"}, "cette date est passée");
    must_not("calendar set", {"results_shown", "2001-01-01 10:00"}, "pas de résultats avant la clôture");
    must_not("calendar set", {"results_shown", "demain"}, "date attendue");
    must_not("calendar set", {"fête", "2099-12-10 17:00"}, "événement inconnu");
    must("calendar set", {"results_shown", "2099-12-10 17:00"});
    BOOST_TEST(count("SELECT COUNT(*) FROM calendar WHERE event = 'results_shown' AND at = '2099-12-10 16:00:00'") == 1);
    must("calendar show");
}

BOOST_AUTO_TEST_CASE(an_act_says_who_and_why) {
    must_not("open", {"--motif", "  "}, "--motif TEXTE est attendu");
    must_not("open", {"--motif", "un\ndeux"}, "une ligne de 300 caractères");
    must("open", {"--motif", "ouverture à l’heure du calendrier", "--scrutin", "ctm"});
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'open' AND actor = 'une officière' AND "
                     "detail LIKE '%; motif : ouverture à l’heure du calendrier'") == 1);
    office.emplace(path("portail.toml"), (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
    if (office->actor() == "root") must_not("open", {}, "qui agit ?");
}

BOOST_AUTO_TEST_CASE(rehearsals_and_central_keys_are_for_demonstrations) {
    must("open");
    must_not("rehearse", {"--vote-secrets", vote_secrets}, "seule une élection de démonstration");
    must_not("trustee demo-ceremony", {path("more")}, "n’est permise que pour une démonstration");
}

BOOST_AUTO_TEST_CASE(nothing_is_sealed_after_the_close_and_a_late_sealing_is_told) {
    // The fixture's own sealing came after the demonstration's hour of opening.
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'late-seal'") == 1);
    database.admin().run("UPDATE scrutin SET state = 'published' WHERE code = 'ctm'");
    set_clock(closes);
    must_not("seal", seal_words(), "rien ne se scelle plus");
    BOOST_TEST(state_of("ctm") == "published");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_CASE(a_demonstration_may_come_early, test::ElectionFixture) {
    seal("10");
    must("open");
    must("close");
    BOOST_TEST(state_of("ctm") == "closed");
    BOOST_TEST((store::read_calendar(office->db()).at(domain::CalendarEvent::vote_closes) <= office->clock().now()));
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'calendar'") == 1);
}

}  // namespace calendar_tests
