// SPDX-License-Identifier: AGPL-3.0-or-later
// The booth and the servers hold the protocol twice, in two languages. Everything that goes from one to the other is made afresh
// here by one and judged by the other: credentials, ballots in both groups, envelopes. The booth's modules run in node, the very
// files that a browser loads.
#include <sys/wait.h>

#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <fstream>

#include "crypto/election_files.hpp"
#include "crypto/groups.hpp"
#include "crypto/opened_ballot.hpp"
#include "crypto/own_election.hpp"
#include "crypto/archive/verify.hpp"
#include "domain/envelope.hpp"
#include "domain/voting_code.hpp"
#include "support/source_dir.hpp"
#include "util/json.hpp"

namespace booth_tests {

namespace {

using test::need;
using Groups = boost::mpl::list<crypto::Belenios2048, crypto::Ed25519>;

struct Said {
    int status;
    std::string text;  // without its last newline
};

// A word of the shell.
std::string shell_word(std::string_view word) {
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
    return text + "'";
}

Said run(const std::string& command) {
    FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
    BOOST_REQUIRE(pipe != nullptr);
    Said said{-1, {}};
    char buffer[4096];
    for (std::size_t got; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) said.text.append(buffer, got);
    const int status = pclose(pipe);
    said.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (!said.text.empty() && said.text.back() == '\n') said.text.pop_back();
    return said;
}

std::string node(const char* script) { return "node " + shell_word(test::source_dir() + "/" + script); }

Said booth(const std::vector<std::string>& words) {
    std::string command = node("modules/booth/cli.mjs");
    for (const auto& word : words) command += " " + shell_word(word);
    return run(command);
}

// Another digit in the first response of the ballot's proofs.
std::string altered(std::string ballot) {
    char& digit = ballot.at(ballot.find("\"response\":\"") + 12);
    digit = digit == '1' ? '2' : '1';
    return ballot;
}

constexpr std::size_t k_lists = 3;

// An election record of ours on the disk, where the booth reads it; one Single trustee, so that one ballot can be opened.
struct Scrutin {
    explicit Scrutin(std::string_view group_name) : group(group_name) {
        auto key = crypto::make_single_trustee(group);
        trustee_key = std::move(key.private_key);
        trustees = need(crypto::make_trustees_record({key.public_key}));
        crypto::Question question{"Titulaires « \"2026\" »", {"Liste \"Élan\"", "L’Avenir \\ à tous", "C <c> & co"}};
        election = need(
            crypto::Election::parse(crypto::make_election_record(uuid, group, need(crypto::election_public_key(group, trustees)),
                                                                 "Élection « test »", "a\nb\tc", question)));
        write("election.json", election->record());
    }
    std::string write(const char* name, std::string_view text) const {
        std::ofstream(directory.path() / name, std::ios::binary) << text;
        return file(name);
    }
    std::string file(const char* name) const { return (directory.path() / name).string(); }

