// SPDX-License-Identifier: AGPL-3.0-or-later
// The tree of secrets: complete, private, never overwritten, shared where two processes share.
#include <boost/test/unit_test.hpp>

#include "util/signature.hpp"
#include "scrutinctl/commands.hpp"
#include "support/folder.hpp"

namespace keygen_tests {

using namespace scrutinctl;

namespace {

util::Status run_keygen(const test::Folder& folder) {
    Office office("", "");
    cli::Arguments arguments;
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
    BOOST_TEST(folder.read("scrutins/pseudonym_key") == folder.read("account/pseudonym_key"));
    BOOST_TEST(!std::filesystem::exists(folder / "vote/pseudonym_key"));
    BOOST_TEST(folder.read("vote/binding_key") == folder.read("scrutinctl/binding_key"));
    BOOST_TEST(folder.read("reassort/escrow_public_key") == folder.read("scrutinctl/escrow_public_key"));
    BOOST_TEST(util::public_key_of(folder.read("vote/receipt_secret_key")) == folder.read("scrutinctl/receipt_public_key"));
    BOOST_TEST(util::public_key_of(folder.read("sceau/log_secret_key")) == folder.read("scrutinctl/log_public_key"));
    for (const char* const foreign :
         {"scrutinctl/escrow_secret_key", "scrutinctl/receipt_secret_key", "scrutinctl/log_secret_key", "vote/escrow_public_key"}) {
        BOOST_TEST(!std::filesystem::exists(folder / foreign), foreign);
    }
    using std::filesystem::perms;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
        BOOST_TEST(((entry.status().permissions() & (perms::group_all | perms::others_all)) == perms::none), entry.path().string());
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
    BOOST_TEST(util::public_key_of(receipt) == folder.read("scrutinctl/receipt_public_key"));
    folder.write("account/password_pepper", "another");
    BOOST_TEST(!run_keygen(folder).has_value());
}

// An installation from before that key, or one that changes it.
BOOST_AUTO_TEST_CASE(the_key_of_pseudonyms_may_be_made_anew) {
    test::Folder folder;
    BOOST_REQUIRE(run_keygen(folder));
    const std::string before = folder.read("account/pseudonym_key");
    for (const char* const worker : {"activation", "account", "scrutins", "reassort", "bureau"})
        std::filesystem::remove(folder / worker / "pseudonym_key");
    BOOST_REQUIRE(run_keygen(folder));
    BOOST_TEST(folder.read("account/pseudonym_key") != before);
    BOOST_TEST(folder.read("scrutins/pseudonym_key") == folder.read("account/pseudonym_key"));
}

BOOST_AUTO_TEST_CASE(a_lost_secret_is_told_and_never_replaced) {
    for (const char* const name : {"vote/receipt_secret_key", "sceau/log_secret_key", "reassort/escrow_secret_key"}) {
        test::Folder folder;
        BOOST_REQUIRE(run_keygen(folder));
        const std::string kept = folder.read(name);
        std::filesystem::remove(folder / name);
        const auto refused = run_keygen(folder);
        BOOST_REQUIRE(!refused.has_value());
        BOOST_TEST(refused.error().detail.find(name) != std::string::npos, refused.error().detail);
        BOOST_TEST(!std::filesystem::exists(folder / name), name);
        std::filesystem::remove(folder / ".complete");  // a tree from before that mark: its public half tells
        BOOST_TEST(!run_keygen(folder).has_value(), name);
        folder.write(name, kept);
        BOOST_TEST(run_keygen(folder).has_value(), name);
    }
    test::Folder folder;
    BOOST_REQUIRE(run_keygen(folder));
    for (const char* const name : {"vote/binding_key", "scrutinctl/binding_key"}) std::filesystem::remove(folder / name);
    BOOST_TEST(!run_keygen(folder).has_value());
    BOOST_TEST(!std::filesystem::exists(folder / "vote/binding_key"));
}

BOOST_AUTO_TEST_CASE(the_binding_key_does_not_come_back_to_the_office) {
    test::Folder folder;
    BOOST_REQUIRE(run_keygen(folder));
    const std::string kept = folder.read("vote/binding_key");
    std::filesystem::remove(folder / "scrutinctl/binding_key");
    BOOST_REQUIRE(run_keygen(folder));
    BOOST_TEST(!std::filesystem::exists(folder / "scrutinctl/binding_key"));
    BOOST_TEST(folder.read("vote/binding_key") == kept);
}

BOOST_AUTO_TEST_CASE(a_public_half_of_another_key_is_told) {
    test::Folder folder, other;
    BOOST_REQUIRE(run_keygen(folder));
    BOOST_REQUIRE(run_keygen(other));
    folder.write("vote/receipt_secret_key", other.read("vote/receipt_secret_key"));
    BOOST_TEST(!run_keygen(folder).has_value());
}

}  // namespace keygen_tests
