// SPDX-License-Identifier: AGPL-3.0-or-later
// libharu is C: its errors stay in the document and are asked for once, at the end; no exception crosses it.
#include "paper/sheet.hpp"

#include <hpdf.h>
#include <qrencode.h>

#include <stdexcept>
#include <vector>

#include "util/text.hpp"

namespace paper {

namespace {

// In points: a 72nd of an inch.
constexpr float k_width = 595.28F, k_height = 841.89F, k_margin = 56.7F;
constexpr float k_text_width = k_width - 2 * k_margin;
constexpr float k_code_side = 130;

const std::string k_fonts = "/usr/share/fonts/truetype/dejavu/";

void ignore_error(HPDF_STATUS, HPDF_STATUS, void*) {}  // HPDF_GetError keeps it

struct Style {
    HPDF_Font font = nullptr;
    float size = 0, line = 0, space = 0;  // space: above
};

// The bytes of the first character.
std::size_t character_length(std::string_view text) {
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) ++length;
    return length;
}

}  // namespace

struct Sheet::Document {
    HPDF_Doc pdf = HPDF_New(ignore_error, nullptr);
    HPDF_Page page = nullptr;
    float y = 0;
    std::string title, kept, fault;
    HPDF_Font plain = nullptr, bold = nullptr, fixed = nullptr;

    ~Document() { HPDF_Free(pdf); }

    HPDF_Font font(const std::string& name) {
        const char* loaded = HPDF_LoadTTFontFromFile(pdf, (k_fonts + name).c_str(), HPDF_TRUE);
        if (loaded == nullptr) {
            fault = "font " + k_fonts + name + " (package fonts-dejavu-core)";
            return nullptr;
        }
        return HPDF_GetFont(pdf, loaded, "UTF-8");
    }

    void new_page() {
        page = HPDF_AddPage(pdf);
        HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
        y = k_height - k_margin;
    }
    // Room for `height` below y, on this page or the next.
    void need(float height) {
        if (y - height < k_margin) new_page();
    }

    float width_of(const Style& style, const std::string& text) const {
        HPDF_Page_SetFontAndSize(page, style.font, style.size);
        return HPDF_Page_TextWidth(page, text.c_str());
    }
    void draw(const Style& style, float x, float at, const std::string& text) const {
        HPDF_Page_BeginText(page);
        HPDF_Page_SetFontAndSize(page, style.font, style.size);
        HPDF_Page_TextOut(page, x, at, text.c_str());
        HPDF_Page_EndText(page);
    }

    // Lines no wider than `width`: broken at spaces, and where there is none, anywhere.
    std::vector<std::string> lines_of(const Style& style, std::string_view text, float width) const {
        std::vector<std::string> lines(1);
        for (const std::string& word : util::split(text, ' ')) {
            const std::string joined = lines.back().empty() ? word : lines.back() + " " + word;
            if (width_of(style, joined) <= width) {
                lines.back() = joined;
                continue;
            }
            if (!lines.back().empty()) lines.emplace_back();
            for (std::string_view rest = word; !rest.empty();) {
                const std::string letter(rest.substr(0, character_length(rest)));
                if (!lines.back().empty() && width_of(style, lines.back() + letter) > width) lines.emplace_back();
                lines.back() += letter;
                rest.remove_prefix(letter.size());
            }
        }
        return lines;
    }
    void write(const Style& style, std::string_view text, float indent = 0) {
        if (!fault.empty()) return;
        need(style.space + style.line);
        y -= style.space;
        for (const std::string& line : lines_of(style, text, k_text_width - indent)) {
            need(style.line);
            y -= style.line;
            draw(style, k_margin + indent, y, line);
        }
    }
};

