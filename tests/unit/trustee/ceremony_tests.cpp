// SPDX-License-Identifier: AGPL-3.0-or-later
// The ceremony's public files, fingerprints and words; a ceremony of thirteen holders; proofs of possession.
#include "crypto/trustees/ceremony.hpp"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "cli/small_file.hpp"
#include "crypto/protocol.hpp"
#include "support/folder.hpp"
#include "trustee/ceremony_folder.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/trustee_file.hpp"

namespace ceremony_tests {

using namespace cli;
using namespace trustee;
namespace ceremony = crypto::ceremony;

namespace {

template <class T>
T need(util::Result<T> result) {
    BOOST_REQUIRE_MESSAGE(result.has_value(), (result ? std::string() : result.error().detail));
    return std::move(*result);
}

struct Played {
    ceremony::Setting setting;
    Strings certs, commitments, confirmations;
    std::vector<util::SecretText> keys;
    std::string record;

    explicit Played(ceremony::Setting s) : setting(std::move(s)) {
        std::vector<util::SecretText> seeds;
        Strings polynomials, public_keys;
        for (unsigned i = 1; i <= setting.holders; ++i) {
            auto identity = need(ceremony::make_identity(setting, i));
            seeds.push_back(std::move(identity.seed));
            certs.push_back(identity.cert);
        }
        for (const auto& seed : seeds) {
            auto contribution = need(ceremony::make_contribution(setting, seed.view(), certs));
            polynomials.push_back(contribution.polynomial);
            commitments.push_back(contribution.commitment);
        }
        const auto inputs = need(ceremony::route(setting, certs, commitments, polynomials));
        for (unsigned i = 0; i < setting.holders; ++i) {
            auto share = need(ceremony::finish(setting, seeds[i].view(), certs, commitments, inputs[i]));
            keys.push_back(std::move(share.key_file));
            public_keys.push_back(share.public_key);
        }
        record = need(ceremony::assemble(setting, certs, commitments, polynomials, public_keys));
        for (const auto& key : keys) confirmations.push_back(need(ceremony::confirm(setting.group, record, key.view())));
    }
};

const Played& small() {
    static const Played k_played({"Ed25519", 3, 2});
    return k_played;
}

std::string fault_of(const util::Status& status) { return status ? "" : status.error().detail; }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}

const Opening k_opening{"Bureau « central »", "Ed25519", 3, 2, {"Mme A", "M. B", "Mme C"}, ""};

}  // namespace

BOOST_AUTO_TEST_SUITE(ceremony_of_holders)

// Seven of thirteen, as the largest bureaux have it: the whole ceremony, then a count by the last seven.
BOOST_AUTO_TEST_CASE(thirteen_holders_make_a_key_and_any_seven_decrypt) {
    const Played played({"Ed25519", 13, 7});
    BOOST_TEST(ceremony::check_record(played.setting, played.certs, played.commitments, played.record).has_value());
    BOOST_TEST(ceremony::check_confirmations("Ed25519", played.record, played.confirmations).has_value());
    const std::string public_key = need(crypto::election_public_key("Ed25519", played.record));
    const std::string uuid = "AbCdEfGhJkLmNp";
    const auto election = need(crypto::Election::parse(
        crypto::make_election_record(uuid, "Ed25519", public_key, "Essai", "", {"Votre choix", {"Liste 1", "Liste 2"}})));
    Strings ballots;
    for (const std::size_t choice : {1U, 2U, 2U, 0U, 2U})
        ballots.push_back(*election->make_ballot(crypto::make_full_code().view(), choice));
    std::size_t at = 0;
    const auto tally = need(election->tally([&] { return at < ballots.size() ? std::optional(ballots[at++]) : std::nullopt; }));
    std::vector<std::pair<unsigned, std::string>> partials;
    for (unsigned owner = 7; owner <= 13; ++owner) {
        const auto partial = need(election->partial_decrypt(played.record, tally.encrypted_tally, owner, played.keys[owner - 1]));
        BOOST_TEST(election->verify_partial_decryption(played.record, tally.encrypted_tally, owner, partial));
        BOOST_TEST(!election->verify_partial_decryption(played.record, tally.encrypted_tally, owner - 1, partial));
        partials.emplace_back(owner, partial);
    }
    BOOST_TEST((need(election->combine(played.record, tally, partials)).votes == std::vector<std::uint64_t>{1, 1, 3}));
    partials.pop_back();
    BOOST_TEST(!election->combine(played.record, tally, partials).has_value());
}

