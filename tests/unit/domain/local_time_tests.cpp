// SPDX-License-Identifier: AGPL-3.0-or-later
// Paris and the electors' own places, on days that were worked out by hand from the rules of each country.
#include "domain/local_time.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "domain/places.hpp"
#include "support/source_dir.hpp"

namespace local_time_tests {

using namespace domain;

namespace {

std::string utc(std::string_view paris) {
    const auto at = from_paris(paris);
    return at ? util::to_sql(*at) : "none";
}

const Places& places() {
    static const Places loaded = Places::load(std::filesystem::path(test::source_dir()) / "templates");
    return loaded;
}

std::string opening_for(std::string_view academie) { return full_for(places().of(academie), *from_paris("2026-12-03 10:00")); }

}  // namespace

BOOST_AUTO_TEST_SUITE(local_time_tests)

BOOST_AUTO_TEST_CASE(paris_is_one_hour_ahead_in_winter_and_two_in_summer) {
    BOOST_TEST(utc("2026-12-03 10:00") == "2026-12-03 09:00:00");
    BOOST_TEST(utc("2026-07-14 10:00") == "2026-07-14 08:00:00");
    BOOST_TEST(utc("2018-11-29 10:00:30") == "2018-11-29 09:00:30");
    BOOST_TEST(utc("2099-07-14 10:00") == "2099-07-14 08:00:00");
}

// Directive 2000/84/CE: from the last Sunday of March to the last Sunday of October, at 01:00 UTC.
BOOST_AUTO_TEST_CASE(the_clocks_of_paris_change_on_the_last_sundays_of_march_and_october) {
    using namespace std::chrono;
    const auto paris = TimeZone::find("Europe/Paris");
    BOOST_REQUIRE(paris);
    for (int y = 2000; y < 2100; ++y) {
        const util::Instant summer = sys_days{year{y} / March / Sunday[last]} + hours{1};
        const util::Instant winter = sys_days{year{y} / October / Sunday[last]} + hours{1};
        for (const auto& [at, ahead] : {std::pair{summer - seconds{1}, 1}, {summer, 2}, {winter - seconds{1}, 2}, {winter, 1}})
            BOOST_TEST((paris->offset_at(at) == hours{ahead}), util::to_sql(at));
    }
}

BOOST_AUTO_TEST_CASE(the_hour_that_does_not_exist_is_refused_and_the_double_one_is_the_first) {
    BOOST_TEST(utc("2026-03-29 01:59:59") == "2026-03-29 00:59:59");
    BOOST_TEST(utc("2026-03-29 02:00") == "none");
    BOOST_TEST(utc("2026-03-29 02:59:59") == "none");
    BOOST_TEST(utc("2026-03-29 03:00") == "2026-03-29 01:00:00");
    BOOST_TEST(utc("2026-10-25 01:59:59") == "2026-10-24 23:59:59");
    BOOST_TEST(utc("2026-10-25 02:00") == "2026-10-25 00:00:00");
    BOOST_TEST(utc("2026-10-25 02:59:59") == "2026-10-25 00:59:59");
    BOOST_TEST(utc("2026-10-25 03:00") == "2026-10-25 02:00:00");
    BOOST_TEST(utc("2026-02-29 10:00") == "none");
}

BOOST_AUTO_TEST_CASE(dates_are_written_as_french_people_read_them) {
    const auto opening = *from_paris("2026-12-03 10:00");
    BOOST_TEST(paris_full(opening) == "jeudi 3 décembre 2026 à 10\u00a0h\u00a000 (heure de Paris)");
    BOOST_TEST(paris_date(*from_paris("2026-12-01 00:00")) == "1er décembre 2026");
    BOOST_TEST(paris_time(*from_paris("2026-12-10 17:05")) == "17\u00a0h\u00a005");
    BOOST_TEST(time_for(nullptr, *from_paris("2026-12-10 17:05")) == "17\u00a0h\u00a005 (heure de Paris)");
}

BOOST_AUTO_TEST_CASE(an_elector_reads_his_own_hour_beside_that_of_paris) {
    const std::string paris = "jeudi 3 décembre 2026 à 10\u00a0h\u00a000 (heure de Paris)";
    BOOST_TEST(opening_for("poitiers") == paris);
    BOOST_TEST(opening_for("") == paris);
    BOOST_TEST(opening_for("reunion") == paris + ", soit 13\u00a0h\u00a000, heure de La Réunion");
    BOOST_TEST(opening_for("mayotte") == paris + ", soit 12\u00a0h\u00a000, heure de Mayotte");
    BOOST_TEST(opening_for("guadeloupe") == paris + ", soit 5\u00a0h\u00a000, heure de la Guadeloupe");
    BOOST_TEST(opening_for("martinique") == paris + ", soit 5\u00a0h\u00a000, heure de la Martinique");
    BOOST_TEST(opening_for("guyane") == paris + ", soit 6\u00a0h\u00a000, heure de la Guyane");
    BOOST_TEST(opening_for("saint-pierre") == paris + ", soit 6\u00a0h\u00a000, heure de Saint-Pierre-et-Miquelon");
    BOOST_TEST(opening_for("noumea") == paris + ", soit 20\u00a0h\u00a000, heure de Nouméa");
    BOOST_TEST(opening_for("wallis") == paris + ", soit 21\u00a0h\u00a000, heure de Wallis-et-Futuna");
    // The day before, there.
    BOOST_TEST(opening_for("papeete") == paris + ", soit le mercredi 2 décembre à 23\u00a0h\u00a000, heure de Papeete");
    BOOST_TEST(time_for(places().of("noumea"), *from_paris("2026-12-10 17:00")) ==
               "17\u00a0h\u00a000 (heure de Paris), soit le vendredi 11 décembre à 3\u00a0h\u00a000, heure de Nouméa");
}

BOOST_AUTO_TEST_CASE(a_period_says_each_zone_once) {
    const auto from = *from_paris("2026-12-03 10:00"), until = *from_paris("2026-12-10 17:00");
    const std::string paris =
        "jeudi 3 décembre 2026 à 10\u00a0h\u00a000 au jeudi 10 décembre 2026 à 17\u00a0h\u00a000 (heure de Paris)";
    BOOST_TEST(period_for(nullptr, from, until) == paris);
    BOOST_TEST(period_for(places().of("papeete"), from, until) ==
               paris +
                   ", soit du mercredi 2 décembre à 23\u00a0h\u00a000 au jeudi 10 décembre à 6\u00a0h\u00a000, heure de Papeete");
}

// Saint-Pierre-et-Miquelon has the summer time of North America: some weeks of March and October it is
// three hours from Paris, not four.
BOOST_AUTO_TEST_CASE(a_place_with_a_summer_time_of_its_own_follows_it) {
    const Place* const miquelon = places().of("saint-pierre");
    BOOST_REQUIRE(miquelon);
    const auto hours_behind = [&](std::string_view paris) {
        const auto at = *from_paris(paris);
        return (TimeZone::find("Europe/Paris")->offset_at(at) - miquelon->zone.offset_at(at)).count() / 3600;
    };
    BOOST_TEST(hours_behind("2026-03-07 12:00") == 4);
    BOOST_TEST(hours_behind("2026-03-15 12:00") == 3);
    BOOST_TEST(hours_behind("2026-07-14 12:00") == 4);
    BOOST_TEST(hours_behind("2026-10-28 12:00") == 3);
}

BOOST_AUTO_TEST_CASE(a_posting_abroad_is_a_line_and_a_wrong_line_is_named) {
    const auto folder = std::filesystem::temp_directory_path() / ("fuseaux-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const auto load = [&](const char* text) {
        std::ofstream(folder / "fuseaux.toml") << text;
        return Places::load(folder);
    };
    const Places abroad = load(
        "tokyo = { zone = \"Asia/Tokyo\", words = \"heure de Tokyo\" }\n"
        "londres = { zone = \"Europe/London\", words = \"heure de Londres\" }\n");
    const auto opening = *from_paris("2026-12-03 10:00");
    BOOST_TEST(full_for(abroad.of("tokyo"), opening).ends_with(", soit 18\u00a0h\u00a000, heure de Tokyo"));
    BOOST_TEST(full_for(abroad.of("londres"), opening).ends_with(", soit 9\u00a0h\u00a000, heure de Londres"));
    BOOST_TEST(!abroad.of("reunion"));
    for (const char* wrong :
         {"tokyo = { zone = \"Asia/Tokio\", words = \"heure de Tokyo\" }\n", "tokyo = { zone = \"Asia/Tokyo\" }\n",
          "tokyo = \"Asia/Tokyo\"\n", "tokyo = { zone = \"\", words = \"heure\" }\n"}) {
        BOOST_CHECK_EXCEPTION(load(wrong), std::runtime_error,
                              [](const auto& error) { return std::string(error.what()).find("tokyo") != std::string::npos; });
    }
    BOOST_CHECK_THROW(load("tokyo ="), std::runtime_error);
    std::filesystem::remove_all(folder);
    BOOST_CHECK_THROW(Places::load(folder), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace local_time_tests
