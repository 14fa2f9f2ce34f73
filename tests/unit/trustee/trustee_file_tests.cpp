// SPDX-License-Identifier: AGPL-3.0-or-later
// The files of a ceremony's end: a holder's plain key, and how many decryptions a trustees record wants.
#include "trustee/trustee_file.hpp"

#include <boost/test/unit_test.hpp>

#include "support/folder.hpp"

namespace trustee_file_tests {

using namespace trustee;

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

}  // namespace trustee_file_tests
