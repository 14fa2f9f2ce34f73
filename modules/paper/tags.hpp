// SPDX-License-Identifier: AGPL-3.0-or-later
// What a screen reader is told of a PDF: its language and the tree of what stands on its pages (heading, paragraph, table…), with which marks on
// the page belong to each. libharu has no word for it; it lets the document's objects be added to, and that is done here alone.
#pragma once

#include <hpdf.h>

#include <string>
#include <string_view>
#include <vector>

namespace paper {

class Tags {
public:
    using Element = HPDF_Dict;

    // To be called once, before the first page; `pdf` must outlive it.
    void start(HPDF_Doc pdf);
    void add_page(HPDF_Page page);  // what is drawn from now on is on this page; an open element goes on there

    // An element below `parent` (nullptr: the document). `role`: a standard one, "H1", "P", "Table", "TH"…; `alternative`: said in the place
    // of a picture.
    Element add(const char* role, Element parent = nullptr, const std::string& alternative = "");
    // What is drawn between the two is the element's own. Elements with others below them are not opened.
    void open(Element element, const char* role);
    void close();
    // What is drawn between the two says nothing: frames, lines, a repeated head.
    void open_ornament();

    void turn_to(HPDF_Page page) { page_ = page; }  // back to an earlier page, for ornaments alone

    void finish();  // once, before the file is written

private:
    void begin();
    void write(const std::string& operators) const;

    HPDF_Doc pdf_ = nullptr;
    HPDF_Page page_ = nullptr;
    Element document_ = nullptr, open_ = nullptr;
    HPDF_Dict root_ = nullptr;
    HPDF_Array pages_ = nullptr;  // for each page, the elements of its marks
    HPDF_Array page_marks_ = nullptr;
    std::string open_role_;
    unsigned page_count_ = 0, mark_count_ = 0;
};

}  // namespace paper
