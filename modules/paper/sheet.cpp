// SPDX-License-Identifier: AGPL-3.0-or-later
// libharu is C: its errors stay in the document and are asked for once, at the end; no exception crosses it.
#include "paper/sheet.hpp"

#include <hpdf.h>
#include <qrencode.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "paper/tags.hpp"
#include "util/text.hpp"

namespace paper {

namespace {

// In points: a 72nd of an inch.
constexpr float k_width = 595.28F, k_height = 841.89F, k_margin = 56.7F;
constexpr float k_text_width = k_width - 2 * k_margin;
constexpr float k_code_side = 130, k_corner_side = 84;

const std::string k_fonts = "/usr/share/fonts/truetype/dejavu/";

void ignore_error(HPDF_STATUS, HPDF_STATUS, void*) {}  // HPDF_GetError keeps it

// A font costs a document some 30 ms and 50 kB, so that one that no text wants is not loaded, and bold is the plain one with a thicker outline:
// there are thousands of documents of a page or two.
enum class Face { plain, bold, fixed };

struct Style {
    Face face = Face::plain;
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
    float scale = 1;
    std::size_t pages = 0;
    float y = 0, corner_end = k_height;  // texts above corner_end leave room on their right
    std::string title, kept, fault, on_each_page;
    std::vector<HPDF_Page> all;
    Tags tags;
    Tags::Element list = nullptr;                             // of the items that follow one another
    std::map<std::string, std::vector<std::string>> broken;   // texts already broken into lines: most come again on each sheet
    std::map<std::string, std::pair<HPDF_Image, int>> codes;  // and codes, with their side in squares
    HPDF_Font plain = nullptr, fixed = nullptr;

    ~Document() { HPDF_Free(pdf); }

    HPDF_Font load_font(const std::string& name) {
        const char* loaded = HPDF_LoadTTFontFromFile(pdf, (k_fonts + name).c_str(), HPDF_TRUE);
        if (loaded == nullptr) {
            fault = "font " + k_fonts + name + " (package fonts-dejavu-core)";
            return nullptr;
        }
        return HPDF_GetFont(pdf, loaded, "UTF-8");
    }

    HPDF_Font font_of(Face face) {
        HPDF_Font& font = face == Face::fixed ? fixed : plain;
        if (font == nullptr && fault.empty()) font = load_font(face == Face::fixed ? "DejaVuSansMono.ttf" : "DejaVuSans.ttf");
        return font;
    }

    void new_page() {
        page = HPDF_AddPage(pdf);
        all.push_back(page);
        ++pages;
        HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
        y = k_height - k_margin;
        corner_end = k_height;
        tags.add_page(page);
    }
    // Room for `height` below y, on this page or the next.
    void need(float height) {
        if (y - height < k_margin) new_page();
    }

    float width_of(const Style& style, const std::string& text) {
        HPDF_Font font = font_of(style.face);
        if (font == nullptr) return 0;
        const HPDF_TextWidth width =
            HPDF_Font_TextWidth(font, reinterpret_cast<const HPDF_BYTE*>(text.c_str()), static_cast<HPDF_UINT>(text.size()));
        return static_cast<float>(width.width) * style.size / 1000;
    }
    void draw(const Style& style, float x, float at, const std::string& text) {
        HPDF_Font font = font_of(style.face);
        if (!fault.empty()) return;
        if (style.face == Face::bold) HPDF_Page_SetLineWidth(page, style.size / 28);
        HPDF_Page_BeginText(page);
        HPDF_Page_SetFontAndSize(page, font, style.size);
        HPDF_Page_SetTextRenderingMode(page, style.face == Face::bold ? HPDF_FILL_THEN_STROKE : HPDF_FILL);
        HPDF_Page_TextOut(page, x, at, text.c_str());
        HPDF_Page_EndText(page);
    }
    void draw_frame(float height, float width) {
        tags.open_ornament();
        HPDF_Page_SetLineWidth(page, width);
        HPDF_Page_Rectangle(page, k_margin, y - height, k_text_width, height);
        HPDF_Page_Stroke(page);
        tags.close();
    }

