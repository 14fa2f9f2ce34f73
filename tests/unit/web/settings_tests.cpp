// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/settings.hpp"

#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <stdexcept>

#include "support/source_dir.hpp"

namespace settings_tests {

namespace {

struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string name = "/tmp/portail-settings.XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string why(const std::string& toml) const {
        std::ofstream(path / "portail.toml") << toml;
        try {
            web::Settings::load(path / "portail.toml", path, "vote");
            return "";
        } catch (const std::exception& error) {
            return error.what();
        }
    }
};

const std::string k_good = "[portal]\nbase_url='https://elections.example'\ntemplates='/t'\n[database]\nsocket='/s'\n";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(settings_tests, Folder)

BOOST_AUTO_TEST_CASE(a_good_file_is_read_and_the_account_is_the_worker_s) {
    BOOST_TEST(why(k_good) == "");
    const auto settings = web::Settings::load(path / "portail.toml", path, "vote");
    BOOST_TEST(settings.database.user == "portail-vote");
    BOOST_TEST(settings.threads == 16u);
}

BOOST_AUTO_TEST_CASE(the_order_of_the_lists_is_the_draw_unless_the_settings_say_the_decree) {
    const auto of = [&](const std::string& line) {
        BOOST_TEST(why("[portal]\n" + line + k_good.substr(9)) == "");
        return web::Settings::load(path / "portail.toml", path, "vote").lists_by_decree;
    };
    BOOST_TEST(!of(""));
    BOOST_TEST(!of("lists_order='draw'\n"));
    BOOST_TEST(of("lists_order='decree'\n"));
}

BOOST_AUTO_TEST_CASE(files_beside_claims_have_twenty_gib_unless_the_settings_say_how_many) {
    const auto of = [&](const std::string& line) {
        BOOST_TEST(why("[portal]\n" + line + k_good.substr(9)) == "");
        return web::Settings::load(path / "portail.toml", path, "scrutins").attachments_bytes >> 30;
    };
    BOOST_TEST(of("") == 20u);
    BOOST_TEST(of("attachments_gib=3\n") == 3u);
    for (const char* bad : {"0", "10001", "-1"})
        BOOST_TEST(why("[portal]\nattachments_gib=" + std::string(bad) + "\n" + k_good.substr(9)).find("must be 1 to 10000") !=
                   std::string::npos);
}

BOOST_AUTO_TEST_CASE(files_are_named_below_the_version_of_their_folder) {
    const std::string settings = "[portal]\nstatic='" + path.string() + "'\n" + k_good.substr(9);
    const auto named = [&] { return web::Settings::load(path / "portail.toml", path, "vote").static_path; };
    BOOST_TEST(why(settings) == "");
    BOOST_TEST(named() == "/static");
    std::ofstream(path / "version.txt") << "0123456789abcdef\n";
    BOOST_TEST(named() == "/static/0123456789abcdef");
    std::ofstream(path / "version.txt") << "../../etc\n";
    BOOST_TEST(why(settings).find("version.txt") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(each_mistake_is_named_with_its_key) {
    const auto tells = [&](const std::string& toml, std::string_view word) {
        const std::string sentence = why(toml);
        BOOST_TEST(sentence.find(word) != std::string::npos, sentence);
    };
    tells("[portal]\n", "base_url is missing");
    tells(k_good + "[worker]\nthreads='four'\n", "threads has the wrong type");
    tells(k_good + "[worker]\nthreads=0\n", "threads must be 1 to 256");
    tells("[portal]\nbase_url='http://elections.example'\ntemplates='/t'\n[database]\nsocket='/s'\n", "must begin with https://");
    tells("[portal]\nbase_url='https://a/'\ntemplates='/t'\n[database]\nsocket='/s'\n", "must not end with /");
    tells("[portal\n", "line 1");
    tells("[portal]\nbase_url='https://a'\ntemplates='/t'\nlists_order='alphabet'\n", "lists_order must be \"draw\" or \"decree\"");
    const std::string portal = "[portal]\nbase_url='https://elections.example'\ntemplates='/t'\n";
    tells(portal + "[database]\n", "either socket or host");
    tells(portal + "[database]\nsocket='/s'\nhost='base.example'\n", "either socket or host");
    tells(portal + "[database]\nhost='base.example'\n", "tls_ca is missing");
    tells(portal + "[database]\nhost='base.example'\ntls_ca='/none/ca.pem'\n", "/none does not exist");
    tells(portal + "[database]\nhost='base.example'\nport=70000\n", "port must be 1 to 65535");
    tells(k_good + "[worker]\nthread=4\n", "[worker] thread is not a setting");
    tells(k_good + "[portail]\nthreads=4\n", "[portail] threads is not a setting");
    tells("secure = true\n" + k_good, "secure stands in no section");
}

BOOST_AUTO_TEST_CASE(the_file_that_is_shipped_is_a_good_one) {
    const std::filesystem::path shipped = std::filesystem::path(test::source_dir()) / "systemd" / "portail.toml";
    BOOST_CHECK_NO_THROW(web::Settings::load(shipped, path, "vote"));
}

BOOST_AUTO_TEST_CASE(secrets_come_from_their_files_and_an_absent_one_is_named) {
    BOOST_TEST(why(k_good) == "");
    const auto settings = web::Settings::load(path / "portail.toml", path, "vote");
    std::ofstream(path / "binding_key") << "abc\n";
    BOOST_TEST(settings.secret("binding_key").view() == "abc");
    BOOST_CHECK_THROW(settings.secret("receipt_secret_key"), std::runtime_error);
    std::ofstream(path / "receipt_secret_key") << "\n";
    BOOST_CHECK_THROW(settings.secret("receipt_secret_key"), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace settings_tests
