// SPDX-License-Identifier: AGPL-3.0-or-later
// A document on A4 paper, as the bytes of a PDF: headings, paragraphs, references, a QR code, from top to bottom and on to the next page.
// Texts are UTF-8; the fonts (DejaVu, of Debian's fonts-dejavu-core) are embedded, so that it looks the same anywhere. Knows no election.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace paper {

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
    void code(std::string_view data);                         // a QR code; at most some 2 kB

    // A text of plain ASCII, put where a program finds it without drawing the page: the keywords of the document.
    void keep(const std::string& text);

    // The file. Once, at the end. Throws std::runtime_error: a font that is not installed, a text too long for a code.
    std::string bytes();

private:
    struct Document;
    std::unique_ptr<Document> document_;
};

}  // namespace paper
