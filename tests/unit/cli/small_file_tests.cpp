// SPDX-License-Identifier: AGPL-3.0-or-later
// What a disk refuses is said in French.
#include "cli/small_file.hpp"

#include <boost/test/unit_test.hpp>

#include <cerrno>

namespace small_file_tests {

using namespace cli;

BOOST_AUTO_TEST_CASE(what_a_disk_refuses_is_said_in_french) {
    const auto said = [](int code) { return disk_trouble(std::system_error(code, std::generic_category(), "/media/x.cle")); };
    BOOST_TEST(said(ENOSPC) == "/media/x.cle : il n’y a plus de place sur ce disque. Libérez-en, puis relancez la commande");
    BOOST_TEST(said(EROFS).starts_with("/media/x.cle : ce disque est protégé contre l’écriture"));
    BOOST_TEST(said(EACCES) == "/media/x.cle : vous n’avez pas le droit d’écrire ou de lire ici");
    BOOST_TEST(said(EIO).find("abîmé ou a été retiré") != std::string::npos);
    BOOST_TEST(said(EXFULL).starts_with("/media/x.cle : le système a refusé ("));
    std::error_code code(ENOTDIR, std::generic_category());
    BOOST_TEST(disk_trouble(std::filesystem::filesystem_error("cannot", "/media/y", code)) ==
               "/media/y : une partie de ce nom n’est pas un dossier");
}

}  // namespace small_file_tests