BOOST_AUTO_TEST_CASE(a_record_is_of_the_certs_and_polynomials_agreed_to) {
    const Played& played = small();
    BOOST_TEST(fault_of(ceremony::check_record(played.setting, played.certs, played.commitments, played.record)) == "");
    const Played other({"Ed25519", 3, 2});
    BOOST_TEST(fault_of(ceremony::check_record(played.setting, played.certs, played.commitments, other.record)) ==
               "cert 1: the record has another one");
    Strings commitments = played.commitments;
    commitments[2] = other.commitments[2];
    BOOST_TEST(fault_of(ceremony::check_record(played.setting, played.certs, commitments, played.record)) ==
               "polynomial 3: coefexps are not those committed to");
    // Another trustee slipped in beside: the key would be theirs too.
    const std::string single = crypto::make_single_trustee("Ed25519").public_key;
    const std::string beside = played.record.substr(0, played.record.size() - 1) + ",[\"Single\"," + single + "]]";
    BOOST_TEST(crypto::election_public_key("Ed25519", beside).has_value());
    BOOST_TEST(fault_of(ceremony::check_record(played.setting, played.certs, played.commitments, beside)) ==
               "the record has other trustees beside this ceremony's");
    BOOST_TEST(!ceremony::check_record({"Ed25519", 4, 2}, played.certs, played.commitments, played.record).has_value());
}

BOOST_AUTO_TEST_CASE(possession_is_proved_for_one_key_one_record_and_one_question) {
    const Played& played = small();
    const std::string proof = need(ceremony::prove_possession("Ed25519", played.record, 2, played.keys[1].view(), "Répétition"));
    BOOST_TEST(fault_of(ceremony::check_possession("Ed25519", played.record, 2, "Répétition", proof)) == "");
    BOOST_TEST(!ceremony::check_possession("Ed25519", played.record, 2, "Répétition ", proof).has_value());
    BOOST_TEST(!ceremony::check_possession("Ed25519", played.record, 1, "Répétition", proof).has_value());
    BOOST_TEST(!ceremony::check_possession("Ed25519", played.record, 4, "Répétition", proof).has_value());
    BOOST_TEST(!ceremony::check_possession("Ed25519", played.record, 2, "Répétition", proof + " ").has_value());
    BOOST_TEST(!ceremony::check_possession("Ed25519", Played({"Ed25519", 3, 2}).record, 2, "Répétition", proof).has_value());
    BOOST_TEST(!ceremony::prove_possession("Ed25519", played.record, 1, played.keys[1].view(), "x").has_value());
    for (const char* const group : {"Ed25519", "BELENIOS-2048"}) {  // a key of the other kind
        const auto single = crypto::make_single_trustee(group);
        const std::string record = need(crypto::make_trustees_record({single.public_key}));
        const std::string own = need(ceremony::prove_possession(group, record, 1, single.private_key.view(), "x"));
        BOOST_TEST(ceremony::check_possession(group, record, 1, "x", own).has_value());
    }
}

BOOST_AUTO_TEST_CASE(openings_are_read_as_written_and_hostile_ones_refused) {
    const std::string text = write_opening(k_opening);
    const Opening read = need(read_opening(text));
    BOOST_TEST(read.bureau == k_opening.bureau);
    BOOST_TEST(read.names == k_opening.names);
    BOOST_TEST(read.holder(2) == "porteur 2 (M. B)");
    BOOST_TEST(read.holder(9) == "porteur 9");
    BOOST_TEST(need(read_opening(write_opening(k_opening))).id != read.id);  // each ceremony its own
    for (const auto& [from, to] :
         {std::pair{"Ed25519", "../../x"}, std::pair{"Ed25519", "TOY-607"}, std::pair{"central", "\\u001b[2J"},
          std::pair{"central",
                    "\xc2\x9b"
                    "2J"},
          std::pair{"M. B", "M.\\nB"}, std::pair{"\"M. B\",", ""}, std::pair{"\"holders\":3", "\"holders\":1000"},
          std::pair{"\"holders\":3", "\"holders\":-3"}, std::pair{"\"threshold\":2", "\"threshold\":3"},
          std::pair{"\"threshold\":2", "\"threshold\":0"}, std::pair{"\"threshold\":2", "\"threshold\":1"},
          std::pair{"M. B",
                    "M. \xe2\x80\xae"
                    "B"},
          std::pair{"M. B",
                    "M. \xe2\x81\xa6"
                    "B"},
          std::pair{"\"version\":1", "\"version\":2"}, std::pair{"0-ouverture", "1-certificat"}, std::pair{"{", "["}})
        BOOST_TEST(!read_opening(replaced(text, from, to)).has_value(), to);
}

