// SPDX-License-Identifier: AGPL-3.0-or-later
// Headers, encoded words, quoted-printable: what goes out is what any mail program reads back.
#include "courrier/message.hpp"

#include <boost/test/unit_test.hpp>

#include "util/bytes.hpp"

namespace message_tests {

namespace {

// RFC 2047 section 2, read back: each word alone must be whole.
std::string decode_words(std::string_view text) {
    std::string out;
    for (auto at = text.find("=?UTF-8?B?"); at != std::string_view::npos; at = text.find("=?UTF-8?B?", at + 1)) {
        const auto begin = at + 10, end = text.find("?=", begin);
        BOOST_TEST(end + 2 - at <= 75u);
        auto word = text.substr(begin, end - begin);
        while (word.ends_with('=')) word.remove_suffix(1);
        out += util::from_base64_unpadded(word).value_or("(bad)");
    }
    return out;
}

std::string decode_quoted_printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '=') {
            out += text[i];
        } else if (text.substr(i, 3) == "=\r\n") {
            i += 2;
        } else {
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        }
    }
    return out;
}

courrier::Letter letter() {
    return {"no-reply@elections.example",          "zoe@ac-poitiers.example", "Élections", "Bonjour,\n\nà bientôt.\n", "abc",
            *util::from_sql("2026-12-03 09:05:07")};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(message_tests)

BOOST_AUTO_TEST_CASE(a_message_has_every_header_once_and_crlf_ends) {
    const auto text = courrier::compose(letter());
    BOOST_REQUIRE(text.has_value());
    for (const char* header :
         {"From: no-reply@elections.example\r\n", "To: zoe@ac-poitiers.example\r\n", "Date: Thu, 03 Dec 2026 09:05:07 +0000\r\n",
          "Message-ID: <abc@elections.example>\r\n", "Auto-Submitted: auto-generated\r\n",
          "Content-Type: text/plain; charset=utf-8\r\n", "Content-Transfer-Encoding: quoted-printable\r\n\r\n"}) {
        const auto at = text->find(header);
        BOOST_TEST(at != std::string::npos, header);
        BOOST_TEST(text->find(header, at + 1) == std::string::npos, header);
    }
    for (std::size_t i = 0; i < text->size(); ++i) {
        BOOST_TEST((static_cast<unsigned char>((*text)[i]) < 0x80));
        if ((*text)[i] == '\n') BOOST_TEST((i > 0 && (*text)[i - 1] == '\r'));
    }
    BOOST_TEST(text->ends_with("\r\n"));
}

BOOST_AUTO_TEST_CASE(a_page_stands_beside_the_text_with_the_same_words) {
    auto with_page = letter();
    with_page.with_html = true;
    with_page.body = "Bonjour,\n\nLien : https://x.example/a?b=1&c=2.\n--=_portail--\n<script>alert(1)</script>\n";
    const auto text = courrier::compose(with_page);
    BOOST_REQUIRE(text.has_value());
    BOOST_TEST(
        text->find("Content-Type: multipart/alternative; boundary=\"=_portail\"\r\n\r\n--=_portail\r\nContent-Type: text/plain") !=
        std::string::npos);
    const auto page_at = text->find("\r\n--=_portail\r\nContent-Type: text/html; charset=utf-8\r\n");
    BOOST_TEST_REQUIRE(page_at != std::string::npos);
    BOOST_TEST(text->ends_with("\r\n--=_portail--\r\n"));
    const auto end = text->find("\r\n--=_portail--");
    BOOST_TEST(end == text->size() - std::string_view("\r\n--=_portail--\r\n").size());  // the body's own line ends nothing
    const auto page_begin = text->find("\r\n\r\n", page_at + 10) + 4;
    const std::string page = decode_quoted_printable(text->substr(page_begin, end - page_begin));
    BOOST_TEST(page.find("<html lang=\"fr\">") != std::string::npos);
    BOOST_TEST(page.find("<title>Élections</title>") != std::string::npos);
    BOOST_TEST(page.find("href=\"https://x.example/a?b=1&amp;c=2\"") != std::string::npos,
               page);  // without the sentence's full stop
    BOOST_TEST(page.find("<script") == std::string::npos);
    BOOST_TEST(page.find("&lt;script&gt;") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_plain_subject_stays_readable) { BOOST_TEST(*courrier::encode_header("SMS") == "SMS"); }

BOOST_AUTO_TEST_CASE(accents_travel_in_encoded_words_cut_between_characters) {
    std::string subject;
    for (int i = 0; i < 40; ++i) subject += "é€𝄞";
    BOOST_TEST(decode_words(*courrier::encode_header(subject)) == subject);
    BOOST_TEST(decode_words(*courrier::encode_header("Élections")) == "Élections");
    const std::string looks_encoded = "=?UTF-8?B?AA?=";
    BOOST_TEST(decode_words(*courrier::encode_header(looks_encoded)) == looks_encoded);
}

BOOST_AUTO_TEST_CASE(a_line_end_in_a_header_is_refused) {
    for (const char* subject : {"a\r\nBcc: x@y.z", "a\nb", "a\rb", "a\tb", "\x7f", "\xff"}) {
        BOOST_TEST(!courrier::encode_header(subject).has_value());
        auto bad = letter();
        bad.subject = subject;
        BOOST_TEST(!courrier::compose(bad).has_value());
    }
}

BOOST_AUTO_TEST_CASE(only_one_plain_address_is_an_address) {
    for (const char* good : {"a@b", "zoe.un@ac-poitiers.example", "33612345678@sms.example", "d'ornano@x.fr"})
        BOOST_TEST(courrier::is_plain_address(good), good);
    for (const char* bad :
         {"", "a", "@b", "a@", "a@b@c", "a@b, c@d", "<a@b>", "a b@c", "a@b\r\nRCPT TO:<c@d>", "a@b\n", "\"x\"@y", "a@b;c"}) {
        BOOST_TEST(!courrier::is_plain_address(bad), bad);
        auto letter_to = letter();
        letter_to.to = bad;
        BOOST_TEST(!courrier::compose(letter_to).has_value(), bad);
    }
}

BOOST_AUTO_TEST_CASE(quoted_printable_reads_back_and_keeps_lines_short) {
    std::string text = "Un lien :\nhttp://localhost:8080/portail/creation-compte-etape2.htm?token=" + std::string(90, 'a') +
                       "\nfin de ligne \n\tcode = É\n.\n..\n" + std::string(200, '=') + "\nœ";
    const std::string encoded = courrier::encode_quoted_printable(text);
    std::string back = decode_quoted_printable(encoded);
    std::string::size_type at = 0;
    while ((at = back.find("\r\n", at)) != std::string::npos) back.erase(at, 1);
    BOOST_TEST(back == text);
    std::size_t begin = 0;
    while (begin < encoded.size()) {
        const auto end = std::min(encoded.find("\r\n", begin), encoded.size());
        BOOST_TEST(end - begin <= 76u);
        BOOST_TEST((end == begin || (encoded[end - 1] != ' ' && encoded[end - 1] != '\t')));
        begin = end + 2;
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace message_tests
