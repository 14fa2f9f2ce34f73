// SPDX-License-Identifier: AGPL-3.0-or-later
// The daily mail of participation: to who asks and sits at a bureau, once a day, with nothing that the desk would fold.
#include <boost/test/unit_test.hpp>

#include <thread>

#include "scrutinctl/election_fixture.hpp"

namespace turnout_mail_tests {

namespace {

struct TurnoutMails : test::ElectionFixture {
    TurnoutMails() {
        seal("60");
        must("open");
        bureau = text("SELECT bureau FROM scrutin WHERE code = 'ctm'");
        for (unsigned voter = 1; voter <= 6; ++voter) {
            const std::string role = voter == 5 ? "gestionnaire" : voter == 2 ? "expert" : "president";
            database.admin().execute(
                "INSERT INTO desk_member (email, role, place, added_at) SELECT email, ?, ?, "
                "UTC_TIMESTAMP() FROM voter WHERE id = ?",
                {role, bureau, voter});
            // 3 does not ask.
            database.admin().execute(
                "INSERT INTO desk_factor (email, sealed, enrolled_at, daily_mail) SELECT email, 'x', "
                "UTC_TIMESTAMP(), ? FROM voter WHERE id = ?",
                {voter != 3, voter});
        }
        database.admin().run("UPDATE voter SET struck_off_at = UTC_TIMESTAMP() WHERE id = 4");
        database.admin().run("DELETE FROM outbox");
        database.admin().execute("UPDATE desk_member SET removed_at = UTC_TIMESTAMP() WHERE email = ?", {address(6)});
    }
    std::string text(const std::string& sql) { return database.admin().select_one(sql)->text(0); }
    std::string address(unsigned voter) { return text("SELECT email FROM voter WHERE id = " + std::to_string(voter)); }
    std::int64_t mails() { return count("SELECT COUNT(*) FROM outbox WHERE subject LIKE '%participation%'"); }
    std::int64_t mails_to(unsigned voter) {
        return database.admin()
            .select_one("SELECT COUNT(*) FROM outbox WHERE subject LIKE '%participation%' AND recipient = ?", {address(voter)})
            ->number(0);
    }
    void next_day() { folder.write("clock", std::to_string(86'400 * ++days)); }

    std::string bureau;
    int days = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(turnout_mail, TurnoutMails)

BOOST_AUTO_TEST_CASE(who_asks_and_sits_at_a_bureau_gets_one_a_day) {
    vote("30");
    const std::int64_t voted =
        count("SELECT COUNT(*) FROM emargement e JOIN scrutin s ON s.id = e.scrutin_id WHERE s.code = 'ctm'");
    must("turnout mail");
    BOOST_TEST(mails() == 2);
    BOOST_TEST(mails_to(1) == 1);
    BOOST_TEST(mails_to(2) == 1);
    must("turnout mail");
    BOOST_TEST(mails() == 2);
    next_day();
    must("turnout mail");
    BOOST_TEST(mails_to(1) == 2);
    BOOST_TEST(mails() == 4);
    // Everything of his bureau, and nothing of another's; small scrutins without a number.
    const std::string body = text("SELECT body FROM outbox WHERE subject LIKE '%participation%' LIMIT 1");
    // 60 electors, one of them struck off.
    BOOST_TEST(body.find(std::to_string(voted) + " votants sur 59 inscrits") != std::string::npos, body);
    BOOST_TEST(body.find("décochez « M’écrire chaque jour »") != std::string::npos);
    for (
        const auto& row : database.admin().select(
            "SELECT s.title, s.bureau, COUNT(v.id) FROM scrutin s LEFT JOIN voter_scrutin r ON r.scrutin_id = s.id LEFT JOIN voter v ON "
            "v.id = r.voter_id AND v.struck_off_at IS NULL GROUP BY s.id")) {
        BOOST_TEST((body.find("- " + row.text(0) + " :") != std::string::npos) == (row.text(1) == bureau), row.text(0));
        if (row.text(1) == bureau)
            BOOST_TEST((body.find("- " + row.text(0) + " : moins de 50 inscrits") != std::string::npos) == (row.number(2) < 50),
                       row.text(0));
    }
}

BOOST_AUTO_TEST_CASE(whoever_is_removed_gets_none_and_has_to_ask_again) {
    must("turnout mail");
    BOOST_TEST(mails_to(1) == 1);
    must("members remove", {address(1)});
    next_day();
    must("turnout mail");
    BOOST_TEST(mails_to(1) == 1);
    folder.write("membres.csv", "courriel;bureau;academie;role\n" + address(1) + ";" + bureau + ";;Président\n");
    must("members import", {path("membres.csv")});
    next_day();
    must("turnout mail");
    BOOST_TEST(mails_to(1) == 1);
    BOOST_TEST(mails_to(2) == 3);
}

BOOST_AUTO_TEST_CASE(two_at_once_write_each_mail_once) {
    std::vector<std::thread> all;
    for (int i = 0; i < 3; ++i)
        all.emplace_back([&] {
            scrutinctl::Office his(path("portail.toml"),
                                   (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
            for (const cli::Command& command : scrutinctl::commands(his))
                if (command.name == "turnout mail") BOOST_TEST(command.run({}).has_value());
        });
    for (auto& one : all) one.join();
    BOOST_TEST(mails() == 2);
}

BOOST_AUTO_TEST_CASE(outside_of_the_vote_nothing_is_written) {
    database.admin().run("UPDATE scrutin SET annulled_at = UTC_TIMESTAMP()");
    test::Said said;
    must("turnout mail");
    BOOST_TEST(said.text().find("Aucun vote n’est ouvert") != std::string::npos);
    BOOST_TEST(mails() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace turnout_mail_tests
