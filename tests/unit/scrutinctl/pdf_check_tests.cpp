// SPDX-License-Identifier: AGPL-3.0-or-later
// PDFs made to be shown, and PDFs made against who reads them.
#include "scrutinctl/pdf_check.hpp"

#include <boost/test/unit_test.hpp>

#include "paper/sheet.hpp"

namespace pdf_check_tests {

using scrutinctl::faults_of_pdf;

namespace {

// A PDF of these objects, numbered from 1, the first its catalog; with its table of places.
std::string pdf_of(const std::vector<std::string>& objects, const std::string& trailer = "") {
    std::string pdf = "%PDF-1.7\n", table;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        std::string place = std::to_string(pdf.size());
        table += std::string(10 - place.size(), '0') + place + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string start = std::to_string(pdf.size()), count = std::to_string(objects.size() + 1);
    return pdf + "xref\n0 " + count + "\n0000000000 65535 f \n" + table + "trailer\n<< /Size " + count + " /Root 1 0 R " + trailer +
           " >>\nstartxref\n" + start + "\n%%EOF\n";
}

std::string stream(const std::string& content, const std::string& more = "") {
    return "<< /Length " + std::to_string(content.size()) + " " + more + " >>\nstream\n" + content + "\nendstream";
}

// One page that says « Votez »; `catalog`, `page`: more of their entries, `others`: objects from 5 on.
std::string one_page(const std::string& catalog = "", const std::string& page = "", const std::vector<std::string>& others = {},
                     const std::string& content = "BT /F1 12 Tf (Votez) Tj ET") {
    std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R " + catalog + " >>",
                                     "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + page + " >>",
                                     stream(content)};
    objects.insert(objects.end(), others.begin(), others.end());
    return pdf_of(objects);
}

void refused_for(const std::string& pdf, const std::string& why) {
    std::string all;
    for (const std::string& fault : faults_of_pdf(pdf, 2)) all += fault + "\n";
    BOOST_TEST(all.find(why) != std::string::npos, why + " expected in: " + all);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pdf_check_tests)

BOOST_AUTO_TEST_CASE(a_plain_document_passes) {
    paper::Sheet sheet("Profession de foi");
    sheet.heading("Votez pour nous");
    sheet.paragraph("Nos raisons.");
    BOOST_TEST(faults_of_pdf(sheet.bytes(), 2).empty());
    BOOST_TEST(faults_of_pdf(one_page(), 2).empty());
    BOOST_TEST(
        faults_of_pdf(
            one_page(
                "", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://syndicat.example) >> >>]"),
            2)
            .empty());
    // Its text within a form, as drawing programs write.
    BOOST_TEST(faults_of_pdf(one_page("", "/Resources << /XObject << /X 5 0 R >> >>",
                                      {stream("BT (Votez) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")}, "/X Do"),
                             2)
                   .empty());
}

BOOST_AUTO_TEST_CASE(what_is_more_than_a_page_to_read_is_refused) {
    const std::string script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
    refused_for(one_page("/OpenAction " + script), "JavaScript");
    refused_for(one_page("/Names << /JavaScript << /Names [(a) 5 0 R] >> >>", "", {script}), "JavaScript");
    refused_for(one_page("", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A " + script + " >>]"), "JavaScript");
    refused_for(one_page("", "/Annots [[[<< /A " + script + " >>]]]"), "JavaScript");
    // Named with escapes, which say the same.
    refused_for(one_page("/OpenAction << /S /J#61vaScript /J#53 (1) >>"), "JavaScript");
    refused_for(one_page("/OpenAction << /S /Launch /F (cmd.exe) >>"), "action");
    refused_for(one_page("", "/AA << /O << /S /GoTo >> >>"), "action");
    refused_for(one_page("/OpenAction << /S /SubmitForm /F (https://ailleurs.example) >>"), "action");
    refused_for(one_page("", "/Annots [<< /Subtype /RichMedia >>]"), "action");
    refused_for(one_page("/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>", "",
                         {"<< /Type /Filespec /F (a) /EF << /F 6 0 R >> >>", stream("MZ", "/Type /EmbeddedFile")}),
                "fichiers");
    refused_for(one_page("/AcroForm << /XFA 5 0 R /Fields [] >>", "", {stream("<xdp/>")}), "formulaire");
    refused_for(one_page("/AcroForm << /Fields [5 0 R] >>", "", {"<< /FT /Tx /T (a) >>"}), "formulaire");
    // Not referred to by any page: it is in the file all the same.
    refused_for(one_page("", "", {script}), "JavaScript");
}

BOOST_AUTO_TEST_CASE(a_picture_of_a_text_is_no_text) {
    refused_for(one_page("", "", {}, "q 100 0 0 100 0 0 cm Q"), "aucun texte");
    refused_for(one_page("", "", {}, "BT () Tj [() 3] TJ ET"), "aucun texte");
}

BOOST_AUTO_TEST_CASE(pages_are_counted) {
    const auto pages = [](unsigned count) {
        std::string kids;
        for (unsigned i = 0; i < count; ++i) kids += std::to_string(i + 4) + " 0 R ";
        std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>",
                                         "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(count) + " >>",
                                         stream("BT (x) Tj ET")};
        for (unsigned i = 0; i < count; ++i)
            objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R >>");
        return pdf_of(objects);
    };
    BOOST_TEST(faults_of_pdf(pages(2), 2).empty());
    refused_for(pages(3), "3 pages, 2 au plus");
    refused_for(pages(0), "aucune page");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_refused_and_the_office_goes_on) {
    refused_for("", "ne se lit pas");
    refused_for("%PDF-1.7\nrien\n%%EOF\n", "ne se lit pas");
    // Cut, or with its table of places broken: readers would each mend it in their own way.
    const std::string good = one_page();
    refused_for(good.substr(0, good.size() / 2) + "%%EOF\n", "ne se lit pas");
    std::string shifted = good;
    shifted.insert(9, "      ");
    refused_for(shifted, "ne se lit pas");
    // Deeper than any stack.
    refused_for(one_page("/Deep " + std::string(20'000, '[') + std::string(20'000, ']')), "ne se lit pas");
    // A loop of pages.
    refused_for(pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}), "");
    for (std::size_t at = 0; at < good.size(); at += 7) {
        std::string bent = good;
        bent[at] = static_cast<char>(bent[at] ^ 0x15);
        (void)faults_of_pdf(bent, 2);
    }
    BOOST_TEST(faults_of_pdf(good, 2).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace pdf_check_tests
