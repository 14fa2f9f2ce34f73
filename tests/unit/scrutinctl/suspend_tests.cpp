// SPDX-License-Identifier: AGPL-3.0-or-later
// suspend, resume, annul: two officers, the authority named, words for the minutes; closing, counting and proclaiming around them.
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include "scrutinctl/election_fixture.hpp"

namespace suspend_tests {

namespace {

boost::test_tools::assertion_result knows_two_officers(boost::unit_test::test_unit_id) { return getuid() == 0; }

struct Suspension : test::ElectionFixture {
    Suspension() { seal("20"); }
    Words order(const std::string& code) const { return {"--scrutin", code, "--authority", "La rectrice, par courriel"}; }
    // The other officer's command.
    util::Status other(std::string_view name, const Words& words) {
        scrutinctl::Office his(path("portail.toml"), (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
        his.set_actor("un autre");
        his.set_workers_memory({});
        for (const cli::Command& command : scrutinctl::commands(his)) {
            if (command.name != name) continue;
            const auto arguments = cli::read_arguments(command, words);
            BOOST_REQUIRE(arguments.has_value());
            return command.run(*arguments);
        }
        return util::Done{};
    }
    void decided(const std::string& number) {
        const auto done = other("suspensions approve", {number});
        BOOST_REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().detail));
    }
    bool is_suspended(const std::string& code) {
        return count("SELECT suspended_at IS NOT NULL FROM scrutin WHERE code = '" + code + "'") == 1;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(suspend, Suspension, *boost::unit_test::precondition(knows_two_officers))

BOOST_AUTO_TEST_CASE(one_officer_alone_suspends_nothing_and_must_name_reason_and_authority) {
    must_not("suspend", order("ctm"), "seul un vote ouvert");
    must("open");
    must_not("suspend", {"--scrutin", "ctm"}, "--authority TEXTE est attendu");
    must_not("suspend", {"--scrutin", "ctm", "--authority", "A", "--motif", " "}, "les électeurs le lisent");
    must_not("resume", order("ctm"), "il n’est pas suspendu");
    must("suspend", order("ctm"));
    BOOST_TEST(!is_suspended("ctm"));
    must_not("suspensions approve", {"1"}, "un autre l’approuve");
    must_not("suspensions approve", {"7"}, "aucune proposition n’a ce numéro");
    must_not("suspensions approve", {"un"}, "le numéro d’une proposition");
    BOOST_TEST(!is_suspended("ctm"));
    must("suspensions refuse", {"1"});  // taken back
    BOOST_TEST(!other("suspensions approve", {"1"}).has_value());
    BOOST_TEST(!is_suspended("ctm"));
}

BOOST_AUTO_TEST_CASE(two_officers_suspend_and_resume_and_the_journal_has_who_why_and_by_whose_leave) {
    must("open");
    const auto version = count("SELECT data_version FROM election");
    must("suspend", order("ctm"));
    decided("1");
    BOOST_TEST(is_suspended("ctm"));
    BOOST_TEST(!is_suspended("cta-poitiers"));
    BOOST_TEST(count("SELECT data_version FROM election") > version);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'suspend' AND actor = 'un autre' AND detail LIKE "
                     "'ctm suspendu, n° 1, proposée par une officière, autorisée par La rectrice, par courriel : essai%'") == 1);
    {
        test::Said said;
        must("status");
        must("suspensions");
        BOOST_TEST(said.text().find("open (suspendu)") != std::string::npos);
        BOOST_TEST(said.text().find("suspension  depuis le") != std::string::npos);
    }
    must_not("suspend", order("ctm"), "il est déjà suspendu");
    must("resume", order("ctm"));
    BOOST_TEST(is_suspended("ctm"));
    decided("2");
    BOOST_TEST(!is_suspended("ctm"));
    BOOST_TEST(count("SELECT COUNT(*) FROM suspension WHERE state = 'done' AND decided_at IS NOT NULL") == 2);
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(all_scrutins_of_a_proposal_or_none) {
    must("open");
    must("suspend", {"--authority", "La rectrice"});
    database.admin().run("UPDATE scrutin SET state = 'closed' WHERE code = 'ctm'");
    const auto done = other("suspensions approve", {"1"});
    BOOST_REQUIRE(!done.has_value());
    BOOST_TEST(done.error().detail.find("scrutin ctm : son état a changé") != std::string::npos);
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE suspended_at IS NOT NULL") == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM suspension WHERE state = 'done'") == 0);
}

BOOST_AUTO_TEST_CASE(a_suspended_scrutin_closes_at_its_hour_is_counted_and_its_seal_holds) {
    must("open");
    vote("20");
    must("suspend", {"--authority", "La rectrice"});
    decided("1");
    must_not("rehearse", {"--ballots", "1", "--notices", path("notices/notices.csv"), "--vote-secrets", vote_secrets},
             "aucun des scrutins choisis n’est ouvert");  // invented electors wait as real ones do
    must("integrity");
    {
        test::Said said;
        must("close");
        BOOST_TEST(said.text().find("se clôt sans avoir repris") != std::string::npos);
    }
    fill_urne();
    must_not("resume", order("ctm"), "seul un vote ouvert");
    decrypt_all();
    must("tally");
    BOOST_TEST(state_of("ctm") == "tallied");
}

BOOST_AUTO_TEST_CASE(an_annulled_scrutin_is_closed_never_counted_and_stops_nobody_else) {
    must("open");
    vote("20");
    must("annul", order("ctm"));
    decided("1");
    BOOST_TEST(state_of("ctm") == "closed");
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.closing") == 1);
    must("close");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'frozen' AND detail LIKE 'ctm %'") == 1);
    fill_urne();
    decrypt_all();
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.tally t JOIN scrutin s ON s.id = t.scrutin_id WHERE s.code = 'ctm'") == 0);
    must("tally");
    const auto done = run("proclaim");  // of so few votes some draw may be asked
    if (!done) BOOST_TEST(done.error().detail.find("encore être proclamé") != std::string::npos, done.error().detail);
    BOOST_TEST(state_of("ctm") == "closed");
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE state = 'proclaimed'") > 10);
    BOOST_TEST(state_of("cta-poitiers") != "closed");
    must_not("tally", {"--scrutin", "ctm"}, "il n’est jamais dépouillé");
    must_not("proclaim", {"--scrutin", "ctm"}, "il n’est jamais dépouillé");
    must_not("annul", order("ctm"), "il est annulé");
    must_not("annul", order("cta-poitiers"), "seul un vote ouvert, ou clos et pas encore dépouillé");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace suspend_tests
