// SPDX-License-Identifier: AGPL-3.0-or-later
// `scrutinctl seats` as who calls it sees it: JSON in, JSON out, and what it refuses. It needs no database.
#include <boost/test/unit_test.hpp>

#include "scrutinctl/election_fixture.hpp"
#include "util/json.hpp"

namespace seats_command_tests {

namespace {

// What a command reads on standard input.
class Typed {
public:
    explicit Typed(const std::string& text) : text_(text), before_(std::cin.rdbuf(text_.rdbuf())) {}
    ~Typed() {
        std::cin.rdbuf(before_);
        std::cin.clear();
    }

private:
    std::istringstream text_;
    std::streambuf* before_;
};

struct Answered {
    int status = 0;
    std::string sentence;
    util::Json json = util::Json::object();
};

Answered ask(const std::string& question) {
    const cli::Command command = scrutinctl::seats_command();
    const Typed typed(question);
    const test::Said said;
    const util::Status done = command.run({});
    Answered answered{done ? 0 : command.exit_status(done.error().fault), done ? "" : done.error().detail};
    if (const auto json = util::parse_json(util::trim(said.text()))) answered.json = *json;
    return answered;
}

std::string seats_of(const std::string& question) { return ask(question).json.value("seats", util::Json::object()).dump(); }

}  // namespace

BOOST_AUTO_TEST_CASE(published_allocations_come_out) {
    const auto vectors = util::parse_json(util::read_file(test::source_dir() + "/tests/vectors/data/seats.json").value()).value();
    BOOST_REQUIRE(vectors.size() == 4U);
    for (const auto& vector : vectors) {
        const auto answer = ask(util::Json{{"seats", vector["seats"]}, {"votes", vector["votes"]}}.dump());
        BOOST_TEST(answer.status == 0);
        const auto& expected = vector.contains("expected") ? vector["expected"] : vector["expected_computed"];
        for (const auto& [name, votes] : vector["votes"].items())
            BOOST_TEST(answer.json["seats"][name].get<unsigned>() == expected.value(name, 0U), name);
    }
}

BOOST_AUTO_TEST_CASE(each_step_is_shown_in_exact_numbers) {
    const auto answer = ask(R"({"seats":10,"votes":{"CGT":109,"UNSA":201,"SNALC":905,"FO":134,"SGEN":126,"STC":1015,"FSU":956}})");
    const util::Json& steps = answer.json["steps"];
    BOOST_REQUIRE(steps.size() == 5U);
    BOOST_TEST(steps[0].dump() == R"({"by":"quotient","seats":{"CGT":0,"FO":0,"FSU":2,"SGEN":0,"SNALC":2,"STC":2,"UNSA":0}})");
    BOOST_TEST(steps[1]["averages"]["STC"].get<std::string>() == "1015/3");
    BOOST_TEST(steps[4]["averages"]["STC"].get<std::string>() == "1015/4");
    BOOST_TEST(steps[4]["to"].dump() == R"(["STC"])");
}

BOOST_AUTO_TEST_CASE(a_tie_ends_with_three_and_names_the_lists_until_the_draw_is_given) {
    const auto tie =
        ask(R"({"seats":1,"votes":{"B":50,"A":50,"C":3},"tie":"votes,candidates,draw","candidates":{"A":2,"B":2,"C":9}})");
    BOOST_TEST(tie.status == 3);
    BOOST_TEST(tie.sentence.find("« A », « B »") != std::string::npos, tie.sentence);
    BOOST_TEST(tie.json["draw"].dump() == R"(["A","B"])");
    BOOST_TEST(tie.json["unfilled"].get<int>() == 1);
    const auto drawn = ask(R"({"seats":1,"votes":{"B":50,"A":50,"C":3},"draws":["B"]})");
    BOOST_TEST(drawn.status == 0);
    BOOST_TEST(drawn.json["seats"].dump() == R"({"A":0,"B":1,"C":0})");
    BOOST_TEST(drawn.json["steps"][1]["by"].get<std::string>() == "draw");
    // The number of candidates decides where the text says so, and only there.
    BOOST_TEST(seats_of(R"({"seats":1,"votes":{"A":50,"B":50},"candidates":{"A":2,"B":4},"tie":"votes,candidates,draw"})") ==
               R"({"A":0,"B":1})");
    BOOST_TEST(ask(R"({"seats":1,"votes":{"A":50,"B":50},"candidates":{"A":2,"B":4}})").status == 3);
    BOOST_TEST(ask(R"({"seats":1,"votes":{"A":50,"B":50},"candidates":{"A":2,"B":4},"tie":"votes,draw"})").status == 3);
    // A draw among others than the equals, and one that nothing asked for.
    for (const char* const wrong :
         {R"({"seats":1,"votes":{"A":50,"B":50,"C":3},"draws":["C"]})", R"({"seats":1,"votes":{"A":50,"B":49},"draws":["A"]})",
          R"({"seats":1,"votes":{"A":50,"B":50},"draws":["A","B"]})", R"({"seats":1,"votes":{"A":50,"B":50},"draws":["D"]})"}) {
        const auto refused = ask(wrong);
        BOOST_TEST(refused.status == 65, wrong);
        BOOST_TEST(refused.sentence.starts_with("« draws » : "), refused.sentence);
    }
}

BOOST_AUTO_TEST_CASE(numbers_are_exact_beyond_what_a_double_holds) {
    BOOST_TEST(seats_of(R"({"seats":1,"votes":{"A":9007199254740992,"B":9007199254740993}})") == R"({"A":0,"B":1})");
    BOOST_TEST(seats_of(R"({"seats":3,"votes":{"A":18446744073709551615,"B":18446744073709551614}})") == R"({"A":2,"B":1})");
    BOOST_TEST(ask(R"({"seats":3,"votes":{"A":18446744073709551616}})").status == 65);
}

BOOST_AUTO_TEST_CASE(nobody_and_too_few_leave_seats_unfilled) {
    BOOST_TEST(ask(R"({"seats":4,"votes":{}})").json.dump() == R"({"seats":{},"steps":[],"unfilled":4})");
    BOOST_TEST(ask(R"({"seats":4,"votes":{"A":0,"B":0}})").json.dump() == R"({"seats":{"A":0,"B":0},"steps":[],"unfilled":4})");
    const auto few = ask(R"({"seats":4,"votes":{"A":90,"B":10},"candidates":{"A":1,"B":2}})");
    BOOST_TEST(few.status == 0);
    BOOST_TEST(few.json["seats"].dump() == R"({"A":1,"B":2})");
    BOOST_TEST(few.json["unfilled"].get<int>() == 1);
}

BOOST_AUTO_TEST_CASE(a_common_list_shares_its_votes_among_its_unions) {
    const auto answer = ask(R"({"seats":3,"votes":{"A et B":1015,"C":100},"shares":{"A et B":{"A":1,"B":1}}})");
    BOOST_TEST(answer.json["unions"].dump() == R"({"A":"1015/2","B":"1015/2","C":"100"})");
    BOOST_TEST(ask(R"({"seats":3,"votes":{"A et B":90,"C":1},"shares":{"A et B":{"A":2,"B":1}}})").json["unions"].dump() ==
               R"({"A":"60","B":"30","C":"1"})");
    BOOST_TEST(ask(R"({"seats":3,"votes":{"A et B":90,"A":1},"shares":{"A et B":{"A":2,"B":1}}})").status == 65);
}

BOOST_AUTO_TEST_CASE(bad_input_is_refused_with_what_is_wrong) {
    const std::pair<const char*, const char*> k_bad[] = {
        {"", "du JSON est attendu"},
        {"[]", "du JSON est attendu"},
        {R"({"seats":2,"votes":{"A":1},"votes":{"A":2}})", "chaque nom une seule fois"},
        {R"({"seats":2,"votes":{"A":1,"A":2}})", "chaque nom une seule fois"},
        {R"({"votes":{"A":1}})", "« seats » manque"},
        {R"({"seats":2})", "« votes » manque"},
        {R"({"seats":0,"votes":{"A":1}})", "« seats » : un nombre entier de 1 à"},
        {R"({"seats":-1,"votes":{"A":1}})", "-1 reçu"},
        {R"({"seats":2.5,"votes":{"A":1}})", "2.5 reçu"},
        {R"({"seats":"2","votes":{"A":1}})", "\"2\" reçu"},
        {R"({"seats":2,"votes":{"A":-5}})", "voix de « A »"},
        {R"({"seats":2,"votes":{"A":1.0}})", "voix de « A »"},
        {R"({"seats":2,"votes":{"A":1e3}})", "voix de « A »"},
        {R"({"seats":2,"votes":{"":1}})", "un nom de liste est vide"},
        {R"({"seats":2,"votes":[1,2]})", "« votes »"},
        {R"({"seats":2,"votes":{"A":1},"quorum":3})", "« quorum » n’est pas connu"},
        {R"({"seats":2,"votes":{"A":1,"B":1},"candidates":{"A":1}})", "candidats de « B » manque"},
        {R"({"seats":2,"votes":{"A":1},"candidates":{"A":1,"Z":2}})", "« Z »"},
        {R"({"seats":2,"votes":{"A":1},"candidates":{"A":0}})", "candidats de « A »"},
        {R"({"seats":2,"votes":{"A":1},"tie":"age"})", "« tie »"},
        {R"({"seats":2,"votes":{"A":1},"shares":{"A":{"X":1}}})", "de 2 à 100 organisations"},
    };
    for (const auto& [question, because] : k_bad) {
        const auto answer = ask(question);
        BOOST_TEST(answer.status == 65, question);
        BOOST_TEST(answer.sentence.find(because) != std::string::npos, std::string(question) + ": " + answer.sentence);
        BOOST_TEST(answer.json.size() == 0U, question);
    }
    BOOST_TEST(ask(std::string(2 << 20, ' ')).sentence == "entrée standard : 1 Mio au plus");
}

}  // namespace seats_command_tests
