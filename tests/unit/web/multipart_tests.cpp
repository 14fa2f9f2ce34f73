// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/multipart.hpp"

#include <boost/test/unit_test.hpp>

namespace multipart_tests {

namespace {

const std::string k_type = "multipart/form-data; boundary=----WebKitFormBoundaryAbc0";
const std::string k_line = "------WebKitFormBoundaryAbc0";

std::string field(const std::string& name, const std::string& value) {
    return k_line + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}
std::string file(const std::string& name, const std::string& bytes, const std::string& field = "piece") {
    return k_line + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name +
           "\"\r\nContent-Type: text/html\r\n\r\n" + bytes + "\r\n";
}
std::string end() { return k_line + "--\r\n"; }
bool holds(const std::string& body, const std::string& type = k_type) {
    return web::read_file_form(type, body, "piece").has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(multipart_tests)

BOOST_AUTO_TEST_CASE(a_form_with_a_file_is_read_byte_by_byte) {
    using namespace std::string_literals;
    const std::string bytes = "%PDF-\0\r\n\r\n--almost\r\n------WebKitFormBoundaryAbc\xff\r\n"s;
    const auto form =
        web::read_file_form(k_type, field("csrf", "x") + field("mot", "É\r\n\"") + file("arrêté %22.pdf", bytes) + end(), "piece");
    BOOST_REQUIRE(form.has_value());
    BOOST_TEST(form->fields.size() == 2u);
    BOOST_TEST(form->fields.at("csrf") == "x");
    BOOST_TEST(form->fields.at("mot") == "É\r\n\"");
    BOOST_TEST(form->file.name == "arrêté %22.pdf");
    BOOST_TEST((form->file.bytes == bytes));
}

BOOST_AUTO_TEST_CASE(no_file_chosen_is_a_file_without_a_byte) {
    const auto form = web::read_file_form(k_type, file("", "") + field("csrf", "x") + end(), "piece");
    BOOST_REQUIRE(form.has_value());
    BOOST_TEST(form->file.name.empty());
    BOOST_TEST(form->file.bytes.empty());
}

BOOST_AUTO_TEST_CASE(where_no_file_is_expected_a_form_has_none) {
    const auto read = [](const std::string& body) { return web::read_file_form(k_type, body, ""); };
    const auto form = read(field("csrf", "x") + field("ballot", "{\"a\":1}") + end());
    BOOST_REQUIRE(form.has_value());
    BOOST_TEST(form->fields.at("ballot") == "{\"a\":1}");
    BOOST_TEST(form->file.bytes.empty());
    BOOST_TEST(!read(field("csrf", "x") + file("a.pdf", "b") + end()).has_value());
    BOOST_TEST(!read(file("", "") + end()).has_value());
}

BOOST_AUTO_TEST_CASE(what_no_browser_sends_is_refused) {
    using namespace std::string_literals;
    const std::string good = field("csrf", "x") + file("a.pdf", "b") + end();
    BOOST_TEST(holds(good));
    for (std::size_t length = 0; length + 2 < good.size(); ++length)
        BOOST_TEST(!holds(good.substr(0, length)), good.substr(0, length));
    for (const char* type :
         {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"",
          "multipart/mixed; boundary=----WebKitFormBoundaryAbc0",
          "multipart/form-data; boundary=----WebKitFormBoundaryAbc0; charset=x", "application/x-www-form-urlencoded", ""})
        BOOST_TEST(!holds(good, type), type);
    BOOST_TEST(!holds("x" + good));                                                  // a preamble
    BOOST_TEST(!holds(good + "x"));                                                  // an epilogue
    BOOST_TEST(!holds(field("csrf", "x") + end()));                                  // no file
    BOOST_TEST(!holds(file("a", "b") + file("a", "b") + end()));                     // two
    BOOST_TEST(!holds(file("a", "b") + file("a", "b", "autre") + end()));            // under another name
    BOOST_TEST(!holds(field("piece", "b") + end()));                                 // a text where the file is expected
    BOOST_TEST(!holds(field("a", "1") + field("a", "2") + file("a", "b") + end()));  // twice
    BOOST_TEST(!holds(field("a", "\xff") + file("a", "b") + end()));                 // not UTF-8
    BOOST_TEST(!holds(field("a", "1\0"s) + file("a", "b") + end()));                 // NUL
    BOOST_TEST(!holds(field("a", "1") + file("a\xff", "b") + end()));
    BOOST_TEST(!holds(field("a", "1") + file("a\0.pdf"s, "b") + end()));
    const std::string head = k_line + "\r\nContent-Disposition: form-data; name=\"a\"\r\n";
    BOOST_TEST(!holds(head + "Content-Transfer-Encoding: base64\r\n\r\n1\r\n" + file("a", "b") + end()));
    BOOST_TEST(!holds(head + "X: " + std::string(3000, 'x') + "\r\n\r\n1\r\n" + file("a", "b") + end()));
    std::string many;
    for (int i = 0; i < 20; ++i) many += field("a" + std::to_string(i), "1");
    BOOST_TEST(!holds(many + file("a", "b") + end()));
}

BOOST_AUTO_TEST_CASE(the_same_form_is_the_same_text_under_another_boundary) {
    const auto text = [](std::string body, const std::string& boundary, const std::string& bytes) {
        body = field("csrf", "x") + file("a.pdf", bytes) + end();
        for (auto at = body.find(k_line); at != std::string::npos; at = body.find(k_line, at))
            body.replace(at, k_line.size(), "--" + boundary);
        return web::canonical_text(*web::read_file_form("multipart/form-data; boundary=" + boundary, body, "piece"));
    };
    BOOST_TEST(text("", "one", "b") == text("", "two", "b"));
    BOOST_TEST(text("", "one", "b") != text("", "one", "c"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace multipart_tests