BOOST_AUTO_TEST_CASE(public_files_say_whose_they_are_and_do_not_replace_each_other) {
    test::Folder disk;
    disk.write("central.Ed25519.0-ouverture.json", write_opening(k_opening));
    const auto folder = need(CeremonyFolder::find(disk.path()));
    BOOST_TEST(folder.piece_path(k_cert, 2).filename().string() == "bureau-central-.Ed25519.porteur-2.1-certificat.json");
    BOOST_TEST(!folder.read(k_cert, 2, 1).has_value());
    BOOST_TEST(need(folder.publish(k_cert, 2, {"a cert"})));
    BOOST_TEST(!need(folder.publish(k_cert, 2, {"a cert"})));
    BOOST_TEST(!folder.publish(k_cert, 2, {"another"}).has_value());
    BOOST_TEST(need(folder.read(k_cert, 2, 1)).front() == "a cert");
    const std::string name = folder.piece_path(k_cert, 2).filename().string(), good = disk.read(name);
    for (const auto& [from, to, words] :
         {std::tuple{"central", "local", "d’un autre bureau"}, std::tuple{"Ed25519", "BELENIOS-2048", "d’un autre groupe"},
          std::tuple{"\"ceremony\":\"", "\"ceremony\":\"0", "d’une autre cérémonie"},
          std::tuple{"\"holder\":2", "\"holder\":3", "est du porteur 3 (Mme C), pas du porteur 2 (M. B)"},
          std::tuple{"1-certificat", "3-engagement", "d’une autre étape"},
          std::tuple{"\"version\":1", "\"version\":7", "autre version"}, std::tuple{"[\n\"a cert\"]", "[]", "abîmé"},
          std::tuple{"\"a cert\"", "3", "abîmé"}, std::tuple{"}", "", "abîmé"}}) {
        disk.write(name, replaced(good, from, to));
        const auto read = folder.read(k_cert, 2, 1);
        BOOST_REQUIRE_MESSAGE(!read.has_value(), to);
        BOOST_TEST(read.error().detail.find(words) != std::string::npos, read.error().detail);
    }
    disk.write("b.0-ouverture.json", write_opening(k_opening));
    BOOST_TEST(!CeremonyFolder::find(disk.path()).has_value());  // two ceremonies in one folder
}

// A mail program adds a mark at the front and turns the ends of lines; what is said stays the same, and so does the ceremony's name.
BOOST_AUTO_TEST_CASE(public_files_that_a_mail_program_rewrote_are_read) {
    test::Folder disk;
    const std::string opening = write_opening(k_opening);
    const auto rewritten = [](const std::string& text) {
        std::string mail = "\xEF\xBB\xBF";
        for (const char c : text) mail += c == '\n' ? std::string("\r\n") : std::string(1, c);
        return mail + "\r\n";
    };
    disk.write("b.0-ouverture.json", rewritten(opening));
    const auto folder = need(CeremonyFolder::find(disk.path()));
    BOOST_TEST(folder.opening().id == need(read_opening(opening)).id);
    const std::string name = folder.piece_path(k_certs).filename().string();
    disk.write(name, rewritten(write_piece(folder.opening(), k_certs, 0, {"a", "b\r\n", "c"})));
    BOOST_TEST((need(folder.read(k_certs, 0, 3)) == Strings{"a", "b\r\n", "c"}));
    disk.write(folder.record_path().filename().string(), rewritten("[[\"Pedersen\"]]\n"));
    BOOST_TEST(need(folder.read_record()) == "[[\"Pedersen\"]]");
    BOOST_TEST(!need(folder.publish_record("[[\"Pedersen\"]]")));
}

