// SPDX-License-Identifier: AGPL-3.0-or-later
// A holder's encrypted file: nothing but the right passphrase and the very bytes open it, and no file chooses a weak or a ruinous
// cost. These tests derive keys at a cost that read_box refuses everywhere else.
#include "trustee/holder_box.hpp"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "cli/small_file.hpp"
#include "support/folder.hpp"
#include "trustee/ceremony_folder.hpp"
#include "trustee/ceremony_screen.hpp"
#include "trustee/holder_desk.hpp"
#include "trustee/key_file.hpp"
#include "trustee/trustee_file.hpp"
#include "util/bytes.hpp"
#include "util/random.hpp"

namespace holder_box_tests {

using namespace cli;
using namespace trustee;

namespace {

constexpr CostBounds k_cheap{1, 2, 8192, 65536};

Passphrase phrase(const char* text) { return Passphrase(util::SecretText(text)); }

const BoxHead k_head{"Bureau de l’Écureuil", "Ed25519", std::string(64, 'a'), 2, "cle"};
constexpr std::string_view k_secret = "[\"22 digits of a seed\",\"a key\"]";

std::string cheap_box() {
    auto right = phrase("cheval lampe orage tuile");
    return write_box(k_head, new_cost(k_cheap), right, k_secret);
}

// The secret, if the file is read and opens.
std::optional<std::string> opened(std::string_view text, const char* passphrase = "cheval lampe orage tuile") {
    const auto box = read_box(text, k_cheap);
    if (!box) return std::nullopt;
    auto given = phrase(passphrase);
    const auto secret = open_box(*box, given);
    if (!secret) return std::nullopt;
    return std::string(secret->view());
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}

std::string fault_of(std::string_view text) {
    const auto box = read_box(text);
    return box ? "" : box.error().detail;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(holder_box)

BOOST_AUTO_TEST_CASE(the_right_passphrase_opens_it_and_no_other) {
    const std::string text = cheap_box();
    BOOST_TEST(opened(text).value() == k_secret);
    BOOST_TEST(text.find("seed") == std::string::npos);
    for (const char* const wrong : {"", "cheval lampe orage tuil", "cheval lampe orage tuile ", "Cheval lampe orage tuile"})
        BOOST_TEST(!opened(text, wrong).has_value(), wrong);
    BOOST_TEST((read_box(text, k_cheap)->head == k_head));
    BOOST_TEST(cheap_box() != text);  // another salt, another nonce
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_and_every_cut_is_refused) {
    const std::string text = cheap_box();
    std::size_t refused_files = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string spoiled = text;
            spoiled[at] = static_cast<char>(spoiled[at] ^ (1U << bit));
            refused_files += opened(spoiled) ? 0 : 1;
        }
    }
    BOOST_TEST(refused_files == text.size() * 8);
    for (std::size_t length = 0; length < text.size(); ++length) BOOST_TEST(!opened(text.substr(0, length)).has_value());
    for (const char* const more : {"\n", " ", "x", "{}"}) BOOST_TEST(!opened(text + more).has_value());
    BOOST_TEST(!opened("\xEF\xBB\xBF" + text).has_value());
    BOOST_TEST(!opened(replaced(text, "\n", "\r\n")).has_value());
}

BOOST_AUTO_TEST_CASE(a_head_exchanged_does_not_open) {
    const std::string text = cheap_box();
    for (const auto& [from, to] :
         {std::pair{"Écureuil", "Hérisson"}, std::pair{"\"Ed25519\"", "\"BELENIOS-2048\""}, std::pair{"aaaa", "aaab"},
          std::pair{"\"holder\":2", "\"holder\":3"}, std::pair{"\"step\":\"cle\"", "\"step\":\"5-part\""}}) {
        const std::string other = replaced(text, from, to);
        BOOST_TEST(read_box(other, k_cheap).has_value(), to);  // a good file by its form
        BOOST_TEST(!opened(other).has_value(), to);
    }
    // The head of one file, the rest of another under the same passphrase and salt.
    auto right = phrase("cheval lampe orage tuile");
    const KeyCost cost = new_cost(k_cheap);
    BoxHead other_head = k_head;
    other_head.holder = 3;
    const std::string one = write_box(k_head, cost, right, "one"), other = write_box(other_head, cost, right, "other");
    const auto tail = [](const std::string& box) { return box.substr(box.find(",\"nonce\"")); };
    BOOST_TEST(!opened(one.substr(0, one.find(",\"nonce\"")) + tail(other)).has_value());
}

BOOST_AUTO_TEST_CASE(a_cost_out_of_bounds_is_refused_before_any_derivation) {
    BOOST_TEST(fault_of(cheap_box()).find("hors des limites") != std::string::npos);  // what tests use opens nowhere else
    const KeyCost real = new_cost();
    BOOST_TEST(real.operations == crypto_pwhash_OPSLIMIT_MODERATE);
    BOOST_TEST(real.memory == crypto_pwhash_MEMLIMIT_MODERATE);
    // The form of a real file, without the second that a real derivation takes.
    const std::string memory = "\"memory\":8192", operations = "\"operations\":1";
    const std::string text = replaced(replaced(cheap_box(), memory, "\"memory\":268435456"), operations, "\"operations\":3");
    BOOST_TEST(fault_of(text) == "");
    for (const char* const wrong : {"268435455", "0", "1", "1073741825", "1099511627776", "999999999999999"})
        BOOST_TEST(fault_of(replaced(text, "\"memory\":268435456", std::string("\"memory\":") + wrong)).find("hors des limites") !=
                       std::string::npos,
                   wrong);
    for (const char* const wrong : {"0", "1", "2", "11", "4294967299", "999999999999999"})
        BOOST_TEST(fault_of(replaced(text, "\"operations\":3", std::string("\"operations\":") + wrong)).find("hors des limites") !=
                       std::string::npos,
                   wrong);
    for (const char* const wrong : {"-3", "3.0", "03", "3e0", "\"3\"", "9999999999999999999999"})
        BOOST_TEST(fault_of(replaced(text, "\"operations\":3", std::string("\"operations\":") + wrong)).find("abîmé") !=
                       std::string::npos,
                   wrong);
    BOOST_TEST(fault_of(replaced(text, "\"version\":1", "\"version\":2")).find("autre version") != std::string::npos);
    BOOST_TEST(fault_of("{\"version\":1,\"owner\":1}").find("pas un fichier secret") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(one_real_file_at_the_real_cost) {
    auto right = phrase("cheval lampe orage tuile"), wrong = phrase("cheval lampe orage tuiles");
    const std::string text = write_box(k_head, new_cost(), right, k_secret);
    const auto box = read_box(text);
    BOOST_REQUIRE(box);
    BOOST_TEST(open_box(*box, right)->view() == k_secret);
    BOOST_TEST(!open_box(*box, wrong).has_value());
}

BOOST_AUTO_TEST_CASE(a_secret_file_that_another_program_rewrote_is_told_apart) {
    test::Folder folder;
    const std::string box = cheap_box();
    folder.write("mark.cle", "\xEF\xBB\xBF" + box);
    folder.write("ends.cle", replaced(box, "}\n", "}\r\n"));
    for (const char* const name : {"mark.cle", "ends.cle"}) {
        const auto read = read_box_file(folder / name);
        BOOST_REQUIRE(!read.has_value());
        BOOST_TEST(read.error().detail.find("un autre programme a réécrit ce fichier") != std::string::npos, read.error().detail);
        BOOST_TEST(is_box_file(folder / name));
    }
    BOOST_REQUIRE(::mkfifo((folder / "pipe.cle").c_str(), 0600) == 0);
    std::filesystem::create_symlink("/dev/zero", folder / "zero.cle");
    for (const char* const name : {"pipe.cle", "zero.cle", "absent.cle"}) {
        BOOST_TEST(read_box_file(folder / name).error().detail.find("ne peut pas être lu") != std::string::npos);
        BOOST_TEST(!is_box_file(folder / name));
        BOOST_TEST(!read_holder_key(folder / name).has_value());
    }
}

BOOST_AUTO_TEST_CASE(secret_lists_are_read_as_written) {
    const util::SecretText text = write_secret_list({"a \"quoted\" one", "", "d\\e"});
    const auto list = read_secret_list(text.view(), 3);
    BOOST_REQUIRE(list);
    BOOST_TEST((*list)[0].view() == "a \"quoted\" one");
    BOOST_TEST((*list)[2].view() == "d\\e");
    BOOST_TEST(!read_secret_list(text.view(), 2).has_value());
    BOOST_TEST(!read_secret_list(text.view(), 4).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace holder_box_tests