Sheet::Sheet(const std::string& title) : document_(std::make_unique<Document>()) {
    Document& d = *document_;
    if (d.pdf == nullptr) throw std::runtime_error("PDF: no memory");
    d.title = title;
    HPDF_SetCompressionMode(d.pdf, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(d.pdf);
    d.plain = d.font("DejaVuSans.ttf");
    d.bold = d.font("DejaVuSans-Bold.ttf");
    d.fixed = d.font("DejaVuSansMono.ttf");
    d.new_page();
}

Sheet::~Sheet() = default;

void Sheet::heading(std::string_view text) { document_->write({document_->bold, 20, 26, 0}, text); }
void Sheet::section(std::string_view text) { document_->write({document_->bold, 12, 16, 14}, text); }
void Sheet::paragraph(std::string_view text) { document_->write({document_->plain, 10, 14, 6}, text); }
void Sheet::small_print(std::string_view text) { document_->write({document_->fixed, 7, 9.5F, 6}, text); }

void Sheet::item(std::string_view mark, std::string_view text) {
    Document& d = *document_;
    if (!d.fault.empty()) return;
    const Style style{d.plain, 10, 14, 5};
    d.need(style.space + style.line);
    d.draw(style, k_margin, d.y - style.space - style.line, std::string(mark));
    d.write(style, text, 20);
}

void Sheet::reference(std::string_view text) {
    Document& d = *document_;
    if (!d.fault.empty()) return;
    const Style style{d.fixed, 13, 18, 0};
    const auto lines = d.lines_of(style, text, k_text_width - 24);
    const float height = style.line * static_cast<float>(lines.size()) + 16;
    d.need(height + 8);
    d.y -= 8;
    HPDF_Page_SetLineWidth(d.page, 1.2F);
    HPDF_Page_Rectangle(d.page, k_margin, d.y - height, k_text_width, height);
    HPDF_Page_Stroke(d.page);
    float at = d.y - 4;
    for (const std::string& line : lines) d.draw(style, k_margin + 12, at -= style.line, line);
    d.y -= height;
}

void Sheet::code(std::string_view data) {
    Document& d = *document_;
    if (!d.fault.empty()) return;
    const std::unique_ptr<QRcode, void (*)(QRcode*)> made(QRcode_encodeData(static_cast<int>(data.size()),
                                                                            reinterpret_cast<const unsigned char*>(data.data()), 0,
                                                                            QR_ECLEVEL_M),
                                                          QRcode_free);
    if (!made) {
        d.fault = "a text too long for a QR code";
        return;
    }
    d.need(k_code_side + 10);
    d.y -= 10 + k_code_side;
    const float side = k_code_side / static_cast<float>(made->width);
    for (int row = 0; row < made->width; ++row)
        for (int column = 0; column < made->width; ++column)
            if ((made->data[row * made->width + column] & 1) != 0)
                HPDF_Page_Rectangle(d.page, k_margin + side * static_cast<float>(column),
                                    d.y + side * static_cast<float>(made->width - 1 - row), side, side);
    HPDF_Page_Fill(d.page);
}

void Sheet::keep(const std::string& text) { document_->kept = text; }

std::string Sheet::bytes() {
    Document& d = *document_;
    if (!d.kept.empty()) HPDF_SetInfoAttr(d.pdf, HPDF_INFO_KEYWORDS, d.kept.c_str());
    HPDF_SetCurrentEncoder(d.pdf, "UTF-8");
    HPDF_SetInfoAttr(d.pdf, HPDF_INFO_TITLE, d.title.c_str());
    HPDF_SaveToStream(d.pdf);
    if (d.fault.empty() && HPDF_GetError(d.pdf) != HPDF_OK) d.fault = "libharu " + std::to_string(HPDF_GetError(d.pdf));
    if (!d.fault.empty()) throw std::runtime_error("PDF: " + d.fault);
    std::string file(HPDF_GetStreamSize(d.pdf), '\0');
    auto size = static_cast<HPDF_UINT32>(file.size());
    HPDF_ReadFromStream(d.pdf, reinterpret_cast<HPDF_BYTE*>(file.data()), &size);
    file.resize(size);
    return file;
}

}  // namespace paper
