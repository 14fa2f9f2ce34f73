// SPDX-License-Identifier: AGPL-3.0-or-later
// What a worker does before it serves, and what it ends with.
#include "web/start.hpp"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "db/connection.hpp"
#include "domain/schema_version.hpp"

namespace start_tests {

namespace {

using std::chrono::seconds;

struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string name = "/tmp/portail-start.XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    // A process that began to serve and never ended in order.
    void crash() const { web::CrashCount(path).begin(); }
    long long pause() const { return web::CrashCount(path).pause().count(); }
    // As if the last life had begun so long before.
    void age(long long by) const {
        unsigned crashes = 0;
        long long began = 0;
        std::ifstream(path / "crashes") >> crashes >> began;
        std::ofstream(path / "crashes") << crashes << ' ' << began - by;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(start_tests, Folder)

BOOST_AUTO_TEST_CASE(pauses_grow_with_crashes_in_a_row_and_end_at_twenty_seconds) {
    BOOST_TEST(pause() == 0);
    for (const long long expected : {0, 1, 2, 4, 8, 16, 20, 20}) {
        crash();
        BOOST_TEST(pause() == expected);
    }
}

BOOST_AUTO_TEST_CASE(a_life_of_ten_seconds_or_an_end_in_order_begins_anew) {
    for (int i = 0; i < 5; ++i) crash();
    age(10);
    BOOST_TEST(pause() == 0);
    crash();
    BOOST_TEST(pause() == 1);
    web::CrashCount(path).forget();
    BOOST_TEST(pause() == 0);
}

BOOST_AUTO_TEST_CASE(without_a_runtime_folder_nothing_is_counted) {
    web::CrashCount nowhere{std::filesystem::path()};
    nowhere.begin();
    nowhere.forget();
    BOOST_TEST(nowhere.pause().count() == 0);
}

BOOST_AUTO_TEST_CASE(the_database_is_asked_until_it_can_serve) {
    util::StopSignals stop;
    int asked = 0;
    BOOST_TEST(web::wait_for_database(
        [&]() -> std::string {
            ++asked;
            if (asked == 1) throw db::Error(2002, "no server");
            return asked == 2 ? "run the migrations" : "";
        },
        stop));
    BOOST_TEST(asked == 3);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_wait_and_the_pause_at_once) {
    const pid_t child = ::fork();
    if (child == 0) {
        util::StopSignals stop;
        ::kill(::getpid(), SIGTERM);
        const bool waited = web::wait_for_database([]() -> std::string { throw db::Error(2002, "no server"); }, stop);
        const bool sat = web::sit_out(seconds(30), stop);
        ::_exit(!waited && !sat ? 0 : 1);
    }
    int status = -1;
    ::alarm(20);
    ::waitpid(child, &status, 0);
    ::alarm(0);
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(what_may_pass_is_tried_again_and_what_may_not_is_78) {
    BOOST_TEST(web::exit_code_of(db::Error(2002, "no server")) == 1);
    BOOST_TEST(web::exit_code_of(std::system_error(EAGAIN, std::generic_category())) == 1);
    BOOST_TEST(web::exit_code_of(std::bad_alloc()) == 1);
    BOOST_TEST(web::exit_code_of(std::runtime_error("portail.toml: …")) == 78);
    BOOST_TEST(web::exit_code_of(
                   std::filesystem::filesystem_error("templates", std::make_error_code(std::errc::permission_denied))) == 78);
}

BOOST_AUTO_TEST_CASE(two_generations_of_programs_work_with_one_schema) {
    constexpr unsigned mine = domain::k_schema_version;
    BOOST_TEST(domain::why_schema_unfit({mine, mine}) == "");
    BOOST_TEST(domain::why_schema_unfit({mine + 2, mine}) == "");      // a newer one that only added
    BOOST_TEST(domain::why_schema_unfit({mine + 2, mine + 1}) != "");  // one that took something away
    BOOST_TEST(domain::why_schema_unfit({mine - 1, 1}) != "");
    BOOST_TEST(domain::why_schema_unfit({0, 0}) != "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace start_tests
