// SPDX-License-Identifier: AGPL-3.0-or-later
// Files beside a réclamation: what is taken, who gets it back, and as what.
#include "scrutins/attachment_file.hpp"
#include "scrutins_fixture.hpp"
#include "support/logged.hpp"

namespace attachments_tests {

namespace {

using namespace std::string_literals;

const std::string k_pdf = "%PDF-1.4\n\0\xff\n%%EOF\n"s, k_jpeg = "\xff\xd8\xff\xe0 JFIF",
                  k_png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR rest"s;

struct AttachmentsFixture : test::ScrutinsFixture {
    std::string claim;  // "/reclamations/R-…"
    AttachmentsFixture() {
        at("2026-11-10 12:00");
        claim = portal.post("/reclamations", {{"objet", "profil"}, {"scrutin", ""}, {"texte", "Mon grade est faux."}})
                    .header("Location");
    }
    test::Page attach(const std::string& name, const std::string& bytes, const std::string& to = {}) {
        const std::string boundary = "x" + util::random_token(8);
        const auto field = [&](const std::string& field_name, const std::string& value) {
            return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field_name + "\"\r\n\r\n" + value + "\r\n";
        };
        web::RawRequest raw;
        raw.method = "POST";
        raw.uri = (to.empty() ? claim : to) + "/pieces";
        raw.client_ip = "192.0.2.7";
        raw.request_id = "0123456789abcdef";
        raw.cookie = "__Host-portail=" + portal.cookie;
        raw.content_type = "multipart/form-data; boundary=" + boundary;
        raw.body = field("csrf", portal.csrf()) + field("form_key", util::to_hex(util::random_bytes(16))) + "--" + boundary +
                   "\r\nContent-Disposition: form-data; name=\"piece\"; filename=\"" + name +
                   "\"\r\nContent-Type: text/html\r\n\r\n" + bytes + "\r\n--" + boundary + "--\r\n";
        raw.content_length = std::to_string(raw.body.size());
        return portal.send(raw);
    }
    long stored() { return db.select_one("SELECT COUNT(*) FROM reclamation_attachment")->number(0); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(attachments_tests, AttachmentsFixture)

BOOST_AUTO_TEST_CASE(a_file_stands_on_the_page_and_comes_back_byte_by_byte_as_a_download) {
    BOOST_TEST(portal.get(claim).has("enctype=\"multipart/form-data\""));
    const auto done = attach("C:\\Bureau\\arrêté <b>.pdf", k_pdf);
    BOOST_TEST(done.status == 303);
    BOOST_TEST(done.header("Location") == claim);
    BOOST_TEST(portal.get(claim).has(">arrêté &lt;b&gt;.pdf</a>"));
    const auto file = portal.get(claim + "/pieces/1");
    BOOST_TEST(file.status == 200);
    BOOST_TEST((file.body == k_pdf));
    BOOST_TEST(file.header("Content-Type") == "application/pdf");
    BOOST_TEST(file.header("Content-Disposition") == "attachment; filename=\"" + claim.substr(14) + "-piece-1.pdf\"");
    BOOST_TEST(file.header("X-Content-Type-Options") == "nosniff");
    BOOST_TEST(file.header("Cache-Control") == "no-store");
}

BOOST_AUTO_TEST_CASE(its_type_is_what_its_bytes_are) {
    BOOST_TEST(attach("photo.pdf", k_jpeg).status == 303);
    BOOST_TEST(attach("page.html", k_png).status == 303);
    BOOST_TEST(portal.get(claim + "/pieces/1").header("Content-Type") == "image/jpeg");
    BOOST_TEST(portal.get(claim + "/pieces/2").header("Content-Type") == "image/png");
    for (const std::string& bytes :
         {"<html>"s, "MZ\x90"s, "%PDF-1.4 cut short"s, " %PDF-1.4\n%%EOF"s, "GIF89a"s, "\x89PNG"s, "<svg>"s}) {
        const auto page = attach("vrai.pdf", bytes);
        BOOST_TEST(page.status == 400);
        BOOST_TEST(page.has("ni un PDF"));
        BOOST_TEST(page.has("<title>Erreur : Réclamation"));
    }
    BOOST_TEST(attach("", "").has("Choisissez un fichier"));
    BOOST_TEST(stored() == 2);
}

BOOST_AUTO_TEST_CASE(a_large_file_is_refused_with_its_size_and_the_largest_is_taken) {
    const std::string most = k_jpeg + std::string(scrutins::k_attachment_bytes - k_jpeg.size(), 'x');
    const auto page = attach("photo.jpg", most + "x");
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("2,0\u00a0Mo"));
    BOOST_TEST(stored() == 0);
    BOOST_TEST(attach("photo.jpg", most).status == 303);
    BOOST_TEST((portal.get(claim + "/pieces/1").body == most));
    BOOST_TEST(attach("photo.jpg", std::string(3u << 20, 'x')).status == 413);
}

BOOST_AUTO_TEST_CASE(the_same_file_twice_is_one_and_a_fourth_is_refused) {
    for (int i = 0; i < 3; ++i) BOOST_TEST(attach("a.pdf", k_pdf).status == 303);
    BOOST_TEST(stored() == 1);
    for (const char* more : {"1", "2"}) BOOST_TEST(attach("a.jpg", k_jpeg + more).status == 303);
    const auto fourth = attach("a.jpg", k_jpeg + "3");
    BOOST_TEST(fourth.status == 409);
    BOOST_TEST(fourth.has("déjà 3 fichiers"));
    BOOST_TEST(!portal.get(claim).has("enctype"));
    BOOST_TEST(attach("a.pdf", k_pdf).status == 303);  // sent again after its answer was lost
    BOOST_TEST(stored() == 3);
}

BOOST_AUTO_TEST_CASE(another_elector_neither_reads_nor_adds) {
    attach("a.pdf", k_pdf);
    portal.sign_in(2);
    BOOST_TEST(portal.get(claim + "/pieces/1").status == 404);
    BOOST_TEST(attach("b.pdf", k_pdf).status == 404);
    for (const char* position : {"/pieces/2", "/pieces/0", "/pieces/1x", "/pieces/1.0", "/pieces/-1", "/pieces/256"}) {
        portal.sign_in(1);
        BOOST_TEST(portal.get(claim + position).status == 404, position);
    }
    portal.cookie = {};
    BOOST_TEST(portal.get(claim + "/pieces/1").status == 303);
    BOOST_TEST(stored() == 1);
}

BOOST_AUTO_TEST_CASE(once_answered_a_claim_takes_no_file_and_still_gives_what_it_has) {
    attach("a.pdf", k_pdf);
    db.run("UPDATE reclamation SET state = 'rejetee', answer = 'Non.', answered_at = UTC_TIMESTAMP()");
    const auto late = attach("b.jpg", k_jpeg);
    BOOST_TEST(late.status == 409);
    BOOST_TEST(late.has("ne reçoit plus de fichier"));
    BOOST_TEST(late.has("id=\"piece\""));  // where the list of errors leads
    BOOST_TEST(portal.get(claim + "/pieces/1").status == 200);
    BOOST_TEST(stored() == 1);
}

BOOST_AUTO_TEST_CASE(twenty_files_in_a_day) {
    int taken = 0;
    for (int i = 0; i < 8; ++i) {
        const auto next = portal.post("/reclamations", {{"objet", "profil"}, {"scrutin", ""}, {"texte", "n° " + std::to_string(i)}})
                              .header("Location");
        for (int j = 0; j < 3; ++j) {
            const int status = attach("a.jpg", k_jpeg + std::to_string(i) + std::to_string(j), next).status;
            BOOST_TEST(status == (taken < 20 ? 303 : 429));
            taken += status == 303;
        }
    }
    BOOST_TEST(stored() == 20);
}

BOOST_AUTO_TEST_CASE(together_files_have_a_bound_that_is_told_before_and_said_when_it_is_reached) {
    // Another's file stands for those of everybody: only its size is counted.
    portal.sign_in(2);
    const std::string others =
        portal.post("/reclamations", {{"objet", "profil"}, {"scrutin", ""}, {"texte", "Un autre."}}).header("Location");
    portal.sign_in(1);
    const std::uint64_t most = portal.settings.attachments_bytes;
    BOOST_TEST(most == std::uint64_t{20} << 30);
    const auto others_take = [&](std::uint64_t bytes) {
        db.run("DELETE FROM reclamation_attachment");
        const std::uint64_t whole = std::uint64_t{4} << 30;  // the column holds less than that
        unsigned position = 0;
        for (std::uint64_t left = bytes; left > 0;) {
            const std::uint64_t part = std::min(left, whole - 1);
            ++position;
            db.execute(
                "INSERT INTO reclamation_attachment (number, position, name, kind, size, digest, content, added_at) "
                "VALUES (?, ?, 'a', 'pdf', ?, SHA2(?, 256), '', '2026-11-10 10:00:00')",
                {others.substr(14), position, part, position});
            left -= part;
        }
    };
    others_take(most / 100 * 79);
    BOOST_TEST(test::logged([&] { BOOST_TEST(attach("a.pdf", k_pdf).status == 303); }).find("attachments-") == std::string::npos);
    others_take(most * 85 / 100 - 5);  // this file passes 85 % of the bound; the next one passes nothing
    const std::string warned = test::logged([&] { BOOST_TEST(attach("a.pdf", k_pdf).status == 303); });
    BOOST_TEST(warned.find("\"event\":\"attachments-fill\",\"percent\":\"85\"") != std::string::npos, warned);
    BOOST_TEST(test::logged([&] { BOOST_TEST(attach("b.jpg", k_jpeg).status == 303); }).find("attachments-") == std::string::npos);
    others_take(most - k_pdf.size());  // the last one that finds room
    BOOST_TEST(attach("a.pdf", k_pdf).status == 303);
    const std::string full = test::logged([&] {
        const auto page = attach("b.jpg", k_jpeg);
        BOOST_TEST(page.status == 503);
        BOOST_TEST(page.has("la place prévue pour ceux de tous les électeurs est prise"));
        BOOST_TEST(page.has("Votre réclamation, elle, est enregistrée"));
        BOOST_TEST(page.has("Mon grade est faux."));
    });
    BOOST_TEST(full.find("\"event\":\"attachments-full\"") != std::string::npos, full);
    BOOST_TEST(attach("a.pdf", k_pdf).status == 303);  // sent again after its answer was lost
    BOOST_TEST(portal.get(claim + "/pieces/1").status == 200);
    BOOST_TEST(portal.get(claim + "/pieces/2").status == 404);
}

BOOST_AUTO_TEST_CASE(names_are_shown_without_what_would_deceive) {
    BOOST_TEST(scrutins::shown_file_name("../../etc/passwd") == "passwd");
    BOOST_TEST(scrutins::shown_file_name("") == "sans nom");
    BOOST_TEST(scrutins::shown_file_name("dossier/") == "sans nom");
    BOOST_TEST(scrutins::shown_file_name("arr\u202efdp.exe").find("\u202e") == std::string::npos);
    BOOST_TEST(scrutins::shown_file_name(std::string(300, 'a')).size() == 100u);
    BOOST_TEST(scrutins::size_text(1) == "1\u00a0ko");
    BOOST_TEST(scrutins::size_text(999'999) == "999\u00a0ko");
    BOOST_TEST(scrutins::size_text(1'250'000) == "1,2\u00a0Mo");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace attachments_tests
