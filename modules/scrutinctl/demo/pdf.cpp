// SPDX-License-Identifier: AGPL-3.0-or-later
// Objects: 1 catalog, 2 pages, 3 page, 4 content, 5 and 6 fonts, 7 information, 8 structure root, 9 document element,
// 10 parent tree, 11… one element per block (ISO 32000-1, sections 7.5, 9.6 and 14.7).
#include "scrutinctl/demo/pdf.hpp"

#include <cstdint>

#include "util/ensure.hpp"

namespace scrutinctl::demonstration {

namespace {

constexpr std::size_t k_line = 84;  // characters of 11 points that fit the page's width

std::string number(std::size_t value) { return std::to_string(value); }

// UTF-8 to Windows-1252; what it lacks becomes a question mark.
std::string to_win_ansi(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3;
        std::uint32_t code = length == 1 ? lead : length == 2 ? lead & 0x1fU : lead & 0x0fU;
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            code = code << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
        i += length;
        switch (code) {
            case 0x2013: out += '\x96'; break;
            case 0x2019: out += '\x92'; break;
            case 0x2026: out += '\x85'; break;
            case 0x0152: out += '\x8c'; break;
            case 0x0153: out += '\x9c'; break;
            default: out += code < 0x100 ? static_cast<char>(code) : '?';
        }
    }
    return out;
}

// A literal string of a PDF.
std::string literal(std::string_view win_ansi) {
    std::string text = "(";
    for (const char c : win_ansi) {
        if (c == '(' || c == ')' || c == '\\') text += '\\';
        text += c;
    }
    return text + ")";
}

std::vector<std::string> wrap(const std::string& text) {
    std::vector<std::string> lines(1);
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word = text.substr(at, end - at);
        if (!lines.back().empty() && lines.back().size() + 1 + word.size() > k_line) lines.emplace_back();
        lines.back() += (lines.back().empty() ? "" : " ") + word;
        at = end + 1;
    }
    return lines;
}

std::string block(std::string_view tag, std::size_t id, const std::vector<std::string>& lines, std::string_view font, int size,
                  int& y) {
    std::string text =
        "/" + std::string(tag) + " <</MCID " + number(id) + ">> BDC BT " + std::string(font) + " " + std::to_string(size) + " Tf ";
    for (const std::string& line : lines) {
        text += "1 0 0 1 60 " + std::to_string(y) + " Tm " + literal(line) + " Tj ";
        y -= size + 5;
    }
    y -= 9;
    return text + "ET EMC\n";
}

}  // namespace

std::string make_pdf(std::string_view title, const std::vector<std::string>& paragraphs) {
    const std::string heading = to_win_ansi(title);
    int y = 770;
    std::string content = block("H1", 0, wrap(heading), "/F2", 16, y);
    for (std::size_t i = 0; i < paragraphs.size(); ++i)
        content += block("P", i + 1, wrap(to_win_ansi(paragraphs[i])), "/F1", 11, y);

    std::string kids, parents;
    for (std::size_t i = 0; i <= paragraphs.size(); ++i) {
        kids += number(11 + i) + " 0 R ";
        parents += number(11 + i) + " 0 R ";
    }
    std::vector<std::string> objects{
        "<</Type /Catalog /Pages 2 0 R /Lang (fr-FR) /MarkInfo <</Marked true>> /StructTreeRoot 8 0 R /ViewerPreferences <</DisplayDocTitle true>>>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /StructParents 0 /Tabs /S /Resources <</Font <</F1 5 0 R /F2 6 0 R>>>>>>",
        "<</Length " + number(content.size()) + ">>\nstream\n" + content + "endstream",
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding>>",
        "<</Title " + literal(heading) + ">>",
        "<</Type /StructTreeRoot /K 9 0 R /ParentTree 10 0 R /ParentTreeNextKey 1>>",
        "<</Type /StructElem /S /Document /P 8 0 R /K [" + kids + "]>>",
        "<</Nums [0 [" + parents + "]]>>"};
    for (std::size_t i = 0; i <= paragraphs.size(); ++i) {
        objects.push_back("<</Type /StructElem /S /" + std::string(i == 0 ? "H1" : "P") + " /P 9 0 R /Pg 3 0 R /K " + number(i) +
                          ">>");
    }

    std::string pdf = "%PDF-1.5\n%\xe2\xe3\xcf\xd3\n";
    std::string offsets;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        std::string offset = number(pdf.size());
        ENSURE(offset.size() <= 10);
        offsets += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        pdf += number(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::size_t start = pdf.size();
    pdf += "xref\n0 " + number(objects.size() + 1) + "\n0000000000 65535 f \n" + offsets;
    pdf +=
        "trailer\n<</Size " + number(objects.size() + 1) + " /Root 1 0 R /Info 7 0 R>>\nstartxref\n" + number(start) + "\n%%EOF\n";
    return pdf;
}

}  // namespace scrutinctl::demonstration