BOOST_AUTO_TEST_CASE(what_is_no_plain_file_is_refused_at_once) {
    test::Folder disk;
    disk.write("b.0-ouverture.json", write_opening(k_opening));
    const auto folder = need(CeremonyFolder::find(disk.path()));
    const auto path = folder.piece_path(k_cert, 2);
    const auto refused_with = [&](const char* words) {
        const auto read = folder.read(k_cert, 2, 1);
        BOOST_REQUIRE(!read.has_value());
        BOOST_TEST(read.error().detail.find(words) != std::string::npos, read.error().detail);
        BOOST_TEST(!folder.publish(k_cert, 2, {"a cert"}).has_value());  // and nothing takes its place
        std::filesystem::remove_all(path);
    };
    BOOST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    BOOST_TEST(!read_small_file(path, 100).has_value());  // would wait for ever
    refused_with("pas un fichier ordinaire");
    std::filesystem::create_directory(path);
    refused_with("pas un fichier ordinaire");
    std::filesystem::create_symlink("nowhere", path);
    refused_with("pas un fichier ordinaire");
    std::filesystem::create_symlink(path.filename(), path);
    refused_with("pas un fichier ordinaire");
    std::filesystem::create_symlink("/dev/zero", path);
    refused_with("pas un fichier ordinaire");
    disk.write(path.filename().string(), "");
    refused_with("abîmé");
    disk.write(path.filename().string(), "x");
    std::filesystem::resize_file(path, (std::uintmax_t{64} << 20) + 1);
    refused_with("bien trop grand");
    disk.write(path.filename().string(), std::string(200'000, '[') + std::string(200'000, ']'));
    refused_with("abîmé");
    disk.write("real", write_piece(folder.opening(), k_cert, 2, {"a cert"}));
    std::filesystem::create_symlink("real", path);
    BOOST_TEST(need(folder.read(k_cert, 2, 1)).front() == "a cert");  // a link to a plain file is one
}

BOOST_AUTO_TEST_CASE(numbers_have_one_writing) {
    const std::string opening = write_opening(k_opening);
    for (const char* const wrong : {"3.0", "3e0", "true", "-1", "\"3\"", "4294967299", "18446744073709551619", "[3]"})
        BOOST_TEST(!read_opening(replaced(opening, "\"holders\":3", std::string("\"holders\":") + wrong)).has_value(), wrong);
    const Opening read = need(read_opening(opening));
    const std::string piece = write_piece(read, k_cert, 2, {"a cert"});
    BOOST_TEST(read_piece(read, k_cert, 2, 1, piece).has_value());
    for (const char* const wrong : {"2.0", "2.7", "true", "4294967298", "-4294967294", "18446744073709551618"})
        BOOST_TEST(!read_piece(read, k_cert, 2, 1, replaced(piece, "\"holder\":2", std::string("\"holder\":") + wrong)).has_value(),
                   wrong);
}

BOOST_AUTO_TEST_CASE(the_number_of_decryptions_needed_is_read_from_records_alone) {
    BOOST_TEST(decryptions_needed(small().record) == 2U);
    BOOST_TEST(decryptions_needed("[[\"Single\",{}],[\"Pedersen\",{\"threshold\":3}]]") == 4U);
    for (const char* const wrong : {"", "{}", "[1]", "[[\"Single\",1]]", "[[\"Pedersen\",[]]]", "[[\"Pedersen\",{}]]",
                                    "[[\"Pedersen\",{\"threshold\":\"3\"}]]", "[[\"Pedersen\",{\"threshold\":-1}]]",
                                    "[[\"Pedersen\",{\"threshold\":4294967297}]]"})
        BOOST_TEST(decryptions_needed(wrong) == 0U, wrong);
}

// The value was computed apart: the 32 low digits of SHA-256 in base 31, the lowest first.
BOOST_AUTO_TEST_CASE(fingerprints_are_read_aloud_and_typed_back) {
    const std::string spoken = spoken_fingerprint("abc");
    BOOST_TEST(spoken == "VDVF Z4TY 8CM6 XV4J Y7SZ 493B 3TGR TADT");
    BOOST_TEST(spoken_fingerprint("abd") != spoken);
    BOOST_TEST(is_same_fingerprint(spoken, spoken));
    std::string typed;
    for (const char c : spoken) typed += c == ' ' ? '-' : static_cast<char>(std::tolower(c));
    BOOST_TEST(is_same_fingerprint(typed, spoken));
    typed.pop_back();
    BOOST_TEST(!is_same_fingerprint(typed, spoken));
    BOOST_TEST(!is_same_fingerprint("", spoken));
}

BOOST_AUTO_TEST_CASE(refusals_name_the_holder_in_french) {
    using crypto::CeremonyCheck, crypto::CeremonySubject;
    BOOST_TEST(in_french(k_opening, {CeremonyCheck::signature, CeremonySubject::cert, 2}) ==
               "le certificat du porteur 2 (M. B) : sa signature est fausse : il a été modifié ou n’est pas de ce porteur");
    BOOST_TEST(in_french(k_opening, {CeremonyCheck::key_outside_group, CeremonySubject::cert, 3, 0}) ==
               "le certificat du porteur 3 (Mme C) : une de ses clés est hors du groupe");
    BOOST_TEST(
        in_french(k_opening, {CeremonyCheck::degree, CeremonySubject::coefexps, 2}) ==
        "le polynôme du porteur 2 (M. B) : il n’a pas le degré que veut le seuil : moins de porteurs suffiraient, ou il en faudrait plus");
    BOOST_TEST(in_french(k_opening, {CeremonyCheck::record_form, CeremonySubject::nothing, 12}) ==
               "la clé du bureau a été modifiée ou abîmée");
}

BOOST_AUTO_TEST_CASE(every_refusal_has_french_words) {
    for (int check = 0; check <= static_cast<int>(crypto::k_last_ceremony_check); ++check)
        BOOST_TEST(!in_french(k_opening, {static_cast<crypto::CeremonyCheck>(check)}).empty());
    for (int subject = 1; subject <= static_cast<int>(crypto::k_last_ceremony_subject); ++subject)
        BOOST_TEST(in_french(k_opening, {crypto::CeremonyCheck::signature, static_cast<crypto::CeremonySubject>(subject), 1})
                       .find(" du porteur 1 (") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ceremony_tests
