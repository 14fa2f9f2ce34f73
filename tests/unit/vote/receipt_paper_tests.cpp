// SPDX-License-Identifier: AGPL-3.0-or-later
// The receipt as a PDF: made for whoever holds a true one, read back by a program of others.
#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>

#include "crypto/receipt.hpp"
#include "support/folder.hpp"
#include "vote/receipt_paper.hpp"
#include "voting_fixture.hpp"

namespace receipt_paper_cases {

using test::text_of;
using test::VotingFixture;

namespace {

struct PaperFixture : VotingFixture {
    test::Page ask(const std::string& scrutin, const std::string& receipt) {
        return portal.post("/vote/" + scrutin + "/preuve.pdf", {{"preuve", receipt}});
    }
};

// What pdftotext makes of it, every run of white space a single one.
std::string read_aloud(const std::string& pdf) {
    const test::Folder folder;
    folder.write("a.pdf", pdf);
    FILE* const out = ::popen(("pdftotext -layout " + (folder / "a.pdf").string() + " -").c_str(), "r");
    BOOST_REQUIRE(out != nullptr);
    std::string text;
    std::array<char, 4096> part{};
    for (std::size_t count; (count = std::fread(part.data(), 1, part.size(), out)) > 0;)
        for (std::size_t i = 0; i < count; ++i) {
            const bool blank = part[i] == ' ' || part[i] == '\n' || part[i] == '\f';
            if (!blank) text += part[i];
            else if (!text.ends_with(' ')) text += ' ';
        }
    BOOST_TEST(::pclose(out) == 0);
    return text;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(receipt_paper_tests, PaperFixture)

BOOST_AUTO_TEST_CASE(a_receipt_comes_back_as_a_document_that_says_what_it_is) {
    const std::string receipt = text_of(cast("csa", ballot("csa", 1)), "receipt");
    const auto page = ask("csa", receipt);
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.header("Content-Type") == "application/pdf");
    BOOST_TEST(page.header("Content-Disposition").find("preuve-de-vote-csa.pdf") != std::string::npos);
    BOOST_TEST(page.header("Cache-Control").find("no-store") != std::string::npos);
    for (const char* tagged : {"/Marked true", "/Lang (fr-FR)", "/S /H1", "/S /LI"})
        BOOST_TEST(page.body.find(tagged) != std::string::npos, tagged);
    const std::string text = read_aloud(page.body);
    const auto fields = crypto::read_receipt(receipt);
    for (const std::string& words :
         std::vector<std::string>{"Preuve de vote", "Scrutin csa", "samedi 5 décembre 2026", "(heure de Paris)", fields->tracker,
                                  "http://localhost:8080/urne/csa", "--key " + receipt_key()})
        BOOST_TEST(text.find(words) != std::string::npos, words << " in: " << text);
    // Nothing of the elector: whoever is shown the paper learns that a ballot was cast, not by whom.
    BOOST_TEST(text.find("Zoé") == std::string::npos);
    BOOST_TEST(text.find("lectrice1") == std::string::npos);
    BOOST_TEST(page.body.size() < 300'000u);  // the letters that it uses, not three whole fonts
}

BOOST_AUTO_TEST_CASE(only_a_true_receipt_of_this_scrutin_is_printed) {
    const std::string receipt = text_of(cast("csa", ballot("csa", 1)), "receipt");
    BOOST_TEST(ask("capd-079", receipt).status == 400);
    const auto fields = *crypto::read_receipt(receipt);
    const auto others = util::make_signing_keys();
    const auto forged = crypto::make_receipt(others.secret_key.view(), fields.scrutin, fields.tracker, portal.noon());
    BOOST_TEST(ask("csa", forged).status == 400);
    BOOST_TEST(text_of(ask("csa", forged), "error") == "receipt");
    for (const std::string& wrong : {receipt + " ", std::string("{}"), std::string(), receipt.substr(1)})
        BOOST_TEST(ask("csa", wrong).status == 400);
    BOOST_TEST(ask("inconnu", receipt).status == 404);
    portal.sign_in(2);
    BOOST_TEST(ask("capd-079", receipt).status == 404);
    portal.cookie.clear();
    BOOST_TEST(ask("csa", receipt).status == 403);
}

BOOST_AUTO_TEST_CASE(long_titles_and_every_accent_fit) {
    const vote::ReceiptPaper paper{.election = "Élections professionnelles – décembre 2026",
                                   .scrutin = "Commission consultative paritaire « Œuvres » ÀÂÇÉÈÊËÎÏÔÙÛÜŸ àâçéèêëîïôùûüÿœæ’ " +
                                              std::string(300, 'x'),
                                   .scrutin_code = std::string(64, 'c'),
                                   .base_url = "https://" + std::string(120, 'w') + ".example",
                                   .receipt_key = receipt_key(),
                                   .receipt = {elections["csa"]->uuid(), std::string(43, 'A'), "2026-12-03T09:00:00Z",
                                               std::string(86, 'S')}};
    const std::string text = read_aloud(vote::make_receipt_paper(paper));
    BOOST_TEST(text.find("« Œuvres » ÀÂÇÉÈÊËÎÏÔÙÛÜŸ àâçéèêëîïôùûüÿœæ’") != std::string::npos, text);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace receipt_paper_cases
