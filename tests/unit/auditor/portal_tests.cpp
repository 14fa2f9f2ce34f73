// SPDX-License-Identifier: AGPL-3.0-or-later
// What a portal serves beside the list that was sealed: every way in which the two can differ is found, and named.
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <map>

#include "auditor/commands.hpp"
#include "auditor/sealed_facts.hpp"
#include "crypto/protocol.hpp"
#include "support/folder.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace portal_cases {

namespace fs = std::filesystem;

namespace {

struct PortalFixture {
    test::Folder work;
    fs::path portal = work.path() / "portal";
    std::map<std::string, std::string> files{{"static/booth/booth.js", "import './worker.js';"},
                                             {"static/booth/worker.js", "1"},
                                             {"static/portail.css", "body{}"},
                                             {"static/portail.js", "2"}};
    PortalFixture() {
        std::string list = "schema 7\n" + util::sha256_hex("a program") + "  programs/portail-vote\n", own;
        for (const auto& [path, content] : files) {
            put(path, content);
            list += util::sha256_hex(content) + "  " + path + "\n";
            if (path.starts_with("static/booth/")) own += util::sha256_hex(content) + "  " + path.substr(13) + "\n";
        }
        put("static/booth/SHA256SUMS", own);
        put("index.html",
            "<link rel=\"icon\" href=\"/static/favicon.svg\"><link rel=\"stylesheet\" href=\"/static/portail.css\">"
            "<script type=\"module\" src=\"/static/portail.js\"></script>");
        work.write("list.txt", list);
    }
    void put(const std::string& path, const std::string& content) const {
        fs::create_directories((portal / path).parent_path());
        std::ofstream(portal / path, std::ios::binary) << content;
    }
    util::Status check(const std::string& digest = "") const {
        cli::Arguments arguments;
        arguments.positional = {portal.string()};
        arguments.options.emplace("--list", (work / "list.txt").string());
        if (!digest.empty()) arguments.options.emplace("--digest", digest);
        return auditor::check_portal(arguments);
    }
    bool refused(const std::string& digest = "") const {
        const auto done = check(digest);
        return !done && done.error().fault == util::Fault::forbidden;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(portal_tests, PortalFixture)

BOOST_AUTO_TEST_CASE(a_portal_that_serves_what_was_sealed_passes) {
    BOOST_TEST(check().has_value());
    const std::string digest = util::sha256_hex(work.read("list.txt"));
    BOOST_TEST(check(digest).has_value());
    std::string groups;
    for (std::size_t i = 0; i < 32; i += 4) groups += util::to_upper_ascii(digest.substr(i, 4)) + " ";
    BOOST_TEST(check(groups).has_value());
}

BOOST_AUTO_TEST_CASE(another_list_is_not_believed) {
    BOOST_TEST(refused(util::sha256_hex("another")));
    BOOST_TEST(refused(util::sha256_hex(work.read("list.txt")).substr(0, 31)));
    BOOST_TEST(refused(util::sha256_hex(work.read("list.txt")).substr(0, 4)));
}

BOOST_AUTO_TEST_CASE(a_changed_file_is_found) {
    put("static/booth/worker.js", "1;fetch('/steal')");
    BOOST_TEST(refused());
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_found) {
    fs::remove(portal / "static/portail.css");
    BOOST_TEST(refused());
}

BOOST_AUTO_TEST_CASE(a_file_of_the_booth_that_was_never_sealed_is_found) {
    put("static/booth/SHA256SUMS", util::sha256_hex("x") + "  more.js\n");
    BOOST_TEST(refused());
}

BOOST_AUTO_TEST_CASE(a_script_on_the_page_that_was_never_sealed_is_found) {
    for (const char* script : {"<script src=\"/static/more.js\"></script>", "<script src=\"https://other.example/a.js\"></script>",
                               "<script>alert(1)</script>", "<link rel=\"stylesheet\" href=\"/static/other.css\">"}) {
        put("index.html", script);
        BOOST_TEST(refused(), script);
    }
}

BOOST_AUTO_TEST_CASE(what_pages_load_below_a_version_is_compared_too) {
    const std::string version = "0123456789abcdef";
    put("index.html", "<link rel=\"stylesheet\" href=\"/static/" + version + "/portail.css\"><script src=\"/static/" + version +
                          "/portail.js\"></script>");
    BOOST_TEST(refused());
    for (const auto& [path, content] : files) put("static/" + version + path.substr(6), content);
    BOOST_TEST(check().has_value());
    put("static/" + version + "/booth/worker.js", "1;fetch('/steal')");
    BOOST_TEST(refused());
}

BOOST_AUTO_TEST_CASE(a_list_that_names_nothing_served_checks_nothing_and_says_so) {
    work.write("list.txt", "schema 7\n" + util::sha256_hex("a") + "  programs/portail-vote\n");
    const auto done = check();
    BOOST_CHECK(!done && done.error().fault == util::Fault::invalid);
}

// What a portal publishes of one scrutin's sealing, and a receipt is checked with.
struct SealedPortal : PortalFixture {
    std::string seal, election, fingerprint;
    SealedPortal() { publish(util::sha256_hex(work.read("list.txt"))); }
    void publish(const std::string& programs) {
        seal = "portail-sceau\t1\nscrutin\tctm\tAbCdEfGhJkMnPq\tComité\nkeys\tRRRR\tLLLL\nprograms\t" + programs + "\n";
        const auto key = crypto::derive_public_key("Ed25519", "AbCdEfGhJkMnPq", crypto::make_full_code().view()).value();
        election = crypto::make_election_record(
            "AbCdEfGhJkMnPq", "Ed25519", key, "Comité",
            "Élections. " + crypto::write_rules({.seal = util::sha256_hex(seal), .bound_decryption = true, .final_vote = true}),
            {"Votre choix", {"A", "B"}});
        fingerprint = util::sha256_hex(election);
        put("scellement/ctm/election", election);
        put("scellement/ctm/texte", seal);
        put("scellement/ctm/programmes", work.read("list.txt"));
        put("urne/ctm/election.json", election);
    }
    util::Status check_sealed(const std::string& given) const {
        cli::Arguments arguments;
        arguments.positional = {portal.string()};
        arguments.options.emplace("--scrutin", "ctm");
        if (!given.empty()) arguments.options.emplace("--fingerprint", given);
        return auditor::check_portal(arguments);
    }
    bool refuses() const {
        const auto done = check_sealed(fingerprint);
        return !done && done.error().fault == util::Fault::forbidden;
    }
};

BOOST_FIXTURE_TEST_CASE(the_fingerprint_of_the_poster_vouches_for_all_that_the_portal_gives, SealedPortal) {
    BOOST_TEST(check_sealed(fingerprint).has_value());
    BOOST_TEST(check_sealed(fingerprint.substr(0, 32)).has_value());
    BOOST_TEST(!check_sealed("").has_value());
    BOOST_TEST(!check_sealed(util::sha256_hex("another")).has_value());
    const auto facts = auditor::read_sealed(auditor::Source::of(portal.string()).value(), "scellement/ctm/", fingerprint);
    BOOST_REQUIRE(facts.has_value());
    BOOST_TEST(facts->receipt_key == "RRRR");
    BOOST_TEST(facts->log_key == "LLLL");
}

BOOST_FIXTURE_TEST_CASE(each_link_of_that_chain_is_found_when_it_is_another, SealedPortal) {
    put("scellement/ctm/texte", seal + "more\n");
    BOOST_TEST(!check_sealed(fingerprint).has_value());
    put("scellement/ctm/texte", seal);
    put("urne/ctm/election.json", election + " ");
    BOOST_TEST(refuses());
    put("urne/ctm/election.json", election);
    put("scellement/ctm/programmes", work.read("list.txt") + util::sha256_hex("x") + "  static/more.js\n");
    BOOST_TEST(refuses());
    put("scellement/ctm/programmes", work.read("list.txt"));
    put("static/booth/worker.js", "altered");
    BOOST_TEST(refuses());
    put("static/booth/worker.js", files["static/booth/worker.js"]);
    BOOST_TEST(check_sealed(fingerprint).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal_cases