    // Lines no wider than `width`: broken at spaces, and where there is none, anywhere.
    const std::vector<std::string>& lines_of(const Style& style, std::string_view text, float width) {
        std::vector<std::string>& lines = broken[std::to_string(style.size) + (style.face == Face::fixed ? "f" : "p") +
                                                 std::to_string(width) + std::string(text)];
        if (!lines.empty()) return lines;
        lines.emplace_back();
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
        // A line that goes on ends with a blank, for who has it read aloud: nothing else stands between it and the next.
        for (std::size_t i = 0; i + 1 < lines.size(); ++i) lines[i] += ' ';
        return lines;
    }
    // Each line of the text below the last, inside the element that is open.
    void write_lines(const Style& style, std::string_view text, float indent) {
        const float beside = y > corner_end ? k_corner_side + 14 : 0;
        for (const std::string& line : lines_of(style, text, k_text_width - indent - beside)) {
            need(style.line);
            y -= style.line;
            draw(style, k_margin + indent, y, line);
        }
    }
    Style scaled(const Style& style) const { return {style.face, style.size * scale, style.line * scale, style.space * scale}; }
    void write(const char* role, const Style& full, std::string_view text) {
        const Style style = scaled(full);
        if (!fault.empty()) return;
        list = nullptr;
        need(style.space + style.line);
        y -= style.space;
        tags.open(tags.add(role), role);
        write_lines(style, text, 0);
        tags.close();
    }
    void write_framed(const Style& full, std::string_view text) {
        const Style style = scaled(full);
        if (!fault.empty()) return;
        list = nullptr;
        const auto& lines = lines_of(style, text, k_text_width - 24);
        const float height = style.line * static_cast<float>(lines.size()) + 16;
        need(height + 8);
        y -= 8;
        draw_frame(height, 1.2F);
        float at = y - 4;
        tags.open(tags.add("P"), "P");
        for (const std::string& line : lines) draw(style, k_margin + 12, at -= style.line, line);
        tags.close();
        y -= height;
    }
    void draw_on_each_page() {
        for (HPDF_Page one : all) {
            page = one;
            tags.turn_to(one);
            tags.open_ornament();
            draw({Face::bold, 9, 12, 0}, k_margin, k_height - k_margin + 14, on_each_page);
            tags.close();
        }
    }
    void draw_code(std::string_view data, float x, float at, float width);
    void write_row(const std::vector<Column>& columns, const std::vector<std::string>& cells, bool titles, float least_height,
                   Tags::Element row);
};

Sheet::Sheet(const std::string& title) : document_(std::make_unique<Document>()) {
    Document& d = *document_;
    if (d.pdf == nullptr) throw std::runtime_error("PDF: no memory");
    d.title = title;
    HPDF_SetCompressionMode(d.pdf, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(d.pdf);
    d.tags.start(d.pdf);
    d.new_page();
}

Sheet::~Sheet() = default;

void Sheet::heading(std::string_view text) { document_->write("H1", {Face::bold, 20, 26, 0}, text); }
void Sheet::section(std::string_view text) {
    constexpr float k_with_next = 80;  // a title and the first lines under it stand on one page
    if (document_->fault.empty()) document_->need(k_with_next * document_->scale);
    document_->write("H2", {Face::bold, 12, 16, 14}, text);
}
void Sheet::paragraph(std::string_view text) { document_->write("P", {Face::plain, 10, 14, 6}, text); }
void Sheet::small_print(std::string_view text) { document_->write("P", {Face::fixed, 7, 9.5F, 6}, text); }
void Sheet::reference(std::string_view text) { document_->write_framed({Face::fixed, 13, 18, 0}, text); }
void Sheet::mark(std::string_view text) { document_->write_framed({Face::bold, 20, 26, 0}, text); }

void Sheet::on_each_page(const std::string& text) { document_->on_each_page = text; }
void Sheet::set_scale(float scale) { document_->scale = scale; }
std::size_t Sheet::pages() const { return document_->pages; }

void Sheet::next_page() {
    Document& d = *document_;
    d.list = nullptr;
    if (d.y < k_height - k_margin) d.new_page();
}

void Sheet::item(std::string_view mark, std::string_view text) {
    Document& d = *document_;
    if (!d.fault.empty()) return;
    const Style style = d.scaled({Face::plain, 10, 14, 5});
    d.need(style.space + style.line);
    if (d.list == nullptr) d.list = d.tags.add("L");
    const Tags::Element item = d.tags.add("LI", d.list);
    d.tags.open(d.tags.add("Lbl", item), "Lbl");
    d.draw(style, k_margin, d.y - style.space - style.line, std::string(mark));
    d.tags.close();
    d.tags.open(d.tags.add("LBody", item), "LBody");
    d.y -= style.space;
    // A mark of several letters, « NON », needs more room than a number.
    d.write_lines(style, text, std::max(20.0F, d.width_of(style, std::string(mark)) + 6));
    d.tags.close();
}

void Sheet::Document::draw_code(std::string_view data, float x, float at, float width) {
    auto& [image, side] = codes[std::string(data)];
    if (image == nullptr) {
        const std::unique_ptr<QRcode, void (*)(QRcode*)> made(QRcode_encodeData(static_cast<int>(data.size()),
                                                                                reinterpret_cast<const unsigned char*>(data.data()),
                                                                                0, QR_ECLEVEL_M),
                                                              QRcode_free);
        if (!made) {
            fault = "a text too long for a QR code";
            return;
        }
        side = made->width;
        std::vector<HPDF_BYTE> squares(static_cast<std::size_t>(side) * side);
        for (std::size_t i = 0; i < squares.size(); ++i) squares[i] = (made->data[i] & 1) != 0 ? 0 : 255;
        image = HPDF_LoadRawImageFromMem(pdf, squares.data(), side, side, HPDF_CS_DEVICE_GRAY, 8);
    }
    tags.open(tags.add("Figure", nullptr, "Code QR, à lire par un appareil photo : ce qu’il contient est écrit sur ce document."),
              "Figure");
    HPDF_Page_DrawImage(page, image, x, at, width, width);
    tags.close();
}

void Sheet::code(std::string_view data) {
    Document& d = *document_;
    if (!d.fault.empty()) return;
    d.list = nullptr;
    d.need(k_code_side + 10);
    d.y -= 10 + k_code_side;
    d.draw_code(data, k_margin, d.y, k_code_side);
}

void Sheet::corner_code(std::string_view data) {
    Document& d = *document_;
    if (!d.fault.empty()) return;
    d.corner_end = d.y - k_corner_side;
    d.draw_code(data, k_margin + k_text_width - k_corner_side, d.corner_end, k_corner_side);
}

void Sheet::Document::write_row(const std::vector<Column>& columns, const std::vector<std::string>& cells, bool titles,
                                float least_height, Tags::Element row) {
    const Style style = scaled({titles ? Face::bold : Face::plain, 9, 12, 0});
    float parts = 0, height = least_height;
    for (const Column& column : columns) parts += column.part;
    const auto width = [&](const Column& column) { return k_text_width * column.part / parts; };
    for (std::size_t i = 0; i < columns.size(); ++i)
        height = std::max(height, style.line * static_cast<float>(lines_of(style, cells[i], width(columns[i]) - 6).size()) + 6);
    float left = k_margin;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        float at = y - 1;
        if (row != nullptr) tags.open(tags.add(titles ? "TH" : "TD", row), titles ? "TH" : "TD");
        else tags.open_ornament();
        for (const std::string& line : lines_of(style, cells[i], width(columns[i]) - 6)) {
            const float indent = columns[i].right ? width(columns[i]) - 3 - width_of(style, line) : 3;
            draw(style, left + indent, at -= style.line, line);
        }
        tags.close();
        left += width(columns[i]);
    }
    y -= height;
    tags.open_ornament();
    HPDF_Page_SetLineWidth(page, titles ? 1 : 0.4F);
    HPDF_Page_MoveTo(page, k_margin, y);
    HPDF_Page_LineTo(page, k_margin + k_text_width, y);
    HPDF_Page_Stroke(page);
    tags.close();
}

void Sheet::table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows, float least_height) {
    Document& d = *document_;
    if (!d.fault.empty()) return;
    d.list = nullptr;
    std::vector<std::string> titles;
    for (const Column& column : columns) titles.push_back(column.title);
    const Tags::Element table = d.tags.add("Table");
    d.need(60 + least_height);
    d.y -= 6;
    d.write_row(columns, titles, true, 0, d.tags.add("TR", table));
    for (const auto& row : rows) {
        if (d.y - std::max(least_height, 44.0F) < k_margin) {
            d.new_page();
            d.write_row(columns, titles, true, 0, nullptr);
        }
        d.write_row(columns, row, false, least_height, d.tags.add("TR", table));
    }
}

void Sheet::keep(const std::string& text) { document_->kept = text; }

std::string Sheet::bytes() {
    Document& d = *document_;
    if (d.fault.empty() && !d.on_each_page.empty()) d.draw_on_each_page();
    d.tags.finish();
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