    test::TemporaryDirectory directory;
    std::string group, uuid = crypto::make_uuid(), trustees;
    util::SecretText trustee_key;
    std::shared_ptr<const crypto::Election> election;
};

std::string vector_of(std::size_t choice) {
    std::string text(k_lists + 1, '0');
    text[choice] = '1';
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(booth_tests)

BOOST_AUTO_TEST_CASE_TEMPLATE(the_booth_derives_the_servers_credential_from_both_forms_of_code, G, Groups) {
    const Scrutin scrutin(G::k_name);
    for (const auto& code : {crypto::make_full_code(), crypto::make_old_code()}) {
        const Said key = booth({"public-key", "--election", scrutin.file("election.json"), "--code", std::string(code.view())});
        BOOST_TEST(key.status == 0);
        BOOST_TEST(key.text == *crypto::derive_public_key(scrutin.group, scrutin.uuid, code.view()));
    }
}

// Every choice, blank first, from codes of both forms: each ballot judged alone, then counted and verified as an archive.
BOOST_AUTO_TEST_CASE_TEMPLATE(ballots_of_the_booth_pass_the_servers_check_and_are_counted_as_chosen, G, Groups) {
    const Scrutin scrutin(G::k_name);
    std::vector<std::string> ballots, keys;
    for (std::size_t choice = 0; choice <= k_lists; ++choice) {
        const auto code = choice % 2 == 0 ? crypto::make_full_code() : crypto::make_old_code();
        const Said made = booth({"make-ballot", "--election", scrutin.file("election.json"), "--code", std::string(code.view()),
                                 "--choice", std::to_string(choice)});
        BOOST_REQUIRE(made.status == 0);
        const auto info = scrutin.election->check_ballot(made.text);
        BOOST_REQUIRE_MESSAGE(info.has_value(), (info ? "" : info.error().detail));
        keys.push_back(*crypto::derive_public_key(scrutin.group, scrutin.uuid, code.view()));
        BOOST_TEST(info->credential == keys.back());
        ballots.push_back(made.text);
        const auto tally = [&] {
            std::size_t at = 0;
            return need(scrutin.election->tally(
                [&]() -> std::optional<std::string> { return at++ == 0 ? std::optional(made.text) : std::nullopt; }));
        }();
        const auto partial =
            need(scrutin.election->partial_decrypt(scrutin.trustees, tally.encrypted_tally, 1, scrutin.trustee_key));
        const auto counts = need(scrutin.election->combine(scrutin.trustees, tally, {{1u, partial}}));
        for (std::size_t i = 0; i <= k_lists; ++i) BOOST_TEST(counts.votes[i] == (i == choice ? 1u : 0u));
    }
    {
        std::ofstream out(scrutin.file("x.bel"), std::ios::binary);
        crypto::ArchiveWriter writer([&](std::string_view piece) { out << piece; }, 1'790'000'000);
        writer.setup(scrutin.election->record(), scrutin.trustees, need(crypto::make_public_creds(keys)));
        for (const auto& ballot : ballots) writer.ballot(ballot);
    }
    const auto report = crypto::verify_archive(scrutin.file("x.bel"));
    BOOST_TEST(report.all_passed());
    BOOST_TEST(report.ballots == k_lists + 1);
    // The judge can say no.
    BOOST_TEST(!scrutin.election->check_ballot(altered(ballots[1])).has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ballots_of_the_servers_pass_the_booths_check_and_open_to_the_choice, G, Groups) {
    const Scrutin scrutin(G::k_name);
    util::Json ballots = util::Json::array();
    std::string expected;
    for (std::size_t choice = 0; choice <= k_lists; ++choice) {
        ballots.push_back(
            *scrutin.election->make_ballot((choice % 2 == 0 ? crypto::make_full_code() : crypto::make_old_code()).view(), choice));
        expected += vector_of(choice) + "\n";
    }
    ballots.push_back(altered(ballots[0]));
    const std::string secret = util::parse_json(scrutin.trustee_key.view())->get<std::string>();
    const std::string file =
        scrutin.write("ballots.json",
                      util::Json{{"election", scrutin.election->record()}, {"secret", secret}, {"ballots", ballots}}.dump());
    const Said said = run(node("tests/unit/booth/open_ballots.mjs") + " < " + shell_word(file));
    BOOST_TEST(said.status == 0);
    BOOST_TEST(said.text == expected + "answer 0: individual proof 0");
    // The same judgement through the command.
    scrutin.write("ballot.json", ballots[1].get<std::string>());
    BOOST_TEST(booth({"check-ballot", "--election", scrutin.file("election.json"), "--ballot", scrutin.file("ballot.json")}).text ==
               "good");
}

// The booth opens a ballot; the other language makes it again from what the booth gave, byte for byte, and from nothing else.
BOOST_AUTO_TEST_CASE_TEMPLATE(a_ballot_that_the_booth_opens_is_made_again_here, G, Groups) {
    const Scrutin scrutin(G::k_name);
    const auto code = crypto::make_full_code();
    for (std::size_t choice = 0; choice <= k_lists; ++choice) {
        const Said made = booth({"open-ballot", "--election", scrutin.file("election.json"), "--code", std::string(code.view()),
                                 "--choice", std::to_string(choice)});
        BOOST_REQUIRE(made.status == 0);
        const std::size_t end = made.text.find('\n');
        const std::string ballot = made.text.substr(0, end), text = made.text.substr(end + 1);
        BOOST_TEST(scrutin.election->check_ballot(ballot).has_value());
        const auto opened = crypto::OpenedBallot::parse("https://vote.example/static/booth/controle.html#" + text + "\n");
        BOOST_TEST_REQUIRE(opened.has_value());
        BOOST_TEST(opened->choice == choice);
        const auto remade = need(crypto::remake_ballot(scrutin.election->record(), *opened));
        BOOST_TEST(remade.ballot == ballot);
        BOOST_TEST(remade.tracker == crypto::sha_b64(ballot));
        // Whatever is said in the place of the truth, another ballot comes out.
        for (std::size_t other = 0; other <= k_lists; ++other) {
            crypto::OpenedBallot lie = *opened;
            lie.choice = other;
            BOOST_TEST((need(crypto::remake_ballot(scrutin.election->record(), lie)).tracker == remade.tracker) ==
                       (other == choice));
        }
        crypto::OpenedBallot lie = *opened;
        lie.seed[0] = lie.seed[0] == 'A' ? 'B' : 'A';
        BOOST_TEST(need(crypto::remake_ballot(scrutin.election->record(), lie)).tracker != remade.tracker);
        lie = *opened;
        lie.choice = k_lists + 1;
        BOOST_TEST(!crypto::remake_ballot(scrutin.election->record(), lie).has_value());
        BOOST_TEST(!crypto::remake_ballot(Scrutin(G::k_name).election->record(), *opened).has_value());
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_opened_ballot_is_refused) {
    const std::string good = "b1~csa~" + std::string(43, 'A') + "~58~1~" + std::string(43, 's') + "~12~34";
    BOOST_TEST(crypto::OpenedBallot::parse(good).has_value());
    BOOST_TEST(crypto::OpenedBallot::parse(" " + good.substr(0, 30) + "\r\n" + good.substr(30)).has_value());
    for (const std::string& wrong :
         {std::string(), "b2" + good.substr(2), good + "~1", good.substr(0, good.size() - 3), good + "x", "b1~c/a" + good.substr(6),
          "b1~csa~" + std::string(42, 'A') + "~58~1~" + std::string(43, 's') + "~12~34",
          "b1~csa~" + std::string(43, 'A') + "~58~01~" + std::string(43, 's') + "~12~34"})
        BOOST_TEST(!crypto::OpenedBallot::parse(wrong).has_value(), wrong);
}

// As the vote worker serves it; the code as printed, and as people type it.
BOOST_AUTO_TEST_CASE(an_envelope_of_the_servers_opens_in_the_booth) {
    const test::TemporaryDirectory directory;
    const std::string file = (directory.path() / "envelope.json").string(), voter = "AAAAAAAAAAAAAAAAAAAAAA";
    const auto code = domain::make_voting_code(), other = domain::make_voting_code();
    for (const auto& credential : {crypto::make_full_code(), crypto::make_old_code()}) {
        const auto envelope = domain::seal_envelope(code.view(), credential.view(), voter, 7);
        std::ofstream(file) << util::Json{{"voter", envelope.voter_ref},
                                          {"generation", envelope.generation},
                                          {"salt", envelope.salt},
                                          {"nonce", envelope.nonce},
                                          {"ciphertext", envelope.ciphertext}};
        std::string typed = " ";
        for (const char c : code.view()) typed += c == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        for (const std::string& words : {std::string(code.view()), typed}) {
            const Said opened = booth({"open-envelope", "--envelope", file, "--voting-code", words});
            BOOST_TEST(opened.status == 0);
            BOOST_TEST(opened.text == credential.view());
        }
        BOOST_TEST(booth({"open-envelope", "--envelope", file, "--voting-code", std::string(other.view())}).status == 1);
    }
}

BOOST_AUTO_TEST_CASE(an_envelope_of_the_booth_opens_in_the_servers) {
    const std::string voter = "AAAAAAAAAAAAAAAAAAAAAA";
    const auto code = domain::make_voting_code();
    const auto credential = crypto::make_full_code();
    const Said sealed = booth({"seal-envelope", "--voter", voter, "--generation", "2", "--voting-code", std::string(code.view()),
                               "--code", std::string(credential.view())});
    BOOST_REQUIRE(sealed.status == 0);
    const auto json = *util::parse_json(sealed.text);
    domain::Envelope envelope{voter, 2, json.at("salt"), json.at("nonce"), json.at("ciphertext")};
    const auto opened = domain::open_envelope(envelope, code.view());
    BOOST_REQUIRE(opened.has_value());
    BOOST_TEST(opened->view() == credential.view());
    envelope.generation = 3;
    BOOST_TEST(!domain::open_envelope(envelope, code.view()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace booth_tests
