// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/json.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(json_tests)

BOOST_AUTO_TEST_CASE(a_repeated_key_is_refused_at_any_depth) {
    BOOST_TEST(util::parse_json(R"({"a":1,"b":{"a":2}})").has_value());
    BOOST_TEST(!util::parse_json(R"({"a":1,"a":2})"));
    BOOST_TEST(!util::parse_json(R"({"x":[{"a":1,"a":2}]})"));
    BOOST_TEST(!util::parse_json("{\"a\":"));
    BOOST_TEST(!util::parse_json("\"\xff\""));
    // What the library would pass over.
    BOOST_TEST(!util::parse_json(std::string_view("{}\0", 3)));
    BOOST_TEST(!util::parse_json(std::string_view("{}\0{\"a\":1}", 10)));
    BOOST_TEST(util::parse_json(std::string(100, '[') + std::string(100, ']')).has_value());
    BOOST_TEST(!util::parse_json(std::string(101, '[') + std::string(101, ']')));
    BOOST_TEST(!util::parse_json("\xEF\xBB\xBF{}"));
}

BOOST_AUTO_TEST_CASE(quoting_keeps_utf8_raw_and_escapes_only_what_it_must) {
    BOOST_TEST(util::json_quote("Liste \"H\" / é\\") == R"("Liste \"H\" / é\\")");
    BOOST_TEST(util::json_quote("\x7f") == "\"\\u007f\"");
    BOOST_TEST(util::json_quote("a\nb\x01") == "\"a\\nb\\u0001\"");
}

BOOST_AUTO_TEST_SUITE_END()
