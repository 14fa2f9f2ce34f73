// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/json.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <nlohmann/json.hpp>

namespace json_tests {

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

// nlohmann itself says what a tree must read and write as.
BOOST_AUTO_TEST_CASE(a_tree_reads_and_writes_as_nlohmann_does) {
    for (const std::string text : {"null",
                                   "true",
                                   "0",
                                   "-0",
                                   "-7",
                                   "18446744073709551615",
                                   "-9223372036854775808",
                                   "1.5",
                                   "1e3",
                                   "0.1",
                                   "1e400",
                                   "01",
                                   "\"\"",
                                   "[]",
                                   "{}",
                                   R"([1,[2,{"b":[],"a":{}}],"x"])",
                                   R"({"é":"\u00e9\u0000\u001f\b\f\n\r\t\/","a":null,"\u007f":"\u007f \\u007f"})",
                                   R"({"a":[true,false,null,-1,2.25,"\ud83d\ude00"]})",
                                   "[1,]",
                                   "\"\xc0\x80\"",
                                   "\"\\ud800\"",
                                   "tru",
                                   "",
                                   "[1] x"}) {
        const auto ours = util::parse_json(text);
        const auto theirs = nlohmann::json::parse(text, nullptr, false);
        BOOST_TEST_REQUIRE(ours.has_value() == !theirs.is_discarded(), text);
        if (!ours) continue;
        BOOST_TEST(ours->dump() == theirs.dump());
        BOOST_TEST(ours->dump(1) == theirs.dump(1));
        BOOST_TEST(*ours == *util::parse_json(ours->dump(2)));
    }
    const std::string broken = "a\xff\xc3(";
    BOOST_TEST(util::Json(broken).dump(-1, true) ==
               nlohmann::json(broken).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    BOOST_CHECK_THROW(util::Json(broken).dump(), util::Json::exception);
}

BOOST_AUTO_TEST_CASE(braces_make_objects_of_named_pairs_and_arrays_of_the_rest) {
    const std::string name = "Zoé";
    const std::vector<std::vector<std::string>> rows{{"a", "b"}, {}};
    const util::Json ours{{"name", name},       {"is_old", false},     {"n", 3},
                          {"size", 4U},         {"rows", rows},        {"none", nullptr},
                          {"pair", {"x", "y"}}, {"one", {{"x", "y"}}}, {"mixed", {1, "x"}},
                          {"name", "second"}};
    const nlohmann::json theirs{{"name", name},       {"is_old", false},     {"n", 3},
                                {"size", 4U},         {"rows", rows},        {"none", nullptr},
                                {"pair", {"x", "y"}}, {"one", {{"x", "y"}}}, {"mixed", {1, "x"}},
                                {"name", "second"}};
    BOOST_TEST(ours.dump() == theirs.dump());
    util::Json list = util::Json::array();
    for (int i = 0; i < 2; ++i) list.push_back({{"label", name}, {"cells", {{{"k", i}}}}});
    BOOST_TEST(list.dump() == R"([{"cells":[{"k":0}],"label":"Zoé"},{"cells":[{"k":1}],"label":"Zoé"}])");
}

BOOST_AUTO_TEST_CASE(a_value_of_another_type_or_too_large_is_refused) {
    const auto json = *util::parse_json(R"({"text":"x","big":4294967296,"less":-1,"list":[1,2],"yes":true})");
    BOOST_TEST(json.at("big").get<std::int64_t>() == 4294967296);
    BOOST_TEST(json.at("list").get<std::vector<std::uint64_t>>().at(1) == 2U);
    BOOST_CHECK_THROW(json.at("big").get<unsigned>(), util::Json::exception);
    BOOST_CHECK_THROW(json.at("less").get<unsigned>(), util::Json::exception);
    BOOST_CHECK_THROW(json.at("less").get_ref<const util::Json::number_unsigned_t&>(), util::Json::exception);
    BOOST_CHECK_THROW(json.at("text").get<bool>(), util::Json::exception);
    BOOST_CHECK_THROW(json.at("yes").get<std::string>(), util::Json::exception);
    BOOST_CHECK_THROW(json.at("absent"), util::Json::exception);
    BOOST_CHECK_THROW(json.at("list").at(2), util::Json::exception);
    BOOST_CHECK_THROW(json.at("text").at("x"), util::Json::exception);
    BOOST_TEST((json.at("big") != util::Json(std::numeric_limits<std::int64_t>::max())));
    BOOST_TEST((json.at("list").at(0) == util::Json(1)));
    BOOST_TEST((util::Json(-1) != util::Json(std::numeric_limits<std::uint64_t>::max())));
}

BOOST_AUTO_TEST_CASE(a_tree_is_walked_changed_and_put_into_itself) {
    auto json = *util::parse_json(R"({"b":{"c":[1,2]},"a":"x"})");
    std::string seen;
    for (const util::Json& value : json) seen += value.dump() + ";";
    BOOST_TEST(seen == "\"x\";{\"c\":[1,2]};");
    BOOST_TEST((json.find("z") == json.end()));
    BOOST_TEST(json.value("a", "y") == "x");
    BOOST_TEST(json.value("z", 7U) == 7U);
    json["new"]["deep"] = true;
    json.update({{"a", 1}, {"e", util::Json::array()}});
    BOOST_TEST(json.erase("e") == 1U);
    BOOST_TEST(json.dump() == R"({"a":1,"b":{"c":[1,2]},"new":{"deep":true}})");
    json = json["b"];
    BOOST_TEST(json.dump() == R"({"c":[1,2]})");
    json["c"].push_back(json);
    json = std::move(json["c"]);
    BOOST_TEST(json.dump() == R"([1,2,{"c":[1,2]}])");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace json_tests
