// SPDX-License-Identifier: AGPL-3.0-or-later
// A document on A4 paper, as the bytes of a PDF: headings, paragraphs, references, a QR code, from top to bottom and on to the next page.
// Texts are UTF-8; the fonts (DejaVu, of Debian's fonts-dejavu-core) are embedded, so that it looks the same anywhere. The document is tagged:
// language, headings, paragraphs, tables, and words for its pictures. The same calls give the same bytes. Knows no election.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace paper {

struct Column {
    std::string title;
    float part = 1;      // of the width, against the other columns'
    bool right = false;  // numbers
};

class Sheet {
public:
    explicit Sheet(const std::string& title);  // what a reader's window shows
    ~Sheet();
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;

    void heading(std::string_view text);
    void section(std::string_view text);
    void paragraph(std::string_view text);
    void item(std::string_view mark, std::string_view text);  // « 1. », and the text beside it
    void reference(std::string_view text);                    // framed, in letters that cannot be taken for one another
    void small_print(std::string_view text);                  // the same letters, small, broken anywhere
    void mark(std::string_view text);                         // framed and large: what is to be typed by hand
    void code(std::string_view data);                         // a QR code; at most some 2 kB
    void corner_code(std::string_view data);  // a small one in the right corner of the page, whose first texts leave it room
    // Rows of as many cells as there are columns; the titles come again on each page. `least_height` in points: room to sign in.
    void table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows, float least_height = 0);
    void next_page();  // what follows stands on a page of its own; nothing if this one is empty

    void on_each_page(const std::string& text);  // a line above all else, on the pages before as on those to come
    void set_scale(float scale);                 // of the letters from now on, 1 at first
    std::size_t pages() const;                   // begun so far

    // A text of plain ASCII, put where a program finds it without drawing the page: the keywords of the document.
    void keep(const std::string& text);

    // The file. Once, at the end. Throws std::runtime_error: a font that is not installed, a text too long for a code.
    std::string bytes();

private:
    struct Document;
    std::unique_ptr<Document> document_;
};

}  // namespace paper
