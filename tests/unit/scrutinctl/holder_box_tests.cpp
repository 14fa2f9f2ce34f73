// SPDX-License-Identifier: AGPL-3.0-or-later
// A holder's encrypted file: nothing but the right passphrase and the very bytes open it, and no file chooses a weak or a ruinous
// cost. These tests derive keys at a cost that read_box refuses everywhere else.
#include "scrutinctl/holder_box.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <csignal>

#include "scrutinctl/ceremony_folder.hpp"
#include "scrutinctl/ceremony_screen.hpp"
#include "scrutinctl/folder.hpp"
#include "scrutinctl/holder_desk.hpp"
#include "scrutinctl/key_file.hpp"
#include "scrutinctl/new_file.hpp"
#include "scrutinctl/passphrase.hpp"
#include "scrutinctl/small_file.hpp"
#include "scrutinctl/trustee_file.hpp"
#include "util/bytes.hpp"
#include "util/random.hpp"

using namespace scrutinctl;

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
    for (const auto& [from, to] : {std::pair{"Écureuil", "Hérisson"}, std::pair{"\"Ed25519\"", "\"BELENIOS-2048\""},
                                   std::pair{"aaaa", "aaab"}, std::pair{"\"holder\":2", "\"holder\":3"},
                                   std::pair{"\"step\":\"cle\"", "\"step\":\"5-part\""}}) {
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

BOOST_AUTO_TEST_CASE(poor_passphrases_are_refused_with_the_reason) {
    BOOST_TEST(passphrase_fault("cheval lampe orage tuile") == "");
    BOOST_TEST(passphrase_fault("éèàùçôîê éèàùçôî") != "");  // folded, few different letters
    BOOST_TEST(passphrase_fault("quinze lettres.").find("trop courte") != std::string::npos);
    BOOST_TEST(passphrase_fault("aaaaaaaaaaaaaaaaaaaaaaaa").find("répète") != std::string::npos);
    BOOST_TEST(passphrase_fault(" cheval lampe orage tuile").find("espace") != std::string::npos);
    BOOST_TEST(passphrase_fault("cheval lampe orage \xff\xfe tuile").find("UTF-8") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_passphrase_file_is_read_by_its_owner_only) {
    test::Folder folder;
    const std::string path = (folder / "phrase").string();
    BOOST_REQUIRE(create_file(path, "cheval lampe orage tuile\r\nsecond line\n", /*secret=*/true));
    Arguments arguments;
    arguments.options.emplace("--passphrase-file", path);
    BOOST_TEST(ask_passphrase(arguments, "")->view() == "cheval lampe orage tuile");
    std::filesystem::permissions(path, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
    BOOST_TEST(!ask_passphrase(arguments, "").has_value());
}

BOOST_AUTO_TEST_CASE(a_new_file_never_takes_the_place_of_another) {
    test::Folder folder;
    BOOST_TEST(create_file(folder / "a", "first", /*secret=*/true));
    BOOST_TEST(!create_file(folder / "a", "second", /*secret=*/true));
    BOOST_TEST(folder.read("a") == "first");
    std::filesystem::create_symlink(folder / "nowhere", folder / "link");
    BOOST_TEST(!create_file(folder / "link", "third", /*secret=*/true));
    using std::filesystem::perms;
    BOOST_TEST((std::filesystem::status(folder / "a").permissions() == (perms::owner_read | perms::owner_write)));
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.exists() || entry.is_symlink() ? 1 : 0;
    BOOST_TEST(files == 2U);  // nothing left beside
}

namespace {

std::size_t files_of(const test::Folder& folder) {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.path().empty() ? 0 : 1;
    return files;
}

// A disk that takes `most` bytes a file and no more.
class FullDisk {
public:
    explicit FullDisk(rlim_t most) : ignored_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit now{most, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, ignored_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_ = {};
    void (*ignored_)(int);
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_the_old_file_and_no_half_of_the_new_one) {
    test::Folder folder;
    BOOST_REQUIRE(create_file(folder / "key", "the old key", /*secret=*/true));
    {
        const FullDisk full(8);
        BOOST_CHECK_THROW(create_file(folder / "new", "more than eight bytes", true), std::system_error);
        BOOST_CHECK_THROW(replace_file(folder / "key", "more than eight bytes", true), std::system_error);
    }
    BOOST_TEST(folder.read("key") == "the old key");
    BOOST_TEST(files_of(folder) == 1U);
    replace_file(folder / "key", "the new key", true);
    BOOST_TEST(folder.read("key") == "the new key");
    BOOST_CHECK_THROW(create_file(folder / "nowhere/key", "x", true), std::system_error);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_replaced_stays_its_owners_and_behind_its_link) {
    using std::filesystem::perms;
    test::Folder folder;
    std::filesystem::create_directory(folder / "usb");
    BOOST_REQUIRE(create_file(folder / "usb/key", "old", true));
    std::filesystem::create_symlink("usb/key", folder / "key");
    folder.write("key.new", "left over, for all to read");
    replace_file(folder / "key", "new", true);
    BOOST_TEST(std::filesystem::is_symlink(folder / "key"));
    BOOST_TEST(folder.read("usb/key") == "new");
    BOOST_TEST((std::filesystem::status(folder / "usb/key").permissions() == (perms::owner_read | perms::owner_write)));
    BOOST_TEST(folder.read("key.new") == "left over, for all to read");
}

BOOST_AUTO_TEST_CASE(what_a_disk_refuses_is_said_in_french) {
    const auto said = [](int code) { return disk_trouble(std::system_error(code, std::generic_category(), "/media/x.cle")); };
    BOOST_TEST(said(ENOSPC) == "/media/x.cle : il n’y a plus de place sur ce disque. Libérez-en, puis relancez la commande");
    BOOST_TEST(said(EROFS).starts_with("/media/x.cle : ce disque est protégé contre l’écriture"));
    BOOST_TEST(said(EACCES) == "/media/x.cle : vous n’avez pas le droit d’écrire ou de lire ici");
    BOOST_TEST(said(EIO).find("abîmé ou a été retiré") != std::string::npos);
    BOOST_TEST(said(EXFULL).starts_with("/media/x.cle : le système a refusé ("));
    std::error_code code(ENOTDIR, std::generic_category());
    BOOST_TEST(disk_trouble(std::filesystem::filesystem_error("cannot", "/media/y", code)) == "/media/y : une partie de ce nom n’est pas un dossier");
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

BOOST_AUTO_TEST_CASE(a_new_passphrase_from_a_file_is_judged) {
    test::Folder folder;
    const auto chosen = [&](std::string_view line) {
        std::filesystem::remove(folder / "phrase");
        BOOST_REQUIRE(create_file(folder / "phrase", line, true));
        Arguments arguments;
        arguments.options.emplace("--passphrase-file", (folder / "phrase").string());
        const auto given = choose_passphrase(arguments, "");
        return given ? "taken: " + std::string(given->view()) : given.error().detail;
    };
    BOOST_TEST(chosen("cheval lampe orage tuile\n") == "taken: cheval lampe orage tuile");
    BOOST_TEST(chosen("").find("trop courte") != std::string::npos);
    BOOST_TEST(chosen("\ncheval lampe orage tuile\n").find("trop courte") != std::string::npos);
    BOOST_TEST(chosen("court\n").find("trop courte") != std::string::npos);
    BOOST_TEST(chosen(std::string(2000, 'a') + "\n").find("dépasse 1 024 octets") != std::string::npos);
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
