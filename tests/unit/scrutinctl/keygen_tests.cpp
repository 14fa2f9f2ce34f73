// SPDX-License-Identifier: AGPL-3.0-or-later
// The tree of secrets: complete, private, never overwritten, shared where two processes share.
#include <boost/test/unit_test.hpp>

#include "domain/receipt.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/folder.hpp"
#include "scrutinctl/trustee_file.hpp"

using namespace scrutinctl;

namespace {

util::Status run_keygen(const test::Folder& folder) {
    Office office("", "");
    Arguments arguments;
    arguments.positional = {folder.path().string()};
    return keygen(office, arguments);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_process_gets_its_own_secrets) {
    test::Folder folder;
    BOOST_REQUIRE(run_keygen(folder));
    BOOST_TEST(folder.read("activation/password_pepper") == folder.read("account/password_pepper"));
    BOOST_TEST(folder.read("activation/password_pepper") == folder.read("reassort/password_pepper"));
    BOOST_TEST(folder.read("reassort/numen_pepper") == folder.read("scrutinctl/numen_pepper"));
    BOOST_TEST(folder.read("vote/binding_key") == folder.read("scrutinctl/binding_key"));
    BOOST_TEST(folder.read("reassort/escrow_public_key") == folder.read("scrutinctl/escrow_public_key"));
    BOOST_TEST(domain::public_key_of(folder.read("vote/receipt_secret_key")) == folder.read("scrutinctl/receipt_public_key"));
    BOOST_TEST(domain::public_key_of(folder.read("sceau/log_secret_key")) == folder.read("scrutinctl/log_public_key"));
    for (const char* const foreign : {"scrutinctl/escrow_secret_key", "scrutinctl/receipt_secret_key",
                                      "scrutinctl/log_secret_key", "vote/escrow_public_key"}) {
        BOOST_TEST(!std::filesystem::exists(folder / foreign), foreign);
    }
    using std::filesystem::perms;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
        BOOST_TEST(((entry.status().permissions() & (perms::group_all | perms::others_all)) == perms::none),
                   entry.path().string());
    }
}

BOOST_AUTO_TEST_CASE(a_second_run_changes_nothing_and_mends_what_is_missing) {
    test::Folder folder;
    BOOST_REQUIRE(run_keygen(folder));
    const std::string pepper = folder.read("account/password_pepper"), receipt = folder.read("vote/receipt_secret_key");
    std::filesystem::remove(folder / "activation/password_pepper");
    std::filesystem::remove(folder / "scrutinctl/receipt_public_key");
    BOOST_REQUIRE(run_keygen(folder));
    BOOST_TEST(folder.read("activation/password_pepper") == pepper);
    BOOST_TEST(folder.read("vote/receipt_secret_key") == receipt);
    BOOST_TEST(domain::public_key_of(receipt) == folder.read("scrutinctl/receipt_public_key"));
    folder.write("account/password_pepper", "another");
    BOOST_TEST(!run_keygen(folder).has_value());
}

BOOST_AUTO_TEST_CASE(a_holders_key_file_is_read_as_written) {
    test::Folder folder;
    const auto path = holder_path(folder.path(), "Bureau de l’Écureuil", "Ed25519", 2);
    BOOST_TEST(path.filename().string() == "bureau-de-l-ecureuil.Ed25519.porteur-2.cle");
    write_holder_key(path, {"Bureau de l’Écureuil", "Ed25519", 2, util::SecretText("{\"a\":\"b\"}")});
    const auto key = read_holder_key(path);
    BOOST_REQUIRE(key);
    BOOST_TEST(key->bureau == "Bureau de l’Écureuil");
    BOOST_TEST(key->owner == 2U);
    BOOST_TEST(key->key.view() == "{\"a\":\"b\"}");
    for (const char* const wrong : {"", "{}", "[]", "{\"version\":2,\"owner\":1}", "{\"version\":1,\"owner\":\"x\"}",
                                    "{\"version\":1,\"owner\":1,\"bureau\":3}"}) {
        folder.write("wrong.cle", wrong);
        BOOST_TEST(!read_holder_key(folder / "wrong.cle").has_value(), wrong);
    }
    BOOST_TEST(!read_holder_key(folder / "absent.cle").has_value());
}

BOOST_AUTO_TEST_CASE(decryptions_needed_are_read_from_the_record) {
    BOOST_TEST(decryptions_needed("[[\"Single\",{}],[\"Pedersen\",{\"threshold\":3}]]") == 4U);
    BOOST_TEST(decryptions_needed("nonsense") == 0U);
}
